"""What waits until its sender has answered, and red, which waits for nobody."""

from datetime import timedelta

import pytest

from tests.pictures import jpeg
from tests.town import (
    BO,
    DESK,
    IN_ALBYBERGET,
    MX_ROOM,
    SHOPS,
    TG_ROOM,
    labels_of,
)

YES, NO = "Ja, det är okej", "Nej tack"
RED = "/rod det brinner i en bil"


async def test_red_from_somebody_new_goes_out_at_once(town):
    """A life may hang on it: under the alias; receipt and question come in private after it."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/rod det brinner i en bil")

    for reader in (TG_ROOM, MX_ROOM, DESK):
        assert "det brinner i en bil\n— Granne 1" in town.card(reader).text
    receipt, question = town.texts(fia)
    assert "är skickad" in receipt
    assert question.startswith("Din röda rapport gick ut direkt.")
    assert "Svarar du inte ja inom 24 timmar raderas rapporten." in question


async def test_red_without_a_yes_is_erased_after_24_hours(town):
    """All copies are removed, nothing of it is kept, and its author is told."""
    await town.writes(BO, None, "/bevaka albyberget")
    before, told = town.footprint(), town.texts(BO)
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/rod det brinner i en bil")
    card = town.card(TG_ROOM)
    await town.presses(BO, card, "Sett")
    await town.writes(BO, None, "Jag ser det", reply_to=town.card(BO).ref)
    await town.passes(hours=23, minutes=59)
    assert not card.removed
    await town.passes(minutes=1)

    for reader in (TG_ROOM, MX_ROOM, DESK):
        assert town.cards(reader) == []
    assert town.texts(BO) == told
    assert town.footprint() == before
    assert "är raderad överallt, eftersom du inte svarade ja" in town.texts(fia)[0]
    assert labels_of(town.told(fia)[0]) == []


async def test_red_with_a_yes_stays(town):
    """The answer may come by the question, by /start or by the choices."""
    people = [town.newcomer(name) for name in ("Fia", "Gun", "Hugo")]
    for fia in people:
        await town.writes(fia, SHOPS, "/rod stöldliga i butiken")
    await town.taps(people[0], YES)
    await town.agrees(people[1])
    await town.writes(people[2], None, "/samtycke")
    await town.taps(people[2], "Spara mina rapporter")
    await town.passes(hours=25)

    assert len(town.cards(SHOPS)) == 3


async def test_no_after_a_red_report_says_what_becomes_of_it(town):
    """It is not promised that nothing is kept while it still stands there."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/rod det brinner i en bil")
    await town.taps(fia, NO)
    assert "Din röda rapport raderas inom 24 timmar" in town.last(fia)
    assert "/glom" in town.last(fia)
    await town.passes(hours=24)

    assert town.cards(TG_ROOM) == []


async def test_red_without_words_from_somebody_new_waits(town):
    """Nothing went out, so nothing is said to have gone out; the yes opens the form."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/rod")
    assert "gick ut" not in town.last(fia)
    await town.taps(fia, YES)

    assert town.last(fia) == "Vad gäller det?"


async def test_red_in_private_from_somebody_new_is_asked_for_its_place_first(town):
    """A life may hang on it: it goes out under the alias, and the question comes after it."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, RED)
    assert town.last(fia).startswith("Var händer det?")
    assert "Din röda rapport väntar på det." in town.last(fia)
    await town.writes(fia, None, "albyberget")
    await town.taps(fia, "Skicka")

    assert "— Granne 1" in town.card(TG_ROOM).text
    assert town.last(fia).startswith("Din röda rapport gick ut direkt.")
    await town.taps(fia, YES)
    await town.passes(hours=25)
    assert town.count_rows("reports") == 1


async def _agrees(town, fia):
    """Press every yes that stands open."""
    for shown in town.told(fia):
        if YES in labels_of(shown):
            await town.presses(fia, shown, YES)


async def _starts(town, fia):
    await town.writes(fia, None, "/start")


async def _shares(town, fia):
    await town.writes(fia, None, "", position=IN_ALBYBERGET)


async def _warns(town, fia):
    await town.writes(fia, None, RED)


@pytest.mark.parametrize(
    "steps",
    [
        (_warns,),
        (_starts, _warns),
        (_warns, _starts),
        (_starts, _agrees, _warns),
        (_starts, _warns, _agrees),
        (_shares, _warns),
        (_starts, _shares, _warns),
        (_shares, _agrees, _warns),
        (_shares, _starts, _agrees, _warns),
        (_warns, _shares),
        (_starts, _warns, _shares),
        (_starts, _shares, _warns, _agrees),
    ],
    ids=lambda steps: "-".join(step.__name__.strip("_") for step in steps),
)
async def test_red_from_a_newcomer_is_never_held_in_silence(town, steps):
    """In whatever order: it is out, or the last word says what it waits for, with the button."""
    fia = town.newcomer("Fia")
    for step in steps:
        await step(town, fia)
    if not town.cards(TG_ROOM):
        asks = [text for text in town.texts(fia) if text.startswith("Var händer det?")]
        if asks and "Skicka" not in labels_of(town.told(fia)[-1]):
            await town.writes(fia, None, "albyberget")
        await town.taps(fia, "Skicka")

    assert "det brinner i en bil" in town.card(TG_ROOM).text


