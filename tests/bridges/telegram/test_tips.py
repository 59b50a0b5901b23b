"""Tips between the emulated Telegram and a desk on Matrix."""

import pytest

from tests.bridges.telegram.way import Way
from tests.emulators.telegram import media as files
from tests.pictures import CAMERA, jpeg
from tests.town import DESK, EVA, POLICE

SECRET = "Kalle på tvåan säljer stulna cyklar"


@pytest.fixture
async def agreed(way: Way) -> Way:
    """Anna has said yes, and so have the police."""
    way.anna.writes(way.account, "/start")
    await way.settles()
    await way.answers("Ja, det är okej")
    await way.people.agrees(POLICE, EVA)
    return way


async def test_tip_in_a_group_is_deleted_and_carried_nowhere(agreed: Way) -> None:
    """Where the bot has the right; one press in private sends it on."""
    manager = agreed.anna.manages(agreed.chat)
    manager.promotes(agreed.account, "can_delete_messages")
    await agreed.settles()
    line = agreed.anna.writes(agreed.chat, f"/tips polisen {SECRET}")
    await agreed.settles()
    await agreed.answers("Skicka till Polisen")

    assert line.is_deleted
    assert not any(SECRET in shown.text for shown in agreed.shown)
    assert not any(SECRET in text for text in agreed.texts)
    (card,) = [s for s in agreed.people.in_room(DESK) if "Tips T-1" in s.text]
    assert SECRET in card.text
    assert any("Tack, Polisen har fått ditt tips (T-1)" in m.text for m in agreed.told)


async def test_tip_that_telegram_does_not_let_the_bot_delete_is_told(agreed: Way) -> None:
    """Its author hears it in private, and whoever looks after the bot without its words."""
    line = agreed.anna.writes(agreed.chat, f"/tips polisen {SECRET}")
    await agreed.settles(seconds=5)

    assert not line.is_deleted
    assert any(
        "Jag försökte ta bort" in m.text or "får inte ta bort" in m.text for m in agreed.told
    )
    told = agreed.people.texts(EVA)
    assert any("Någon har skrivit ett tips i Alby grannar" in text for text in told)
    assert not any(SECRET in text for text in (*told, *agreed.texts))
    assert not any(SECRET in shown.text for shown in agreed.shown)


async def test_photo_and_answers_go_both_ways(agreed: Way) -> None:
    """Replies are replies on each platform."""
    agreed.anna.sends(agreed.account, files.photo(jpeg()), caption=f"/tip polisen {SECRET}")
    await agreed.settles()
    await agreed.answers("Skicka till Polisen")
    (card,) = [s for s in agreed.people.in_room(DESK) if "Tips T-1" in s.text]
    await agreed.people.writes(POLICE, DESK, "Vilken dörr?", reply_to=card.ref)
    await agreed.settles()
    asked = agreed.told[-1]
    agreed.anna.writes(agreed.account, "Den gröna", reply_to=asked)
    await agreed.settles(seconds=5)

    (photo,) = card.message.media
    data = await agreed.app.parts.media.read(photo.id)
    assert data is not None
    assert CAMERA not in data
    assert "Vilken dörr?" in asked.text
    assert "Nytt till T-1: Den gröna" in agreed.people.texts(DESK)
