"""What is written on Telegram, as it is read on Matrix: a function a kind."""

from tests.e2e.across import Pair
from tests.e2e.from_matrix import MP3, MP4, OGG
from tests.e2e.looks import marked
from tests.emulators.telegram import media
from tests.emulators.telegram.media import Sendable
from tests.emulators.telegram.wire import Json, as_object
from tests.pictures import CAMERA, jpeg, png
from tests.town import AT_SEA, IN_ALBYBERGET


async def words(p: Pair) -> None:
    """With the alias before them; an app makes a sound as for any message, and names nobody."""
    p.bo.writes(p.chat, "Hej själva & <b>välkomna</b> 🎉")
    seen = await p.sees("Hej själva & <b>välkomna</b> 🎉")

    assert seen.kind == "m.text"
    assert seen.text.startswith("Granne ")
    assert seen.content["m.mentions"] == {}
    assert "&lt;b&gt;" in str(seen.html)


async def words_of_somebody(p: Pair) -> None:
    """Shown as theirs where an app can, with no picture; before and after they are changed."""
    written = p.bo.writes(p.chat, "säger Bo")
    seen = await p.sees("säger Bo")
    p.eva.writes(p.chat, "säger Eva")
    other = await p.sees("säger Eva")
    p.bo.edits(written, "sa Bo")
    changed = await p.sees("sa Bo")
    profile, others = (
        as_object(one.content["com.beeper.per_message_profile"]) for one in (seen, other)
    )

    assert seen.text == f"{profile['displayname']}: säger Bo"
    assert f"<strong data-mx-profile-fallback>{profile['displayname']}: </strong>" in str(
        seen.html
    )
    assert set(profile) == {"id", "displayname", "has_fallback"}
    assert others["id"] != profile["id"]
    assert as_object(changed.content["com.beeper.per_message_profile"]) == profile


async def formatted_words(p: Pair) -> None:
    """Each look as the one that Matrix has for it."""
    said = "Fet lutad under struken kod länk hemlig citat print(1)"
    looks = [
        marked(said, "Fet", "bold"), marked(said, "lutad", "italic"),
        marked(said, "under", "underline"), marked(said, "struken", "strikethrough"),
        marked(said, "kod", "code"), marked(said, "länk", "text_link", url="https://example.org/x"),
        marked(said, "citat", "blockquote"), marked(said, "print(1)", "pre", language="python"),
        marked(said, "hemlig", "spoiler"),
    ]  # fmt: skip
    p.bo.writes(p.chat, said, entities=looks)
    html = str((await p.sees("Fet lutad")).html)

    for shown in (
        "<strong>Fet</strong>", "<em>lutad</em>", "<u>under</u>", "<del>struken</del>",
        "<code>kod</code>", '<a href="https://example.org/x">länk</a>',
        "<blockquote>citat</blockquote>",
        '<pre><code class="language-python">print(1)</code></pre>',
        "<span data-mx-spoiler>hemlig</span>",
    ):  # fmt: skip
        assert shown in html


async def spoiler(p: Pair) -> None:
    """Hidden in the words that notifications show, too."""
    said = "mördaren var butlern"
    p.bo.writes(p.chat, said, entities=[marked(said, "butlern", "spoiler")])

    assert (await p.sees("mördaren var")).text.endswith("mördaren var ███████")


async def custom_emoji(p: Pair) -> None:
    """The plain one beneath it."""
    said = "bra 👍 jobbat"
    p.bo.writes(p.chat, said, entities=[marked(said, "👍", "custom_emoji", custom_emoji_id="1")])

    await p.sees("bra 👍 jobbat")


async def mention(p: Pair) -> None:
    """Words, and nobody is disturbed who has not agreed to be known."""
    p.bo.writes(p.chat, f"@{p.bot.user.username} och @nagon_annan hör ni?")
    seen = await p.sees("hör ni?")

    assert not seen.mentions


async def link_and_hashtag(p: Pair) -> None:
    """As they were written."""
    p.bo.writes(p.chat, "se https://example.org/a?b=c&d #städdag")

    await p.sees("se https://example.org/a?b=c&d #städdag")


async def reply(p: Pair) -> None:
    """Answers on Matrix what it answers."""
    asked = await p.anna.writes(p.room, "vem kommer i kväll?")
    there = await p.reads("vem kommer i kväll?")
    p.bo.writes(p.chat, "jag kommer", reply_to=there)

    assert (await p.sees("jag kommer")).reply_to == asked


async def reply_among_themselves(p: Pair) -> None:
    """Answers on Matrix what stands there for the line."""
    asked = p.bo.writes(p.chat, "vem låser i kväll?")
    there = await p.sees("vem låser i kväll?")
    p.eva.writes(p.chat, "jag låser", reply_to=asked)

    assert (await p.sees("jag låser")).reply_to == there.event_id


