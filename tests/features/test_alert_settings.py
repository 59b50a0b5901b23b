"""`/quiet`, `/digest`, `/pause`: by command, by button and in one's own words."""

import json

import pytest

from tests.town import ANNA, BO, EVA, SHOPS, TG_ROOM, Town, labels_of


@pytest.fixture
async def following(town: Town) -> Town:
    """Anna follows Albyberget."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    return town


FROM_ALBY = "Du får rött och gult från Albyberget"


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("/quiet 22-07", "tyst 22–07 utom för rött"),
        ("/tyst från 22 till 7", "tyst 22–07 utom för rött"),
        ("/tyst på natten", "tyst 22–07 utom för rött"),
        ("/tyst 22.30-6", "tyst 22:30–06:00 utom för rött"),
        (
            "/tyst vardagar 22-6, helger 23-9",
            "tyst utom för rött 22–06 på vardagar och 23–09 på helger",
        ),
        ("/quiet fri-sun 23-9", "tyst utom för rött 23–09 fre–sön"),
        (
            "/digest daily 18:00",
            "allt utom rött i en sammanfattning varje dag kl. 18:00",
        ),
        (
            "/sammanfattning fredagar kl 17",
            "allt utom rött i en sammanfattning på fredagar kl. 17:00",
        ),
        (
            "/digest veckovis",
            "allt utom rött i en sammanfattning på söndagar kl. 18:00",
        ),
        ("/digest högst 3 i timmen", "högst 3 i timmen utöver rött"),
        ("/digest rum ja", "även det som redan står i dina grupper"),
    ],
)
async def test_one_line_says_it_all(following, line, holds):
    """What holds from now on is said back in one sentence, with all else that was chosen."""
    await following.writes(ANNA, None, line)

    assert following.last(ANNA).splitlines()[0] == f"Klart. {FROM_ALBY}, {holds}."


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("/pause 7d", "28 nov. 13:00"),
        ("/paus 1 dag", "22 nov. 13:00"),
        ("/pausa två veckor", "5 dec. 13:00"),
        ("/pausa till fredag", "27 nov. 00:00"),
        ("/pause 2026-12-24", "24 dec. 00:00"),
    ],
)
async def test_pause_says_until_when_and_that_red_is_held_too(following, line, until):
    """Who pauses must know that not even red comes, and whom to call."""
    await following.writes(ANNA, None, line)

    assert following.last(ANNA).splitlines() == [
        f"Klart. Inget kommer före {until}, inte ens rött, och sedan får du rött och gult från "
        "Albyberget.",
        "Pausen håller inne allt, även rött. Det som fortfarande gäller får du samlat efteråt. "
        "Är någon i fara: ring 112.",
    ]
    await following.taps(ANNA, "Avsluta pausen")
    assert following.last(ANNA) == f"Klart. {FROM_ALBY}."


async def test_wishes_are_kept_together(following):
    """One change leaves the others as they are."""
    for line in ("/tyst 22-07", "/digest varje dag 18", "/digest max 6", "/paus 1 dag"):
        await following.writes(ANNA, None, line)

    assert following.last(ANNA).splitlines()[0] == (
        "Klart. Inget kommer före 22 nov. 13:00, inte ens rött, och sedan får du rött och gult "
        "från Albyberget, tyst 22–07 utom för rött, allt utom rött i en sammanfattning varje dag "
        "kl. 18:00, och högst 6 i timmen utöver rött."
    )


@pytest.mark.parametrize(
    ("command", "button", "answer"),
    [
        ("/tyst", "22–07 varje natt", f"Klart. {FROM_ALBY}, tyst 22–07 utom för rött."),
        (
            "/tyst",
            "Vardagar 22–06, helger 23–09",
            f"Klart. {FROM_ALBY}, tyst utom för rött 22–06 på vardagar och 23–09 på helger.",
        ),
        (
            "/digest",
            "Varje dag 18:00",
            f"Klart. {FROM_ALBY}, allt utom rött i en sammanfattning varje dag kl. 18:00.",
        ),
        (
            "/digest",
            "Söndagar 18:00",
            f"Klart. {FROM_ALBY}, allt utom rött i en sammanfattning på söndagar kl. 18:00.",
        ),
        (
            "/digest",
            "Även det mina grupper visar",
            f"Klart. {FROM_ALBY}, även det som redan står i dina grupper.",
        ),
        ("/paus", "1 dag", "Klart. Inget kommer före 22 nov. 13:00"),
        ("/paus", "7 dagar", "Klart. Inget kommer före 28 nov. 13:00"),
    ],
)
async def test_each_wish_is_a_button_too(following, command, button, answer):
    """Nobody has to know how to write it."""
    await following.taps_after(ANNA, command, button)

    assert following.last(ANNA).startswith(answer)


@pytest.mark.parametrize(
    ("command", "said", "answer"),
    [
        ("/tyst", "från 22 till 7", f"Klart. {FROM_ALBY}, tyst 22–07 utom för rött."),
        (
            "/digest",
            "fredagar 17",
            f"Klart. {FROM_ALBY}, allt utom rött i en sammanfattning på fredagar kl. 17:00.",
        ),
        ("/paus", "tre dagar", "Klart. Inget kommer före 24 nov. 13:00"),
    ],
)
async def test_next_line_in_private_is_the_answer(following, command, said, answer):
    """Once: what is written after that is no answer any more."""
    await following.writes(ANNA, None, command)
    await following.writes(ANNA, None, said)
    assert following.last(ANNA).startswith(answer)
    await following.writes(ANNA, None, said)

    assert following.last(ANNA).startswith("Jag förstår bäst korta kommandon")


@pytest.mark.parametrize("command", ["/tyst", "/digest", "/paus"])
async def test_unclear_answer_is_asked_again_with_examples(following, command):
    """Nothing is guessed; the question stands, and can be left."""
    before = settings_rows(following)
    await following.writes(ANNA, None, command)
    await following.writes(ANNA, None, "när jag sover")
    assert following.last(ANNA).startswith("Jag förstår inte riktigt")
    assert "Skriv till exempel “" in following.last(ANNA)
    assert settings_rows(following) == before
    await following.taps(ANNA, "Låt det vara")
    assert following.last(ANNA) == f"Då får det vara som det är. {FROM_ALBY}."
    await following.writes(ANNA, None, "22-07")

    assert following.last(ANNA).startswith("Jag förstår bäst korta kommandon")


@pytest.mark.parametrize(
    "line", ["/tyst banan", "/digest banan", "/paus banan", "/paus 400 dagar"]
)
async def test_unclear_command_is_asked_again(following, line):
    """The next line in private is the answer then."""
    await following.writes(ANNA, None, line)

    assert following.last(ANNA).startswith("Jag förstår inte riktigt")


async def test_button_ends_the_question(following):
    """What is written after it is no answer any more."""
    await following.taps_after(ANNA, "/tyst", "22–07 varje natt")
    await following.writes(ANNA, None, "23-08")

    assert following.last(ANNA).startswith("Jag förstår bäst korta kommandon")


async def test_red_at_night_is_chosen_with_one_press(following):
    """It comes unless somebody says otherwise."""
    await following.writes(ANNA, None, "/tyst 22-07")
    await following.taps(ANNA, "Håll inne rött också")
    assert following.last(ANNA) == f"Klart. {FROM_ALBY}, tyst 22–07 även för rött."
    await following.taps(ANNA, "Låt rött komma ändå")

    assert following.last(ANNA) == f"Klart. {FROM_ALBY}, tyst 22–07 utom för rött."


async def test_quiet_is_ended(following):
    """By a word or a button; the question offers it only while there is quiet."""
    await following.writes(ANNA, None, "/tyst")
    assert "Ingen tyst tid" not in labels_of(following.told(ANNA)[-1])
    await following.writes(ANNA, None, "/tyst 22-07")
    await following.taps_after(ANNA, "/tyst", "Ingen tyst tid")

    assert following.last(ANNA) == f"Klart. {FROM_ALBY}."


@pytest.mark.parametrize("line", ["/tyst 00-24", "/tyst 7-7", "/tyst vardagar 0-24, helger 0-24"])
async def test_quiet_all_round_the_week_is_rather_a_pause(following, line):
    """A pause ends by itself; nothing is changed before somebody has chosen."""
    before = settings_rows(following)
    await following.writes(ANNA, None, line)
    assert following.last(ANNA).startswith("Då blir det tyst dygnet runt, alla dagar.")
    assert labels_of(following.told(ANNA)[-1]) == ["1 dag", "7 dagar", "22–07 varje natt"]
    assert settings_rows(following) == before
    await following.taps(ANNA, "7 dagar")

    assert following.last(ANNA).startswith("Klart. Inget kommer före 28 nov. 13:00")


@pytest.mark.parametrize("lines", [("/tyst 22-07", "/digest 23"), ("/digest 23", "/tyst 22-07")])
async def test_digest_in_the_quiet_comes_without_a_sound(following, lines):
    """It was asked for at that time; whichever is chosen last, it is said."""
    for line in lines:
        await following.writes(ANNA, None, line)

    assert following.last(ANNA).splitlines()[1] == (
        "Sammanfattningen faller i din tysta tid, så den kommer utan ljud."
    )


async def test_own_limit_is_asked_for_and_answered(following):
    """By button, or by a number in one's own words; what is too much is asked again."""
    await following.taps_after(ANNA, "/digest", "Högsta antal i timmen")
    assert following.last(ANNA).startswith("Hur många varningar vill du ha i timmen som mest?")
    await following.writes(ANNA, None, "tusen")
    assert following.last(ANNA).startswith("Skriv ett tal från 1 till 60")
    await following.writes(ANNA, None, "5")
    assert following.last(ANNA).splitlines() == [
        f"Klart. {FROM_ALBY}, högst 5 i timmen utöver rött.",
        "Blir det fler får du resten samlat en stund senare.",
    ]
    await following.taps(ANNA, "Högsta antal i timmen")
    await following.taps(ANNA, "Ingen gräns")

    assert following.last(ANNA) == f"Klart. {FROM_ALBY}."


