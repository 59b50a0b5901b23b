"""What is written on Matrix, as it is read on Telegram: a function a kind."""

import io
import re

from PIL import Image

from tests.e2e.across import Pair
from tests.e2e.looks import looks
from tests.pictures import jpeg, png
from tests.servers.matrix import contents
from tests.servers.matrix.contents import File, edit, text
from tests.town import AT_SEA, IN_ALBYBERGET

OGG, MP3, MP4 = b"OggS" + b"\0" * 60, b"ID3" + b"\0" * 60, b"\0\0\0\x18ftypmp42" + b"\0" * 60


def gif() -> bytes:
    """A picture that moves."""
    out = io.BytesIO()
    frames = [Image.new("P", (16, 16), color) for color in (0, 90)]
    frames[0].save(out, format="GIF", save_all=True, append_images=frames[1:], duration=200)
    return out.getvalue()


async def words(p: Pair) -> None:
    """With the alias before them, and no sound of a name that nobody has agreed to show."""
    await p.anna.writes(p.room, "Hej på er, det är 🎉 idag!")
    read = await p.reads("det är 🎉")

    assert read.text.startswith("Granne ")
    assert read.text.endswith(": Hej på er, det är 🎉 idag!")
    assert "Anna" not in read.text


async def formatted_words(p: Pair) -> None:
    """Each look as the one that Telegram has for it."""
    html = (
        "<b>fet</b> <i>lutad</i> <u>under</u> <del>struken</del> <code>kod</code> "
        '<a href="https://example.org/x">länk</a><blockquote>citat</blockquote>'
        '<pre><code class="language-python">print(1)</code></pre>'
        "<ul><li>ett</li><li>två</li></ul><h2>Rubrik</h2>"
    )
    await p.anna.writes(p.room, "se formatet", html=f"se formatet {html}")
    read = await p.reads("se formatet")
    seen = looks(read)

    assert "fet" in seen["bold"]
    assert any("Rubrik" in bold for bold in seen["bold"])
    assert seen["italic"] == ["lutad"]
    assert seen["underline"] == ["under"]
    assert seen["strikethrough"] == ["struken"]
    assert seen["code"] == ["kod"]
    assert seen["text_link"] == ["länk"]
    assert seen["blockquote"] == ["citat"]
    assert seen["pre"] == ["print(1)"]
    assert "• ett\n• två" in read.text


async def spoiler(p: Pair) -> None:
    """What is hidden stays so."""
    html = "mördaren var <span data-mx-spoiler>trädgårdsmästaren</span>"
    await p.anna.writes(p.room, "mördaren var [spoiler]", html=html)

    assert looks(await p.reads("mördaren var"))["spoiler"] == ["trädgårdsmästaren"]


async def custom_emoji(p: Pair) -> None:
    """A picture among the words is what it is called."""
    html = 'bra <img data-mx-emoticon src="mxc://example.org/x" alt=":tumme:" height="32">'
    await p.anna.writes(p.room, "bra :tumme:", html=html)

    assert (await p.reads("bra :tumme:")).text.endswith("bra :tumme:")


async def emote(p: Pair) -> None:
    """Reads as what somebody does."""
    await p.anna.writes(p.room, "vinkar glatt", kind="m.emote")

    assert looks(await p.reads("vinkar glatt"))["italic"] == ["vinkar glatt"]


async def line_of_another_bridge(p: Pair) -> None:
    """Under the name that it gives, and by whom it comes."""
    told = {"id": "o", "displayname": "Olle", "has_fallback": True}
    html = "<strong data-mx-profile-fallback>Olle: </strong>från <b>IRC</b>"
    content = contents.text("Olle: från IRC", html=html)
    content |= {"com.beeper.per_message_profile": told}
    written = await p.anna.sends(p.room, "m.room.message", content)
    read = await p.reads("från IRC")
    await p.anna.sends(
        p.room,
        "m.room.message",
        edit(written, content | {"body": "Olle: från XMPP", "formatted_body": "från XMPP"}),
    )
    changed = await p.reads("från XMPP")

    assert read is changed
    assert re.fullmatch(r"Olle \(via Granne \d+\): från XMPP \(ändrat\)", changed.text)


