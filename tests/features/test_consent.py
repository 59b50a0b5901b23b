"""What people agree to: asked before anything personal is kept, and changed in place."""

import pytest

from bot.domain.consent import Purpose
from bot.errors import UnknownOutcome
from tests.town import (
    ANNA,
    AT_SEA,
    BO,
    EVA,
    IN_ALBYBERGET,
    MX,
    MX_ROOM,
    SHOPS,
    TG_ROOM,
    Town,
    data_of,
    labels_of,
)

YES, NO = "Ja, det är okej", "Nej tack"


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


async def test_yes_counts_before_it_is_known_that_the_question_has_come(town):
    """People can be quicker than the platform's answer, and that may be lost."""
    before = town.count_rows("consents")
    fia = town.newcomer("Fia")
    town.telegram.fail_after_next = UnknownOutcome("the connection broke")
    await town.agrees(fia)
    await town.passes(minutes=1)

    assert any(text.startswith("Tack! Då är vi igång.") for text in town.texts(fia))
    assert town.count_rows("consents") == before + 1


async def test_nobody_presses_for_somebody_else_before_it_is_known_where_a_question_stands(town):
    """Neither with what its buttons carry, nor in a room."""
    before = town.count_rows("consents")
    fia = town.newcomer("Fia")
    town.telegram.fail_after_next = UnknownOutcome("the connection broke")
    await town.writes(fia, None, "/start")
    data = data_of(town.told(fia)[-1], YES)
    await town.presses_data(BO, town.new_ref(BO, None), data)
    await town.presses_data(fia, town.new_ref(fia, TG_ROOM), data)

    assert town.count_rows("consents") == before


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
