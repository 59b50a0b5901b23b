"""What is more than words, carried in the nearest form that is true."""

from dataclasses import replace

import pytest

from bot.domain.incoming import Extra, IncomingEdit, Quoted
from bot.domain.messages import Media, MediaId, MediaKind, MessageRef, Original
from bot.domain.richtext import Quote, rich
from bot.ports.features import Files
from tests.pictures import jpeg, png
from tests.town import ANNA, AT_SEA, BO, EVA, IN_ALBYBERGET, MX_ROOM, POLICE, TG, TG_ROOM


@pytest.mark.parametrize("kind", [k for k in MediaKind if k is not MediaKind.STICKER])
async def test_file_is_carried_as_what_it_is(town, kind):
    """A voice stays a voice where the platform knows such."""
    data = jpeg() if kind is MediaKind.PHOTO else b"OggS..."
    await town.sends(ANNA, TG_ROOM, files={"x.ogg": (kind, data)})
    (file,) = town.in_room(MX_ROOM)[-1].message.media

    assert file.kind is kind


async def test_sticker_is_its_emoji_with_its_picture(town):
    """Whoever can't see the one sees the other."""
    await town.sends(ANNA, TG_ROOM, "👍", files={"s.webp": (MediaKind.STICKER, png())})
    shown = town.in_room(MX_ROOM)[-1]

    assert shown.text == "Granne 1: 👍"
    assert [file.kind for file in shown.message.media] == [MediaKind.STICKER]


async def test_picture_that_claims_to_be_a_voice_is_cleaned_all_the_same(town):
    """What it is called changes nothing about what it tells."""
    await town.sends(ANNA, TG_ROOM, files={"x.ogg": (MediaKind.VOICE, jpeg())})

    assert town.in_room(MX_ROOM)[-1].message.media[0].mime == "image/jpeg"


async def test_file_that_is_too_large_is_not_even_fetched(town):
    """Its words come, and its sender is told."""
    await town.sends(
        ANNA, TG_ROOM, "filmen", files={"x.mp4": (MediaKind.VIDEO, b"0" * 20_000_001)}
    )

    assert town.last(MX_ROOM) == "Granne 1: filmen"
    assert "20" in town.last(ANNA)


@pytest.mark.parametrize(
    ("extra", "text", "shown"),
    [
        (Extra.POLL, "📊 Städdag?", "📊 Städdag? (Svara i rummet där frågan ställdes.)"),
        (
            Extra.UNKNOWN,
            "",
            "Något som Grannbro inte kan visa. Det finns i rummet där det skrevs.",
        ),
    ],
)
async def test_what_can_t_be_carried_is_said_to_be_there(town, extra, text, shown):
    """Never dropped in silence."""
    await town.sends(ANNA, TG_ROOM, text, extra=extra)

    assert town.last(MX_ROOM) == f"Granne 1: {shown}"


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("Bosse", "Granne 1 (vidarebefordrat från Bosse, inte verifierat): lugn"),
        ("", "Granne 1 (vidarebefordrat, inte verifierat): lugn"),
        ("Polisen", "Granne 1 (vidarebefordrat, inte verifierat): lugn"),
        ("Bo\u202e\nsse", "Granne 1 (vidarebefordrat från Bo sse, inte verifierat): lugn"),
    ],
)
async def test_forwarded_line_says_that_it_is(town, origin, shown):
    """With a cleaned name, and none that claims a badge."""
    await town.sends(ANNA, TG_ROOM, "lugn", forwarded_from=origin)

    assert town.last(MX_ROOM) == shown


async def test_what_the_police_pass_on_bears_no_badge(town):
    """The badge stands for their own words."""
    await town.writes(POLICE, MX_ROOM, "vi är på plats")
    ref = await town.sends(POLICE, MX_ROOM, "hörde jag", forwarded_from="Någon")
    assert "Polisen" in town.texts(TG_ROOM)[0]
    assert "Polisen" not in town.last(TG_ROOM)
    await town.edits(POLICE, ref, "hörde jag nyss")

    assert "nyss" in town.last(TG_ROOM)
    assert "Polisen" not in town.last(TG_ROOM)


@pytest.mark.parametrize("text", ["🔴 rök ur ett fönster", "RÖD: rök"])
async def test_forwarded_report_is_talk(town, text):
    """Who passes it on has seen nothing."""
    await town.sends(ANNA, TG_ROOM, text, forwarded_from="Bo")

    assert town.cards(TG_ROOM) == []
    assert town.count_rows("reports") == 0
    assert "vidarebefordrat" in town.last(MX_ROOM)


def quote_in(shown):
    """What a carried line quotes."""
    return [node for node in shown.message.text.nodes if isinstance(node, Quote)]


