"""What people agree to: asked before anything personal is kept, and taken back at any time."""

from datetime import timedelta

import pytest

from bot.domain.consent import Purpose
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    AT_SEA,
    BO,
    DESK,
    EVA,
    IN_ALBYBERGET,
    MX,
    MX_ROOM,
    SHOPS,
    TG_ROOM,
    Town,
    labels_of,
)

YES, NO = "Ja, det är okej", "Nej tack"
RED = "/rod det brinner i en bil"


async def test_start_asks_before_anything_is_kept(town):
    """In the person's language, with the purpose, the time and a way out."""
    before = town.footprint()
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/start")

    assert town.last(fia).startswith("Hej! Jag är Grannbro.")
    assert "raderas efter 30–180 dagar, eller direkt när du skriver /glom" in town.last(fia)
    assert labels_of(town.told(fia)[-1]) == [YES, NO, "Läs mer"]
    assert town.footprint() == before


async def test_yes_leads_on(town):
    """One thought, and the next step as a button."""
    fia = town.newcomer("Fia")
    await town.agrees(fia)

    assert town.last(fia).startswith("Tack! Då är vi igång.")
    assert labels_of(town.told(fia)[-1]) == [
        "⬜ Visa mitt namn",
        "⬜ Använd min plats",
        "⬜ Påminn mig om kampanjer",
        "⬜ Fråga mig ibland",
        "Bevaka mitt område",
        "Rapportera något",
        "Så funkar det",
    ]


async def test_each_purpose_is_asked_for_by_itself(town):
    """Reports, name, place, campaigns, surveys: a yes to one is no yes to another."""
    fia = town.newcomer("Fia")
    await town.agrees(fia)
    await town.taps(fia, "Visa mitt namn")
    await town.taps(fia, "Fråga mig ibland")

    assert await _given(town, fia) == {Purpose.REPORTS, Purpose.NAME, Purpose.SURVEYS}
    assert labels_of(town.told(fia)[-1])[:4] == [
        "✅ Visa mitt namn",
        "⬜ Använd min plats",
        "⬜ Påminn mig om kampanjer",
        "✅ Fråga mig ibland",
    ]


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Bevaka mitt område", "Vilket område vill du bevaka?"),
        ("Rapportera något", "Hur bråttom är det?"),
        ("Så funkar det", "Så här funkar det:"),
    ],
)
async def test_buttons_of_the_welcome_work(town, button, answer):
    """The next step as a button."""
    await town.taps(ANNA, button)

    assert town.last(ANNA).startswith(answer)


async def test_no_keeps_nothing_and_closes_no_door(town):
    """Never blames; one may change one's mind."""
    before = town.footprint()
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/start")
    await town.taps(fia, NO)

    assert town.last(fia).startswith("Det är helt okej. Då sparar jag inget av det du skriver.")
    assert town.footprint() == before
    await town.taps(fia, "Börja om")
    await town.taps(fia, YES)

    assert await _given(town, fia) == {Purpose.REPORTS}


async def test_read_more_explains_and_asks_again(town):
    """What is kept, for how long, and how to see and remove it."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/start")
    await town.taps(fia, "Läs mer")
    assert "/integritet" in town.last(fia)
    assert labels_of(town.told(fia)[-1]) == [YES, NO]
    await town.taps(fia, YES)

    assert await _given(town, fia) == {Purpose.REPORTS}


async def test_start_again_greets_and_asks_nothing(town):
    """Who has agreed is asked no more, and finds the choices."""
    await town.writes(ANNA, None, "/start")

    assert town.last(ANNA) == "Hej igen! Vad vill du göra?"
    assert "Mina val" in labels_of(town.told(ANNA)[-1])


async def test_start_in_a_group_is_answered_in_private(town):
    """What somebody agrees to is nobody else's business."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/start")

    assert town.in_room(TG_ROOM) == []
    assert town.last(fia).startswith("Hej!")


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