async def notice(p: Pair) -> None:
    """A bot's own words are not carried."""
    await p.anna.writes(p.room, "jag är en robot", kind="m.notice")
    await p.anna.writes(p.room, "efter roboten")
    await p.reads("efter roboten")

    assert not [m for m in p.bo.reads(p.chat) if "robot" in m.text and "efter" not in m.text]


async def mention(p: Pair) -> None:
    """Words, and nobody is disturbed who has not agreed to be known."""
    html = f'<a href="https://matrix.to/#/{p.account.id}">granne</a>: hör du?'
    await p.anna.writes(p.room, "granne: hör du?", html=html, mentions=[p.account.id, "@room"])
    read = await p.reads("hör du?")

    assert looks(read)["mention"] == looks(read)["text_mention"] == looks(read)["text_link"] == []


async def reply(p: Pair) -> None:
    """Answers on Telegram what it answers."""
    asked = p.bo.writes(p.chat, "när är städdagen?")
    there = await p.sees("när är städdagen?")
    await p.anna.writes(p.room, "på lördag", reply_to=there.event_id)

    assert (await p.reads("på lördag")).reply_to is asked


async def reply_among_themselves(p: Pair) -> None:
    """Answers on Telegram what stands there for the line."""
    asked = await p.anna.writes(p.room, "vem har nyckeln?")
    there = await p.reads("vem har nyckeln?")
    await p.anna.writes(p.room, "det har jag", reply_to=asked)

    assert (await p.reads("det har jag")).reply_to is there


async def reply_to_what_is_unknown(p: Pair) -> None:
    """Quotes the beginning of what nobody on Telegram can see."""
    unseen = await p.anna.writes(p.room, "vädret i morgon: sol", kind="m.notice")
    await p.anna.writes(p.room, "äntligen!", reply_to=unseen)
    read = await p.reads("äntligen!")

    assert looks(read)["blockquote"] == ["vädret i morgon: sol"]


async def reply_of_an_old_app(p: Pair) -> None:
    """The quote that old apps put before the words is left out: the answer shows it."""
    asked = p.bo.writes(p.chat, "vem har stegen?")
    there = await p.sees("vem har stegen?")
    html = f"<mx-reply><blockquote>{there.text}</blockquote></mx-reply>stegen står hos mig"
    body = f"> <{p.account.id}> {there.text}\n\nstegen står hos mig"
    await p.anna.writes(p.room, body, html=html, reply_to=there.event_id)
    read = await p.reads("stegen står hos mig")

    assert read.reply_to is asked
    assert "vem har" not in read.text


async def reply_in_a_thread(p: Pair) -> None:
    """An answer to what it answers, not to the beginning."""
    begun = await p.anna.writes(p.room, "trådens första")
    await p.reads("trådens första")
    second = await p.anna.writes(p.room, "trådens andra", thread=begun)
    there = await p.reads("trådens andra")
    await p.anna.writes(p.room, "svar på den andra", thread=begun, reply_to=second)

    assert (await p.reads("svar på den andra")).reply_to is there


async def picture_as_an_answer(p: Pair) -> None:
    """Answers, too."""
    asked = p.bo.writes(p.chat, "hur ser det ut?")
    there = await p.sees("hur ser det ut?")
    what = File(kind="m.image", data=jpeg(), name="y.jpg", mime="image/jpeg", caption="så här")
    await p.anna.sends_file(p.room, what, reply_to=there.event_id)

    assert (await p.reads("så här")).reply_to is asked


async def moving_picture(p: Pair) -> None:
    """Its first picture, without what the file tells of its maker."""
    what = File(kind="m.image", data=gif(), name="snö.gif", mime="image/gif", caption="det snöar")
    await p.anna.sends_file(p.room, what)

    assert (await p.reads("det snöar")).kind() == "photo"


