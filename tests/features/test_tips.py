"""Tips: from one person to one desk, and back, and to nobody else."""

from tests.town import ANNA, DESK, POLICE, Town

SECRET = "Kalle på tvåan säljer stulna cyklar"


async def sends(town: Town, user=ANNA, text: str = SECRET) -> None:
    """Let somebody send a tip to the police in one line."""
    await town.writes(user, None, f"/tip polisen {text}")
    await town.taps(user, "Skicka till Polisen")
    await town.passes(seconds=5)


def card(town: Town):
    """The latest tip card at the police's desk."""
    return [s for s in town.in_room(DESK) if "Tips T-" in s.text][-1]


async def test_line_in_private_is_shown_before_it_is_sent(town):
    """What becomes of it is said first; nothing reaches the desk until then."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}")

    shown = town.last(ANNA)
    assert SECRET in shown
    assert "anonym" in shown
    assert "allmän handling" in shown
    assert "raderas 30 dagar" in shown
    assert "Telegram själv kan läsa" in shown
    assert town.in_room(DESK) == []


async def test_desk_alone_gets_it_without_a_name(town):
    """The tipster is told that it has arrived, under which number."""
    await sends(town)

    assert "Tips T-1" in card(town).text
    assert SECRET in card(town).text
    assert "Anna" not in card(town).text
    assert town.last(ANNA).startswith("Tack, Polisen har fått ditt tips (T-1)")
    assert [s.to for s in town.everything_shown() if SECRET in s.text] == [DESK]


async def test_desk_answers_and_the_tipster_answers_back(town):
    """By replying, on whatever platform each of them is."""
    await sends(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=card(town).ref)
    asked = town.told(ANNA)[-1]
    await town.writes(ANNA, None, "Den gröna", reply_to=asked.ref)
    await town.passes(seconds=5)

    assert asked.text == "Polisen svarar på ditt tips T-1:\nVilken dörr?"
    assert town.last(DESK) == "Nytt till T-1: Den gröna"
    assert town.in_room(DESK)[-1].message.reply_to == card(town).ref
    assert "Den gröna" in card(town).text
    assert town.last(ANNA).startswith("Polisen har fått ditt svar till T-1")