async def test_pause_until_a_day_is_asked_for(following):
    """The day's own question; the line after it is the answer."""
    await following.taps_after(ANNA, "/paus", "Till …")
    assert following.last(ANNA).startswith("Till när?")
    await following.writes(ANNA, None, "24/12")

    assert following.last(ANNA).startswith("Klart. Inget kommer före 24 dec. 00:00")


async def test_report_is_no_answer(following):
    """Who writes of a fire while a question stands has no time for it."""
    await following.writes(ANNA, SHOPS, "hej")
    await following.writes(ANNA, None, "/tyst")
    await following.writes(ANNA, None, "RÖD: rök i trapphuset")

    assert "tider" not in following.last(ANNA)
    assert settings_rows(following) == []


async def test_in_a_group_it_is_answered_in_private(following):
    """When somebody sleeps is nobody else's business."""
    command = await following.writes(ANNA, TG_ROOM, "/tyst 22-07")

    assert following.in_room(TG_ROOM) == []
    assert following.telegram.redacted == [command]
    assert "tyst 22–07" in following.last(ANNA)


async def test_english_and_the_commands_of_matrix(town):
    """English is the same neighbour."""
    await town.writes(EVA, None, "!language en")
    await town.writes(EVA, None, "!quiet from 22 to 7")
    assert town.last(EVA) == (
        "Done. You follow nothing yet, but this is chosen: silent 22–07 except for red."
    )
    await town.writes(EVA, None, "!pause 7d")

    assert town.last(EVA).splitlines()[1] == (
        "The pause holds everything back, red too. What still matters then comes together "
        "afterwards. Somebody in danger? Call 112."
    )