async def film_that_plays_by_itself(p: Pair) -> None:
    """As other bridges mark what was one elsewhere."""
    mxc = await p.anna.ask.upload(MP4, name="snurr.mp4", mime="video/mp4")
    content = contents.file(
        File(kind="m.video", data=MP4, name="snurr.mp4", mime="video/mp4", caption="snurran"), mxc
    )
    info = {"mimetype": "video/mp4", "size": len(MP4), "fi.mau.gif": True}
    await p.anna.sends(p.room, "m.room.message", content | {"info": info})

    assert (await p.reads("snurran")).kind() == "animation"


async def thread(p: Pair) -> None:
    """An answer to the thread's beginning."""
    begun = await p.anna.writes(p.room, "trådens början")
    there = await p.reads("trådens början")
    await p.anna.writes(p.room, "inne i tråden", thread=begun)

    assert (await p.reads("inne i tråden")).reply_to is there


async def command_in_a_thread(p: Pair) -> None:
    """And its card stands where all see it."""
    dora = await p.people.arrives("Dora")
    await p.anna.manages(p.room).invites(dora.id)
    await dora.joins(p.room)
    begun = await p.anna.writes(p.room, "tråden om grinden")
    await p.reads("tråden om grinden")
    await dora.writes(p.room, "!röd grinden är sönder", thread=begun)
    await p.reads("grinden är sönder", lambda m: "🔴" in m.text)
    card = await p.sees("grinden är sönder", lambda s: "🔴" in s.text)

    assert card.thread is None


async def edited_words(p: Pair) -> None:
    """The line changes, and says so."""
    written = await p.anna.writes(p.room, "mötet är kl 17")
    there = await p.reads("mötet är kl 17")
    await p.anna.edits(p.room, written, "mötet är kl 18", html="mötet är kl <b>18</b>")
    read = await p.reads("mötet är kl 18")

    assert read is there
    assert read.text.endswith("(ändrat)")
    assert "18" in looks(read)["bold"]


async def removed_line(p: Pair) -> None:
    """Goes on both sides."""
    written = await p.anna.writes(p.room, "det här ångrar jag")
    there = await p.reads("det här ångrar jag")
    await p.anna.redacts(p.room, written)

    await p.vanishes(there)


async def picture(p: Pair) -> None:
    """With the words below it, which can be changed; without what a camera writes into it."""
    what = File(
        kind="m.image", data=jpeg(), name="glass.jpg", mime="image/jpeg", caption="glassen"
    )
    sent = await p.anna.sends_file(p.room, what)
    there = await p.reads("glassen", lambda m: m.kind() == "photo")
    await p.anna.edits_caption(p.room, sent, "godaste glassen")

    assert await p.reads("godaste glassen", lambda m: m.kind() == "photo") is there


async def removed_picture(p: Pair) -> None:
    """Goes with its words."""
    what = File(kind="m.image", data=jpeg(), name="x.jpg", mime="image/jpeg", caption="fel bild")
    sent = await p.anna.sends_file(p.room, what)
    there = await p.reads("fel bild")
    await p.anna.redacts(p.room, sent)

    await p.vanishes(there)


async def file(p: Pair) -> None:
    """Under its own name."""
    what = File(kind="m.file", data=b"%PDF-1.4 x", name="stadgar.pdf", mime="application/pdf",
                caption="stadgarna")  # fmt: skip
    await p.anna.sends_file(p.room, what)
    read = await p.reads("stadgarna", lambda m: m.kind() == "document")

    assert "stadgar.pdf" in str(read.content["document"])


async def music(p: Pair) -> None:
    """Stays music."""
    what = File(kind="m.audio", data=MP3, name="visa.mp3", mime="audio/mpeg", caption="en visa")
    await p.anna.sends_file(p.room, what)

    assert (await p.reads("en visa")).kind() == "audio"


async def voice(p: Pair) -> None:
    """Stays a voice."""
    what = File(kind="m.audio", data=OGG, name="röst.ogg", mime="audio/ogg", caption="hör här",
                duration_ms=3000, is_voice=True)  # fmt: skip
    await p.anna.sends_file(p.room, what)

    assert (await p.reads("hör här")).kind() == "voice"