async def test_yes_to_the_place_alone_asks_for_what_is_left(town):
    """Nothing is under way without the yes to reports."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "", position=IN_ALBYBERGET)
    asked = town.told(fia)[-1]
    await town.presses(fia, asked, YES)

    assert asked.text.startswith("Tack! Då återstår en sak")
    assert labels_of(asked) == [YES, NO, "Läs mer"]
    await town.presses(fia, asked, YES)
    assert asked.text.startswith("Tack! Då är vi igång.")
    assert await _given(town, fia) == {Purpose.REPORTS, Purpose.PLACE}


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


async def test_following_an_area_waits_for_consent(town):
    """What somebody follows is kept; so it is asked first."""
    before = town.footprint()
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/bevaka albyberget")
    assert town.footprint() == before
    await town.taps(fia, YES)

    assert town.last(fia).startswith("Klart. Du får rött och gult från Albyberget.")


async def test_position_waits_for_its_own_consent(town):
    """A yes to reports is no yes to positions."""
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    assert "Får jag använda din position?" in town.last(ANNA)
    await town.taps(ANNA, YES)

    assert town.last(ANNA).startswith("Du är i Albyberget.")


async def test_no_to_the_position_says_what_to_do_instead(town):
    """Every refusal does."""
    await town.writes(ANNA, None, "", position=AT_SEA)
    await town.taps(ANNA, NO)

    assert town.last(ANNA).startswith("Det är helt okej. Då använder jag inte din plats.")
    assert "Skriv namnet på området i stället" in town.last(ANNA)
    assert await _given(town, ANNA) == {Purpose.REPORTS}


async def test_talk_and_marks_need_no_consent(town):
    """A group's talk is carried, and a press is a number on a card."""
    fia = town.newcomer("Eva-Lena", platform=MX)
    await town.writes(fia, MX_ROOM, "Hej alla!")
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.presses(fia, town.card(SHOPS), "Sett")

    assert town.last(TG_ROOM) == "Granne 1: Hej alla!"
    assert town.texts(fia) == []


async def test_choices_are_shown_and_changed_in_place(town):
    """`/consent`: each by itself, at any time."""
    await town.writes(ANNA, None, "/samtycke")
    shown = town.told(ANNA)[-1]
    assert labels_of(shown)[:2] == ["✅ Spara mina rapporter", "⬜ Visa mitt namn"]
    await town.taps(ANNA, "Visa mitt namn")
    await town.taps(ANNA, "Påminn mig")
    await town.taps(ANNA, "Påminn mig")

    assert labels_of(shown)[1] == "✅ Visa mitt namn"
    assert await _given(town, ANNA) == {Purpose.REPORTS, Purpose.NAME}


async def test_name_taken_back_leaves_the_cards(town):
    """Withdrawn at any time: where the name stood, the alias stands."""
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Visa mitt namn")
    await town.writes(ANNA, SHOPS, "/gul mer glas")
    await town.writes(ANNA, SHOPS, "Det är vid kassan", reply_to=town.card(SHOPS).ref)
    assert town.card(SHOPS).text.count("Anna") == 2
    await town.taps(ANNA, "Visa mitt namn")

    assert "Anna" not in town.card(SHOPS).text
    assert town.card(SHOPS).text.count("Granne 1") == 2


async def test_name_taken_back_reaches_carried_lines(town):
    """One on its way changes; of one that has arrived the words are gone, so it may go too."""
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.passes(seconds=10)
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "på väg")
        await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.settle()
    assert town.texts(MX_ROOM) == ["Anna (Telegram): hej", "Granne 1: på väg"]
    assert "1 rad som jag redan burit vidare bär ditt namn." in town.last(ANNA)
    await town.taps(ANNA, "Ta bort dem")

    assert town.texts(MX_ROOM) == ["Granne 1: på väg"]
    assert town.last(ANNA) == "Klart. Raderna tas bort ur de andra rummen."