async def test_newcomer_is_asked_for_consent_first(town):
    """Nothing is kept before the yes; then the line is taken as it was written."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/tyst 22-07")
    assert settings_rows(town) == []
    await town.taps(fia, "Ja, det är okej")

    assert len(settings_rows(town)) == 1
    assert any("tyst 22–07" in text for text in town.texts(fia))


async def test_settings_end_with_the_consent(following):
    """What rested on the yes goes with it."""
    await following.writes(ANNA, None, "/tyst 22-07")
    await following.writes(ANNA, None, "/samtycke")
    await following.taps(ANNA, "Spara mina rapporter")

    assert settings_rows(following) == []


async def test_settings_are_shown_handed_out_and_erased(following):
    """Whose they are sees them, gets them and ends them."""
    await following.writes(ANNA, None, "/integritet")
    assert "När du vill bli varnad" not in following.last(ANNA)
    await following.writes(ANNA, None, "/tyst 22-07")
    await following.writes(ANNA, None, "/integritet")
    assert "• När du vill bli varnad: tyst tid" in following.last(ANNA)
    await following.writes(ANNA, None, "/exportera")
    (file,) = following.told(ANNA)[-1].message.media
    handed = json.loads(await following.app.parts.media.read(file.id))
    assert handed["alert_settings"]["quiet"] == [
        {"begins": "22:00", "ends": "07:00", "days": [0, 1, 2, 3, 4, 5, 6]}
    ]
    await following.writes(ANNA, None, "/glom")
    await following.taps(ANNA, "Ja, radera allt")

    assert settings_rows(following) == []


async def test_quiet_span_is_kept_for_the_routing(town):
    """What decides whether an alert goes out at once stands beside the settings, as UTC."""
    await town.writes(BO, None, "/tyst 22-07")
    (row,) = town.rows("SELECT quiet_from, quiet_until FROM alert_settings")

    assert [str(value)[:16] for value in row] == ["2026-11-21 21:00", "2026-11-22 06:00"]


def settings_rows(town: Town) -> list[tuple[object, ...]]:
    """What is kept of how people want to be alerted."""
    return town.rows("SELECT settings FROM alert_settings")


async def test_night_is_kept_and_the_morning_tells_of_it(following):
    """What was chosen in words holds: yellow waits, red comes, the rest is told at seven."""
    await following.writes(ANNA, None, "/tyst från 22 till 7")
    following.clock.at = following.clock.at.replace(hour=22)  # 23 there
    for line in ("/gul glas på marken", "/gul bråk på torget", "/rod rök ur ett fönster"):
        await following.writes(BO, TG_ROOM, line)
    await following.passes(minutes=1)
    at_night = [card.text.splitlines()[2] for card in following.cards(ANNA)]
    await following.passes(hours=8)

    assert at_night == ["rök ur ett fönster"]
    assert following.last(ANNA).startswith("Det här har hänt sedan sist, 2 saker:")


async def test_digest_leads_back_to_its_settings(following):
    """What comes at the time that was chosen can be changed from there, and stopped."""
    await following.writes(ANNA, None, "/sammanfattning varje dag kl 18")
    for line in ("/gul glas på marken", "/gul bråk på torget"):
        await following.writes(BO, TG_ROOM, line)
    await following.passes(hours=6)
    assert following.last(ANNA).startswith("Det här har hänt sedan sist, 2 saker:")
    await following.taps(ANNA, "Ändra")
    assert "Vill du ha allt utom rött samlat i ett meddelande?" in following.last(ANNA)
    await following.taps(ANNA, "Pausa 7 dagar")

    assert following.last(ANNA).startswith("Klart. Inget kommer före 28 nov.")


async def test_pause_holds_red_until_it_is_over(following):
    """As it was said; what still holds comes afterwards."""
    await following.writes(ANNA, None, "/paus 3 timmar")
    await following.writes(BO, TG_ROOM, "/rod rök ur ett fönster")
    await following.passes(minutes=5)
    meanwhile = len(following.cards(ANNA))
    await following.passes(hours=3)

    assert (meanwhile, len(following.cards(ANNA))) == (0, 1)


async def test_limit_lets_the_rest_come_together(following):
    """The first so many by themselves, red not counted."""
    await following.writes(ANNA, None, "/digest max 1")
    for line in ("/gul glas på marken", "/gul bråk på torget", "/gul klotter på skolan"):
        await following.writes(BO, TG_ROOM, line)
    await following.writes(BO, TG_ROOM, "/rod rök ur ett fönster")
    await following.passes(minutes=5)
    assert len(following.cards(ANNA)) == 2
    await following.passes(hours=2)

    assert following.last(ANNA).startswith("Det här har hänt sedan sist, 2 saker:")


async def test_hours_that_may_mean_two_things_are_asked(following):
    """`10-6` is nearly the whole day: nothing changes before one of both is tapped."""
    await following.writes(ANNA, None, "/quiet from 10 to 6")
    asked = following.told(ANNA)[-1]
    await following.writes(ANNA, None, "/bevakningar")
    meanwhile = following.last(ANNA)
    await following.taps(ANNA, "22–06")

    assert asked.text.startswith("Menar du från kvällen eller från morgonen?")
    assert labels_of(asked) == ["22–06", "10–06", "Låt det vara"]
    assert meanwhile == f"{FROM_ALBY}."
    assert following.last(ANNA) == f"Klart. {FROM_ALBY}, tyst 22–06 utom för rött."


async def test_hours_from_the_morning_can_be_chosen(following):
    """Who works at night sleeps by day."""
    await following.writes(ANNA, None, "/tyst vardagar 10-6")
    await following.taps(ANNA, "10–06 på vardagar")

    assert following.last(ANNA) == f"Klart. {FROM_ALBY}, tyst utom för rött 10–06 på vardagar."