async def reply_into_a_thread(p: Pair) -> None:
    """Stands in the thread, as an answer to the line."""
    begun = await p.anna.writes(p.room, "tråden om grillen")
    await p.reads("tråden om grillen")
    inside = await p.anna.writes(p.room, "jag tar kolen", thread=begun)
    there = await p.reads("jag tar kolen")
    p.bo.writes(p.chat, "då tar jag korven", reply_to=there)
    seen = await p.sees("då tar jag korven")

    assert (seen.thread, seen.reply_to) == (begun, inside)


async def reply_with_chosen_words(p: Pair) -> None:
    """Quotes them."""
    asked = p.bo.writes(p.chat, "lördag passar, söndag inte")
    await p.sees("söndag inte")
    p.eva.writes(p.chat, "samma här", reply_to=asked, quote="söndag inte")

    assert "<blockquote>söndag inte</blockquote>" in str((await p.sees("samma här")).html)


async def reply_to_what_is_unknown(p: Pair) -> None:
    """Quotes the beginning of what nobody on Matrix can see."""
    elsewhere = p.emulator.town.supergroup("Annat", p.bo)
    unseen = p.bo.writes(elsewhere, "så står det i det andra rummet")
    p.bo.writes(p.chat, "håller med om det", reply_to=unseen, quote="så står det")
    html = str((await p.sees("håller med om det")).html)

    assert "<blockquote>så står det</blockquote>" in html


async def edited_words(p: Pair) -> None:
    """The line changes, and says so."""
    written = p.bo.writes(p.chat, "mötet är i aulan")
    there = await p.sees("mötet är i aulan")
    p.bo.edits(written, "mötet är i matsalen")
    seen = await p.sees("mötet är i matsalen")

    assert seen.event_id == there.event_id
    assert seen.text.endswith("(ändrat)")
    assert seen.is_edited


async def line_removed_across(p: Pair) -> None:
    """What somebody takes away on Matrix goes there; Telegram tells no bot of its own removals."""
    written = await p.anna.writes(p.room, "bort med det här")
    there = await p.reads("bort med det här")
    await p.anna.redacts(p.room, written)

    await p.vanishes(there)


async def picture(p: Pair) -> None:
    """With the words below it, which can be changed; without what a camera writes into it."""
    sent = p.bo.sends(p.chat, media.photo(jpeg()), caption="solen")
    there = await p.sees("solen", lambda seen: seen.kind == "m.image")
    data = await p.anna.downloads(there)
    p.bo.edits(sent, "kvällssolen")
    seen = await p.sees("kvällssolen")

    assert seen.event_id == there.event_id
    assert seen.kind == "m.image"
    assert data.startswith(b"\xff\xd8")
    assert CAMERA not in data


async def album(p: Pair) -> None:
    """All its pictures, the words below the first."""
    p.bo.sends_album(
        p.chat, [media.photo(jpeg(width=n)) for n in (60, 61, 62)], caption="tre glas"
    )
    first = await p.sees("tre glas", lambda seen: seen.kind == "m.image")

    def are_there(seen: object) -> bool:
        found = list(seen) if isinstance(seen, list) else []
        after = found[[one.event_id for one in found].index(first.event_id) :]
        return [one.kind for one in after][:3] == ["m.image"] * 3

    await p.anna.waits(p.room, are_there)


async def file(p: Pair) -> None:
    """Under its own name."""
    p.bo.sends(p.chat, media.document(b"%PDF-1.4", "protokoll.pdf"), caption="protokollet")
    seen = await p.sees("protokollet", lambda seen: seen.kind == "m.file")

    assert seen.file_name == "protokoll.pdf"
    assert await p.anna.downloads(seen) == b"%PDF-1.4"


async def music(p: Pair) -> None:
    """Stays music."""
    p.bo.sends(p.chat, media.audio(MP3, title="Visa"), caption="en låt")

    assert (await p.sees("en låt")).kind == "m.audio"


async def voice(p: Pair) -> None:
    """Stays a voice."""
    p.bo.sends(p.chat, media.voice(OGG), caption="så låter det")
    seen = await p.sees("så låter det")

    assert seen.kind == "m.audio"
    assert "org.matrix.msc3245.voice" in seen.content


async def film(p: Pair) -> None:
    """Stays a film."""
    p.bo.sends(p.chat, media.video(MP4), caption="filmen")

    assert (await p.sees("filmen")).kind == "m.video"


async def round_film(p: Pair) -> None:
    """Is a film."""
    await _comes(p, media.video_note(MP4), "m.video")


async def film_without_sound(p: Pair) -> None:
    """Is a film that plays by itself where an app knows how."""
    p.bo.sends(p.chat, media.animation(MP4), caption="snurr")

    assert (await p.sees("snurr")).kind == "m.video"


async def sticker(p: Pair) -> None:
    """Its emoji with its picture."""
    p.bo.sends(p.chat, media.sticker(png(), emoji="🦊"))

    assert (await p.sees("🦊")).kind == "m.image"


async def moving_sticker(p: Pair) -> None:
    """Its emoji, with the still picture."""
    p.bo.sends(p.chat, media.sticker(b"\x1f\x8b" + b"\0" * 40, emoji="🐼"))

    await p.sees("🐼")