async def test_line_behind_the_welcome_is_told_that_it_waits(town):
    """The welcome asks the same, but before anything was written."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/start")
    await town.writes(fia, None, "/gul glas på marken")

    assert town.last(fia).startswith("Det du skrev väntar på ditt svar")
    assert YES in labels_of(town.told(fia)[-1])


async def test_red_that_a_newcomer_never_sent_is_forgotten_and_told(town):
    """Nothing is kept without a yes, and nobody believes that it went out."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, RED, photos=(jpeg(),))
    asked = town.told(fia)[-1]
    await town.passes(hours=2)

    assert asked.text.startswith("Den här rapporten skickades aldrig")
    assert town.footprint()["reports"] == 0
    assert town.kept_files() == []


@pytest.mark.parametrize("line", ["/gul glas på marken", "🟢 städdag på lördag"])
async def test_yellow_and_green_wait_for_the_answer(town, line):
    """Nothing is shown or kept before the yes; then it goes out by itself."""
    before = town.footprint()
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, line, photos=(jpeg(),))
    assert town.last(fia).startswith("Det du skrev väntar på ditt svar, högst ett dygn.")
    assert town.cards(TG_ROOM) == []
    assert town.footprint() == before
    await town.taps(fia, YES)

    for room in (TG_ROOM, MX_ROOM):
        assert "— Granne 1" in town.card(room).text
        assert len(town.card(room).message.media) == 1
    assert len(town.kept_files()) == 1


async def test_no_drops_what_waited(town):
    """It never goes out, whatever the person agrees to later."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/gul glas på marken")
    await town.taps(fia, NO)
    await town.agrees(fia)

    assert town.cards(TG_ROOM) == []
    assert town.footprint()["reports"] == 0


async def test_what_waited_a_day_is_dropped(town):
    """Old news help nobody."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/gul glas på marken")
    await town.passes(hours=25)
    await town.agrees(fia)

    assert town.cards(TG_ROOM) == []


async def test_what_waited_a_day_is_dropped_though_nobody_has_swept(town):
    """The hour of the sweep makes no difference."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/gul glas på marken")
    town.clock.at += timedelta(hours=24)
    await town.agrees(fia)

    assert town.cards(TG_ROOM) == []


async def test_no_to_one_purpose_leaves_what_waits_for_another(town):
    """A no to the position is no no to the report."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/gul glas på marken")
    await town.writes(fia, None, "", position=IN_ALBYBERGET)
    await town.taps(fia, NO)
    assert town.last(fia).startswith("Det är helt okej. Då använder jag inte din plats.")
    await town.taps(fia, YES)

    assert "glas på marken" in town.card(TG_ROOM).text
    assert not any(text.startswith("Du är i") for text in town.texts(fia))


async def test_waiting_line_that_is_deleted_never_goes_out(town):
    """Its author has changed their mind."""
    fia = town.newcomer("Fia")
    line = await town.writes(fia, TG_ROOM, "/gul fel text")
    await town.deletes(fia, line)
    await town.taps(fia, YES)

    assert town.cards(TG_ROOM) == []


async def test_waiting_line_goes_out_as_it_was_last_edited(town):
    """With its photo and in its new colour; nobody sees what it said first."""
    fia = town.newcomer("Fia")
    line = await town.writes(fia, TG_ROOM, "/gul fel text", photos=(jpeg(),))
    await town.edits(fia, line, "/gul bättre text")
    await town.edits(fia, line, "/gron rätt text")
    await town.taps(fia, YES)

    (card,) = town.cards(TG_ROOM)
    assert card.text.startswith("🟢")
    assert "rätt text" in card.text
    assert card.edits == 0
    assert len(card.message.media) == 1


async def test_nobody_edits_the_waiting_line_of_another(town):
    """A platform would not let them; a forged update changes nothing either."""
    fia = town.newcomer("Fia")
    line = await town.writes(fia, TG_ROOM, "/gul glas")
    await town.edits(BO, line, "/gul något annat")
    await town.taps(fia, YES)

    assert "glas" in town.card(TG_ROOM).text


async def test_question_that_stands_is_not_asked_again(town):
    """Three lines, one question; all three go out with the yes, in their order."""
    fia = town.newcomer("Fia")
    for text in ("glas", "mer glas", "allt är glas"):
        await town.writes(fia, SHOPS, f"/gul {text}")
    assert len(town.told(fia)) == 1
    await town.taps(fia, YES)

    assert [card.text.splitlines()[1] for card in town.cards(SHOPS)] == [
        "glas",
        "mer glas",
        "allt är glas",
    ]


async def test_red_after_a_question_tells_what_becomes_of_the_red(town):
    """The question that stands did not say it."""
    fia = town.newcomer("Fia")
    await town.writes(fia, SHOPS, "/gul glas på marken")
    await town.writes(fia, SHOPS, "/rod det brinner i en bil")

    assert town.last(fia).startswith("Din röda rapport gick ut direkt.")


async def test_waiting_line_stays_until_it_is_answered(town):
    """The card takes its place when there is one."""
    fia = town.newcomer("Fia")
    line = await town.writes(fia, TG_ROOM, "/gul glas på marken")
    assert town.telegram.redacted == []
    await town.taps(fia, YES)

    assert town.telegram.redacted == [line]