async def film(p: Pair) -> None:
    """Stays a film."""
    what = File(kind="m.video", data=MP4, name="film.mp4", mime="video/mp4", caption="en film")
    await p.anna.sends_file(p.room, what)

    assert (await p.reads("en film")).kind() == "video"


async def sticker(p: Pair) -> None:
    """Its picture; who sent it stands with it."""
    what = File(kind="m.sticker", data=png(), name="katt", mime="image/png", caption="en katt")
    before = len(p.bo.reads(p.chat))
    await p.anna.sends_file(p.room, what)

    def is_there() -> object:
        return [m for m in p.bo.reads(p.chat)[before:] if m.kind() in {"sticker", "photo"}]

    await p.emulator.town.until(is_there, timeout_s=20)


async def place(p: Pair) -> None:
    """The area, never the spot."""
    lat, lon = IN_ALBYBERGET.lat, IN_ALBYBERGET.lon
    await p.anna.shares_place(p.room, lat, lon, words="här står jag")
    read = await p.reads("här står jag")

    assert read.text.endswith("📍 Albyberget")
    assert str(lat) not in str(read.content)


async def place_on_the_way(p: Pair) -> None:
    """Follows whoever walks, from area to area."""
    begun = await p.anna.begins_walking(p.room, words="går hem")
    there = await p.reads("går hem")
    await p.anna.walks(p.room, begun, IN_ALBYBERGET.lat, IN_ALBYBERGET.lon)
    await p.reads("Albyberget", lambda m: m is there)
    await p.anna.walks(p.room, begun, AT_SEA.lat, AT_SEA.lon)
    await p.reads("utanför området", lambda m: m is there)
    await p.anna.stops_walking(p.room)


async def poll(p: Pair) -> None:
    """Its question with the choices."""
    await p.anna.asks_all(p.room, "Vilken dag?", "lördag", "söndag")
    read = await p.reads("Vilken dag?")

    assert {"lördag", "söndag"} <= set(" ".join([read.text, *read.buttons]).split())


async def long_words(p: Pair) -> None:
    """In as many parts as it takes, which change, come and go with the words."""
    sentence = "det var en gång en lång berättelse. "
    written = await p.anna.writes(p.room, "LÅNG " + sentence * 150)
    first = await p.reads("LÅNG")
    second = await p.reads("berättelse.", lambda m: m.message_id > first.message_id)
    await p.anna.edits(p.room, written, "LÅNG men nu kort")

    assert await p.reads("men nu kort") is first
    await p.vanishes(second)


async def kind_of_tomorrow(p: Pair) -> None:
    """Is told to be there, in the words that it has for those who don't know it."""
    await p.anna.sends(
        p.room, "m.room.message", {"msgtype": "org.example.hologram", "body": "holo"}
    )
    read = await p.reads("holo")

    assert "Något som Grannbro inte kan visa" in read.text


async def edit_of_somebody_elses(p: Pair) -> None:
    """Nobody puts words into another's mouth."""
    p.bo.writes(p.chat, "Bos egna ord")
    there = await p.sees("Bos egna ord")
    await p.anna.sends(p.room, "m.room.message", edit(there.event_id, text("påhittat")))
    await p.anna.writes(p.room, "efter påhittet")
    await p.reads("efter påhittet")

    assert not [m for m in p.bo.reads(p.chat) if "påhittat" in m.text]


KINDS = (
    words, formatted_words, spoiler, custom_emoji, emote, line_of_another_bridge, notice,
    mention, reply,
    reply_among_themselves, reply_to_what_is_unknown, reply_of_an_old_app, thread,
    reply_in_a_thread, picture_as_an_answer, moving_picture, film_that_plays_by_itself,
    command_in_a_thread, edited_words, removed_line,
    picture, removed_picture, file, music, voice, film, sticker, place, place_on_the_way, poll,
    long_words, kind_of_tomorrow, edit_of_somebody_elses,
)  # fmt: skip