async def place(p: Pair) -> None:
    """The area, never the spot."""
    lat, lon = IN_ALBYBERGET.lat, IN_ALBYBERGET.lon
    p.bo.sends(p.chat, media.location(lat, lon))
    seen = await p.sees("📍 Albyberget")

    assert str(lat) not in str(seen.content)


async def place_on_the_way(p: Pair) -> None:
    """Follows whoever walks, from area to area."""
    lat, lon = IN_ALBYBERGET.lat, IN_ALBYBERGET.lon
    walking = p.eva.sends(p.chat, media.location(lat, lon, live_s=900))
    there = await p.sees("📍 Albyberget", lambda seen: not seen.is_edited)
    p.eva.moves(walking, AT_SEA.lat, AT_SEA.lon)
    seen = await p.sees("utanför området", lambda seen: seen.is_edited)
    p.eva.stops_moving(walking)

    assert seen.event_id == there.event_id


async def place_with_a_name(p: Pair) -> None:
    """Its name, address and area."""
    lat, lon = IN_ALBYBERGET.lat, IN_ALBYBERGET.lon
    p.bo.sends(p.chat, media.venue(lat, lon, "Föreningslokalen", "Albyvägen 1"))
    seen = await p.sees("Föreningslokalen")

    assert "Albyvägen 1" in seen.text
    assert seen.text.endswith("📍 Albyberget")


async def contact(p: Pair) -> None:
    """Name and number, as they were shared."""
    p.bo.sends(p.chat, media.contact("+46701740605", "Vaktmästaren"))

    assert "Vaktmästaren, +46701740605" in (await p.sees("Vaktmästaren")).text


async def dice(p: Pair) -> None:
    """What was thrown."""
    p.bo.sends(p.chat, media.dice(value=5))

    await p.sees("🎲 5")


async def poll(p: Pair) -> None:
    """Its question with the choices."""
    p.bo.sends(p.chat, media.poll("Vilken färg på porten?", ["röd färg", "grön färg"]))
    seen = await p.sees("Vilken färg på porten?")

    assert "röd färg" in seen.text
    assert "grön färg" in seen.text


async def topic(p: Pair) -> None:
    """Has a room of its own, and what is said there stays between the two."""
    p.bo.writes(p.inner.chat, "dags att så", topic=p.inner.topic)
    sown = await p.anna.sees(p.inner.room, "dags att så")
    await p.anna.writes(p.inner.room, "jag har frön", reply_to=sown.event_id)
    await p.emulator.town.until(
        lambda: [m for m in p.bo.reads(p.inner.chat) if "jag har frön" in m.text], timeout_s=20
    )
    read = next(m for m in p.bo.reads(p.inner.chat) if "jag har frön" in m.text)

    assert read.thread_id == p.inner.topic.id
    assert read.reply_to is not None
    assert read.reply_to.text == "dags att så"
    assert not [seen for seen in await p.anna.reads(p.room) if "dags att så" in seen.text]


async def forward(p: Pair) -> None:
    """Says that it is, and who wrote it first."""
    elsewhere = p.emulator.town.supergroup("Andra gården", p.bo, p.eva)
    p.bo.forwards(p.eva.writes(elsewhere, "katten är funnen"), p.chat)

    assert "(vidarebefordrat från Eva, inte verifierat)" in (await p.sees("katten är funnen")).text


async def long_words(p: Pair) -> None:
    """All in one, however long Telegram lets them be, and edited as one."""
    sentence = "det var en gång en lång saga. "
    said = ("LÅNGT " + sentence * 130).strip()
    written = p.bo.writes(p.chat, said)
    there = await p.sees("LÅNGT")
    p.bo.edits(written, "LÅNGT men nu kort")
    seen = await p.sees("LÅNGT men nu kort")

    assert there.text.endswith(said)
    assert seen.event_id == there.event_id


async def kind_of_tomorrow(p: Pair) -> None:
    """Is told to be there."""
    told: Json = {"chat": p.chat.to_json(), "id": 1}
    p.bo.sends(p.chat, Sendable(kind="story", fields=told))

    await p.sees("Något som Grannbro inte kan visa")


async def _comes(p: Pair, what: Sendable, kind: str) -> None:
    """See that something without words arrives."""
    before = len(await p.anna.reads(p.room))
    p.bo.sends(p.chat, what)
    await p.anna.waits(p.room, lambda seen: any(one.kind == kind for one in seen[before:]))


KINDS = (
    words, words_of_somebody, formatted_words, spoiler, custom_emoji, mention,
    link_and_hashtag, reply,
    reply_among_themselves, reply_into_a_thread, reply_with_chosen_words, reply_to_what_is_unknown,
    edited_words,
    line_removed_across, picture, album, file, music, voice, film, round_film, film_without_sound,
    sticker, moving_sticker, place, place_on_the_way, place_with_a_name, contact, dice, poll,
    topic, forward, long_words, kind_of_tomorrow,
)  # fmt: skip
