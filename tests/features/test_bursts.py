"""Lines that gather while a room can't take them."""

import pytest

from bot.domain.trails import room_tag
from bot.settings.options import RelayOptions
from tests.pictures import jpeg
from tests.town import ANNA, BO, CILLA, DAVID, EVA, MX_ROOM, TG_ROOM, installation, labels_of

FEW = 5


@pytest.fixture
async def town(folder, open_town):
    """A town in which few lines may wait, and whose people have said yes."""
    options = installation(folder).options
    relay = RelayOptions(burst_after_lines=FEW)
    town = await open_town(options=options.model_copy(update={"relay": relay}))
    await town.agrees(ANNA, BO, CILLA, DAVID, EVA)
    return town


async def gather(town, number, *, by=(ANNA, BO, CILLA)):
    """Let people write while nothing can be sent; return what they wrote."""
    written = []
    with town.platforms_down():
        for index in range(number):
            written.append(await town.writes(by[index % len(by)], TG_ROOM, f"rad {index}"))
            town.clock.at = town.clock.at.replace(minute=index)
    return written


async def test_few_lines_come_one_by_one(town):
    """As they were said."""
    await gather(town, FEW)
    await town.settle()

    assert [text[-5:] for text in town.texts(MX_ROOM)] == [f"rad {n}" for n in range(FEW)]


async def test_what_waits_beyond_that_is_one_message(town):
    """With who wrote, when, and the last lines whole."""
    await gather(town, FEW + 10)
    await town.settle()

    assert [text[-5:] for text in town.texts(MX_ROOM)[:-1]] == [f"rad {n}" for n in range(FEW)]
    assert town.last(MX_ROOM).splitlines() == [
        "💬 10 meddelanden hann samlas, 13:04–13:13. Granne 3, Granne 1 och en till skrev. "
        "De sista:",
        "Granne 1: rad 12",
        "Granne 2: rad 13",
        "Granne 3: rad 14",
        "Alla får du privat med knappen, i ett dygn. De står också i rummet där de skrevs.",
    ]
    assert labels_of(town.in_room(MX_ROOM)[-1]) == ["Visa alla"]


async def test_everybody_can_read_all_of_it_in_private(town):
    """Nothing is lost; pressing twice is once."""
    await gather(town, FEW + 10)
    await town.settle()
    for _ in range(2):
        await town.presses(EVA, town.in_room(MX_ROOM)[-1], "Visa alla")

    lines = town.last(EVA).splitlines()
    assert [line[-6:].strip() for line in lines] == [f"rad {n}" for n in range(FEW, FEW + 10)]
    assert lines[0] == "13:04 Granne 3: rad 5"
    assert sum("rad 5" in text for text in town.texts(EVA)) == 1


async def test_line_after_it_comes_by_itself_again(town):
    """When the crowd is gone all is as before, in order."""
    await gather(town, FEW + 4)
    await town.settle()
    await town.writes(BO, TG_ROOM, "nu igen")

    assert town.last(MX_ROOM) == "Granne 2: nu igen"


async def test_as_few_as_are_shown_whole_need_no_head(town):
    """Two lines are two lines."""
    await gather(town, FEW + 2)
    await town.settle()

    assert town.last(MX_ROOM) == "Granne 3: rad 5\nGranne 1: rad 6"
    assert labels_of(town.in_room(MX_ROOM)[-1]) == []


async def test_red_report_and_cards_are_never_in_it(town):
    """They stand by themselves, and red comes first."""
    with town.platforms_down():
        for index in range(FEW + 4):
            await town.writes(ANNA, TG_ROOM, f"rad {index}")
        await town.writes(BO, TG_ROOM, "/rod rök ur ett fönster")
        await town.writes(CILLA, TG_ROOM, "/gul glas på marken")
        await town.writes(ANNA, TG_ROOM, "sist")
    await town.settle()

    shown = town.texts(MX_ROOM)
    assert "rök ur ett fönster" in shown[0]
    assert "glas på marken" in shown[-2]
    assert shown[-1] == "Granne 1: sist"
    assert "hann samlas" in shown[-3]


async def test_picture_stands_by_itself_and_order_is_kept(town):
    """What was said after it is shown after it."""
    with town.platforms_down():
        for index in range(FEW + 4):
            await town.writes(ANNA, TG_ROOM, f"rad {index}")
        await town.writes(BO, TG_ROOM, "titta", photos=(jpeg(),))
        await town.writes(ANNA, TG_ROOM, "fin")
    await town.settle()

    shown = town.in_room(MX_ROOM)
    assert [s.text for s in shown[-2:]] == ["Granne 2: titta", "Granne 1: fin"]
    assert len(shown[-2].message.media) == 1


async def test_deleted_line_is_in_no_burst(town):
    """Nor in what somebody has read in private."""
    written = await gather(town, FEW + 10)
    await town.settle()
    await town.presses(EVA, town.in_room(MX_ROOM)[-1], "Visa alla")
    await town.deletes(CILLA, written[-1])

    assert "rad 14" not in town.last(MX_ROOM)
    assert "9 meddelanden" in town.last(MX_ROOM)
    assert "rad 14" not in town.last(EVA)
    assert "rad 13" in town.last(EVA)


async def test_edited_line_is_edited_in_the_burst(town):
    """As anywhere."""
    written = await gather(town, FEW + 10)
    await town.settle()
    await town.edits(CILLA, written[-1], "rad fjorton")

    assert "Granne 3: rad fjorton (ändrat)" in town.last(MX_ROOM)