async def test_named_lines_may_stay(town):
    """It is their author's choice."""
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.passes(seconds=10)
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.taps(ANNA, "Låt dem stå")

    assert town.texts(MX_ROOM) == ["Anna (Telegram): hej"]
    assert labels_of(town.told(ANNA)[-1]) == []


async def test_place_taken_back_is_forgotten_at_once(town):
    """The area that was shared is gone, not only hidden."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "/bevaka här")

    assert town.last(ANNA).startswith("Dela din plats med mig först")


async def test_reports_taken_back_ends_alerts_and_offers_erasure(town):
    """What rested on the yes stops; what was written can go at once."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Spara mina rapporter")
    assert town.last(ANNA).startswith("Då tar jag inte emot fler rapporter från dig")
    assert labels_of(town.told(ANNA)[-1]) == ["Radera mig"]
    await town.writes(BO, TG_ROOM, "/gul glas på marken")
    await town.writes(ANNA, TG_ROOM, "/gul mer glas")

    assert town.cards(ANNA) == []
    assert len(town.cards(TG_ROOM)) == 1
    assert town.last(ANNA).startswith("Det du skrev väntar på ditt svar")


async def test_yes_to_an_older_text_is_no_yes_to_this_one(town):
    """Versioned texts: a new one is asked for anew."""
    town.changes_rows("UPDATE consents SET version = '2020-01'")
    await town.writes(ANNA, SHOPS, "/gul glas")
    assert town.cards(SHOPS) == []
    await town.taps(ANNA, YES)

    assert len(town.cards(SHOPS)) == 1


async def test_text_that_says_more_is_asked_about_once_without_a_sound(town):
    """What rests on the older yes goes on until the answer."""
    await town.writes(BO, None, "/bevaka albyberget")
    town.changes_rows("UPDATE consents SET version = '2020-01' WHERE purpose = 'reports'")
    before = len(town.told(BO))
    await town.passes(days=1)
    await town.passes(days=1)
    asked = [(one.text.split(".")[0], one.message.silent) for one in town.told(BO)[before:]]
    await town.agrees(ANNA)
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.taps(BO, YES)
    await town.passes(days=1)

    assert asked == [("Texten du har sagt ja till säger mer nu, så jag frågar igen", True)]
    assert len(town.cards(BO)) == 1
    assert town.rows("SELECT count(*) FROM subscriptions") == [(1,)]
    assert not any("säger mer nu" in text for text in town.texts(BO))


async def test_no_to_the_text_that_says_more_ends_what_rested_on_the_older(town):
    """Nobody is alerted against their word."""
    await town.writes(BO, None, "/bevaka albyberget")
    town.changes_rows("UPDATE consents SET version = '2020-01' WHERE purpose = 'reports'")
    await town.passes(days=1)
    await town.taps(BO, NO)

    assert town.count_rows("subscriptions") == 0
    assert "dina bevakningar är avslutade" in town.last(BO)


async def test_new_text_of_one_purpose_leaves_the_others(town):
    """A name stays on its cards while somebody is asked about positions."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Visa mitt namn")
    await town.taps(ANNA, "Använd min plats")
    town.changes_rows("UPDATE consents SET version = '2020-01' WHERE purpose = 'place'")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")

    assert "— Anna" in town.card(TG_ROOM).text


async def test_question_comes_in_the_person_s_language(town):
    """As the chat client says."""
    fia = town.newcomer("Fia")
    town.language = "en-GB"
    await town.writes(fia, None, "/start")

    assert town.last(fia).startswith("Hello! I'm Grannbro.")
    assert await _given(town, EVA) == {Purpose.REPORTS}


async def _given(town: Town, user: object) -> set[Purpose]:
    async with town.app.parts.database.write() as uow:
        person = await uow.people.by_user(user, town.clock.now())  # type: ignore[arg-type]
    return set(person.consents)