async def test_words_that_were_picked_are_quoted(town):
    """They say what exactly is meant, also where the message itself is shown."""
    asked = await town.writes(BO, TG_ROOM, "varför gick strömmen i natt?")
    quoted = Quoted(text="strömmen", is_chosen=True)
    await town.sends(ANNA, TG_ROOM, "kabelbrott", reply_to=asked, quoted=quoted)
    shown = town.in_room(MX_ROOM)[-1]

    assert shown.message.reply_to == town.in_room(MX_ROOM)[0].ref
    assert quote_in(shown) == [Quote(rich("strömmen").nodes)]
    assert shown.text.endswith("kabelbrott")


async def test_beginning_of_what_is_answered_is_quoted_only_where_that_is_unknown(town):
    """Where it is known the reply itself shows it."""
    asked = await town.writes(BO, TG_ROOM, "varför gick strömmen i natt?")
    quoted = Quoted(text="varför gick strömmen", is_chosen=False)
    await town.sends(ANNA, TG_ROOM, "kabelbrott", reply_to=asked, quoted=quoted)
    assert quote_in(town.in_room(MX_ROOM)[-1]) == []

    unknown = MessageRef(TG_ROOM, "from-before-the-bot")
    await town.sends(ANNA, TG_ROOM, "kabelbrott", reply_to=unknown, quoted=quoted)
    assert quote_in(town.in_room(MX_ROOM)[-1]) == [Quote(rich("varför gick strömmen").nodes)]


async def test_who_shares_the_way_is_shown_in_the_area_where_that_leads(town):
    """The area alone, and only when it is another one."""
    ref = await town.writes(ANNA, TG_ROOM, "", position=IN_ALBYBERGET)
    shown = town.in_room(MX_ROOM)[-1]
    first = shown.text

    for position, edits in ((IN_ALBYBERGET, 0), (AT_SEA, 1), (AT_SEA, 1), (IN_ALBYBERGET, 2)):
        moved = IncomingEdit(
            ref=ref,
            sender=town.sender(ANNA),
            text=rich(""),
            is_direct=False,
            position=position,
        )
        await town.happens(moved)
        assert shown.edits == edits
    assert shown.text == first
    assert "ändrat" not in shown.text


async def test_way_is_followed_for_as_long_as_it_is_shared(town):
    """Long after the bot has forgotten the line itself, under the same name."""
    ref = await town.writes(ANNA, TG_ROOM, "", position=IN_ALBYBERGET)
    shown = town.in_room(MX_ROOM)[-1]
    first = shown.text
    for position in (AT_SEA, IN_ALBYBERGET):
        await town.passes(minutes=5)
        moved = IncomingEdit(
            ref=ref, sender=town.sender(ANNA), text=rich(""), is_direct=False, position=position
        )
        await town.happens(moved)
        assert (shown.text == first) is (position is IN_ALBYBERGET)
    await town.passes(seconds=10)

    assert shown.edits == 2
    assert town.rows("SELECT content FROM relays") == [(None,)]


@pytest.mark.parametrize("agreed", [True, False])
async def test_way_that_is_shared_in_private_is_followed_without_a_word(town, agreed):
    """The first place was answered, or asked about; "here" is where the way has led since."""
    ref = await town.writes(ANNA, None, "", position=AT_SEA if agreed else IN_ALBYBERGET)
    if agreed:
        await town.taps(ANNA, "Ja, det är okej")
    told = len(town.told(ANNA))
    moved = IncomingEdit(
        ref=ref,
        sender=town.sender(ANNA),
        text=rich(""),
        is_direct=True,
        position=IN_ALBYBERGET,
    )
    await town.happens(moved)

    assert len(town.told(ANNA)) == told
    shared = town.rows("SELECT count(*) FROM people WHERE shared_area IS NOT NULL")
    assert shared == [(1 if agreed else 0,)]


async def test_what_was_carried_so_is_handed_out_and_erased(town):
    """Quotes and names of others go with the line."""
    await town.sends(ANNA, TG_ROOM, "lugn", forwarded_from="Bosse")
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")
    await town.passes(minutes=11)

    assert town.count_rows("relays") == 0
    assert town.in_room(MX_ROOM) == []


async def test_unknown_in_private_is_answered_kindly(town):
    """There is nothing to carry it to."""
    await town.sends(EVA, None, extra=Extra.UNKNOWN)

    assert town.last(EVA)


def test_only_a_line_keeps_what_one_platform_alone_can_show():
    """A card's words stand below a picture, never below a sticker that moves."""
    sticker = Media(
        id=MediaId("a1"),
        kind=MediaKind.STICKER,
        mime="image/jpeg",
        name="sticker.jpg",
        size_bytes=1,
        original=Original(TG, "CAACAgQ"),
    )

    assert Files(kept=[sticker]).take_as_sent() == (sticker,)
    assert Files(kept=[sticker]).take() == (replace(sticker, original=None),)