async def test_reply_to_a_line_in_it_answers_the_burst(town):
    """That is where it stands."""
    written = await gather(town, FEW + 10)
    await town.settle()
    burst = town.in_room(MX_ROOM)[-1].ref
    await town.writes(BO, TG_ROOM, "just det", reply_to=written[-1])

    assert town.in_room(MX_ROOM)[-1].message.reply_to == burst


async def test_words_are_forgotten_after_a_day(town):
    """Then they have had their time, and the button says so; the message stays."""
    await gather(town, FEW + 10)
    await town.settle()
    shown = town.last(MX_ROOM)
    await town.passes(hours=25)
    await town.presses(EVA, town.in_room(MX_ROOM)[-1], "Visa alla")

    assert town.rows("SELECT count(*) FROM relays WHERE content IS NOT NULL") == [(0,)]
    assert town.last(EVA) == "De raderna har jag glömt. De står i rummet där de skrevs."
    assert town.last(MX_ROOM) == shown


async def test_somebody_forgotten_is_in_no_burst(town):
    """Their words go from it, before and after its day."""
    await gather(town, FEW + 10)
    await town.settle()
    await town.taps_after(CILLA, "/glom", "Ja, radera allt")
    assert "Granne 3" not in town.last(MX_ROOM)
    assert "Granne 2: rad 13" in town.last(MX_ROOM)
    await town.passes(hours=25)
    await town.taps_after(BO, "/glom", "Ja, radera allt")
    await town.passes(seconds=10)

    assert town.last(MX_ROOM) == "3 meddelanden, 13:05–13:11. De står i rummet där de skrevs."


async def test_burst_without_lines_goes(town):
    """Nothing is left of it."""
    written = await gather(town, FEW + 2, by=(ANNA,))
    await town.settle()
    for ref in written[FEW:]:
        await town.deletes(ANNA, ref)

    assert len(town.texts(MX_ROOM)) == FEW
    assert town.count_rows("bursts") == town.count_rows("burst_lines") == 0


async def test_send_that_may_have_arrived_takes_no_more_lines(town):
    """What comes after it comes after it."""
    await gather(town, FEW + 4)
    town.changes_rows(
        "UPDATE effects SET doubts = 1 WHERE copy_id IN "
        "(SELECT id FROM copies WHERE subject_kind = 'burst')"
    )
    with town.platforms_down():
        await town.writes(DAVID, TG_ROOM, "ännu en")
    await town.settle()

    assert town.texts(MX_ROOM)[-1] == "Granne 4: ännu en"


async def test_other_rooms_are_not_concerned(town):
    """Only the room that could not take them gets them together."""
    with town.platforms_down():
        for index in range(FEW + 4):
            await town.writes(EVA, MX_ROOM, f"rad {index}")
    await town.settle()
    await town.writes(ANNA, TG_ROOM, "hej")

    assert town.texts(MX_ROOM) == ["Granne 2: hej"]
    assert len(town.texts(TG_ROOM)) == FEW + 1


async def test_name_goes_from_a_burst_with_the_consent(town):
    """As from every line: at once as long as its words are known, then with the line."""
    await town.taps(CILLA, "Visa mitt namn")
    await gather(town, FEW + 10)
    await town.settle()
    assert "Cilla (Telegram): rad 14" in town.last(MX_ROOM)
    await town.taps(CILLA, "Visa mitt namn")

    assert "Cilla" not in town.last(MX_ROOM)
    assert "Granne 3: rad 14" in town.last(MX_ROOM)


async def test_lines_with_a_name_can_be_taken_out_when_words_are_forgotten(town):
    """What can't be written anew can be removed."""
    await town.taps(CILLA, "Visa mitt namn")
    await gather(town, FEW + 10)
    await town.settle()
    await town.passes(hours=25)
    await town.taps_after(CILLA, "/samtycke", "Visa mitt namn")
    await town.taps(CILLA, "Ta bort dem")

    assert "Cilla" not in town.last(MX_ROOM)
    assert "6 meddelanden" in town.last(MX_ROOM)


async def test_line_that_becomes_a_report_stands_among_the_others_no_more(town):
    """The card takes its place; what people felt about it goes with it."""
    written = await gather(town, FEW + 3)
    await town.settle()
    await town.reacts(BO, written[0], "👍")
    await town.edits(ANNA, written[0], "🔴 rök ur ett fönster")
    await town.edits(BO, written[-1], "🔴 larm i butiken")
    await town.passes(seconds=10)

    assert town.count_rows("relay_reactions") == 0
    assert not any("rad 0" in text or f"rad {FEW + 2}" in text for text in town.texts(MX_ROOM))
    assert len(town.cards(MX_ROOM)) == 2


async def test_lines_together_have_come_by_all_rooms_of_each(town):
    """Else another bot would bring what it has brought back to where it was written."""
    with town.platforms_down():
        for number in range(FEW + 5):
            await town.sends(ANNA, TG_ROOM, f"rad {number}", trail=("ab", f"c{number % 2}"))
    await town.settle()

    burst = town.in_room(MX_ROOM)[-1].message
    assert "5 meddelanden" in burst.text.plain
    assert sorted(burst.trail) == sorted(["ab", "c0", "c1", room_tag(TG_ROOM)])
