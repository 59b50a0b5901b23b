"""A tip typed where others read: out of the room at once, and on only with a yes."""

import pytest

from bot.domain.incoming import IncomingEdit
from bot.domain.messages import MediaKind, Platform, RoomRef, UserRef
from bot.domain.richtext import rich
from bot.domain.senders import Sender
from bot.errors import PermanentFailure, Why
from tests.features.tips import SECRET, rooms_with, tip_card, tip_cards
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DESK,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    TG,
    TG_ROOM,
    Town,
    alby,
    labels_of,
)


@pytest.fixture
def has_mail() -> bool:
    """Where nobody can be asked for a code the desk's room shows the words at once."""
    return False


async def test_it_leaves_the_room_and_goes_nowhere(town):
    """Its author is asked in private; nobody else learns of it."""
    line = await town.writes(ANNA, TG_ROOM, f"/tips polisen {SECRET}")
    await town.passes(seconds=5)

    assert town.telegram.redacted == [line]
    assert town.in_room(MX_ROOM) == town.in_room(TG_ROOM) == tip_cards(town) == []
    assert rooms_with(town, SECRET) == {ANNA}
    shown = town.told(ANNA)[-1]
    assert shown.text.startswith("Jag tog bort ditt meddelande i Alby grannar")
    assert labels_of(shown)[0] == "Skicka till Polisen"
    assert labels_of(shown)[-1] == "Nej"


@pytest.mark.parametrize(
    "command",
    [
        "!tip polisen", "/TIPSA polisen", "/tips@grannbro_bot polisen", "/tips_polisen",
        "/tips,polisen", "/tips.polisen", "/tips!", "/tips:", "／tips", "\\/tips polisen",
        "/ tips polisen", "“/tips polisen", "/tippa polisen", "/tipps polisen", "/tips\npolisen",
    ],
)  # fmt: skip
async def test_it_leaves_the_room_however_it_is_typed(town, command):
    """Taken for talk it would be carried to still more who should not read it."""
    line = await town.writes(ANNA, TG_ROOM, f"{command} {SECRET}")
    await town.passes(seconds=5)

    assert town.telegram.redacted == [line]
    assert rooms_with(town, SECRET) == {ANNA}
    assert labels_of(town.told(ANNA)[-1])[0] == "Skicka till Polisen"
    assert f"│ {SECRET}" in town.last(ANNA) or f"\n{SECRET}" in town.last(ANNA)


async def test_talk_that_only_speaks_of_tips_goes_on(town):
    """Or of a command."""
    for said in ("Tips: lås cykeln", "Skriv /tips så får polisen det", "/tippning i helgen"):
        await town.writes(ANNA, TG_ROOM, said)

    assert town.telegram.redacted == []
    assert len(town.texts(MX_ROOM)) == 3


async def test_room_that_edits_its_line_into_a_tip_is_told_and_nothing_is_kept(town):
    """An anonymous administrator, or a channel, can't be asked in private."""
    room = Sender(user=UserRef(TG, "-1001"), name="Alby grannar", is_chat=True)
    line = await town.sends(ANNA, TG_ROOM, "hej", sender=room)
    said = rich(f"/tips polisen {SECRET}")
    await town.happens(IncomingEdit(ref=line, sender=room, text=said, is_direct=False))
    await town.passes(seconds=5)

    assert line in town.telegram.redacted
    assert rooms_with(town, SECRET) == set()
    assert town.rows("SELECT feature FROM notes WHERE feature = 'tip_form'") == []


async def test_words_are_given_back_where_nobody_takes_tips(open_town):
    """They stand nowhere else any more."""
    town = await open_town(organisations=())
    await town.agrees(ANNA)
    await town.writes(ANNA, TG_ROOM, f"/tips {SECRET}")

    assert "Ingen tar emot tips här än" in town.texts(ANNA)[-2]
    assert SECRET in town.last(ANNA)


async def test_yes_sends_it_to_the_desk(town):
    """With one press, anonymous."""
    await town.writes(ANNA, TG_ROOM, f"/tips {SECRET}")
    await town.taps(ANNA, "Skicka till Polisen")
    await town.passes(seconds=5)

    assert rooms_with(town, SECRET) == {DESK}
    assert "anonym" in tip_card(town).text


async def test_no_forgets_it(town):
    """With its photo."""
    await town.writes(ANNA, TG_ROOM, f"/tips polisen {SECRET}", photos=(jpeg(),))
    await town.taps(ANNA, "Nej")

    assert rooms_with(town, SECRET) == set()
    assert town.kept_files() == []
    assert town.count_rows("tips") == 0


async def test_all_parts_of_an_album_leave_the_room(town):
    """Its pictures no less than its words."""
    photo = {"x.jpg": (MediaKind.PHOTO, jpeg())}
    parts = [
        await town.sends(ANNA, TG_ROOM, said, files=photo, bundle="a")
        for said in (f"/tips polisen {SECRET}", "")
    ]
    await town.passes(seconds=5)

    assert set(town.telegram.redacted) == set(parts)
    assert town.in_room(MX_ROOM) == []
    assert "2 bilder är med" in town.last(ANNA)


async def test_where_it_can_t_be_removed_that_is_said(town):
    """To its author, and without its words to those who look after the place."""
    await town.agrees(OWNER)
    await town.writes(EVA, MX_ROOM, f"!tips polisen {SECRET}")
    await town.passes(seconds=5)

    assert town.matrix.redacted == []
    assert town.in_room(TG_ROOM) == []
    assert "ditt står kvar där" in town.last(EVA)
    assert "Någon har skrivit ett tips i Alby grannar" in town.last(OWNER)
    assert rooms_with(town, SECRET) == {EVA}


async def test_refusal_of_the_platform_is_told_as_well(town):
    """The bot thought that it might."""
    await town.agrees(OWNER)
    await refuse_next_redaction(town, f"/tips polisen {SECRET}")

    assert any("Jag försökte ta bort" in text for text in town.texts(ANNA))
    assert "Någon har skrivit ett tips i Alby grannar" in town.last(OWNER)
    assert rooms_with(town, SECRET) == {ANNA}


async def refuse_next_redaction(town: Town, line: str) -> None:
    """Let Anna write a line that the platform does not let the bot remove."""
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, line)
    town.telegram.fail_next = PermanentFailure("not enough rights", why=Why.NO_RIGHTS)
    await town.settle()
    assert town.telegram.redacted == []


async def test_line_that_is_edited_into_a_tip_leaves_too(town):
    """What was carried before stays as it was."""
    line = await town.writes(ANNA, TG_ROOM, "hej")
    await town.edits(ANNA, line, f"/tips polisen {SECRET}")
    await town.passes(seconds=5)

    assert town.texts(MX_ROOM) == ["Granne 1: hej"]
    assert line in town.telegram.redacted
    assert rooms_with(town, SECRET) == {ANNA}


async def test_who_has_agreed_to_nothing_is_asked_in_private_and_the_line_leaves(town):
    """It waits for nobody's consent to be taken out of the room."""
    guest = town.newcomer("Gäst")
    line = await town.writes(guest, TG_ROOM, f"/tips polisen {SECRET}")
    await town.taps(guest, "Skicka till Polisen")
    assert town.telegram.redacted == [line]
    assert tip_cards(town) == []
    await town.taps(guest, "Ja, det är okej")
    await town.passes(seconds=5)

    assert rooms_with(town, SECRET) == {DESK}


async def test_who_has_agreed_to_nothing_may_say_no(town):
    """Without being asked whether that may be kept."""
    guest = town.newcomer("Gäst")
    await town.writes(guest, TG_ROOM, f"/tips polisen {SECRET}")
    await town.taps(guest, "Nej")

    assert town.texts(guest) == ["Avbrutet. Inget är skickat."]
    assert rooms_with(town, SECRET) == set()


async def test_tip_in_an_encrypted_room_stays_nowhere_but_there(town):
    """Where nobody has agreed that words leave the room; its author is told the same."""
    await town.sends(EVA, MX_ROOM, f"!tips polisen {SECRET}", is_sealed=True)

    assert town.in_room(TG_ROOM) == []
    assert "ditt står kvar där" in town.last(EVA)
    assert rooms_with(town, SECRET) == {EVA}


async def test_who_can_t_be_reached_is_asked_to_begin_a_chat(town):
    """The tip waits there a day, and the room is told nothing of it."""
    town.telegram.begins_at = "https://t.me/bot"
    guest = town.newcomer("Gäst")
    await town.writes(guest, TG_ROOM, f"/tips polisen {SECRET}")
    assert rooms_with(town, SECRET) == set()
    await town.writes(guest, None, "/start")

    assert any("Skicka till Polisen" in labels_of(s) for s in town.told(guest))


@pytest.mark.parametrize("said", ["/tip", "/tips polisen", "/tips"])
async def test_command_alone_opens_the_form_in_private(town, said):
    """There is nothing to hide yet."""
    await town.writes(ANNA, TG_ROOM, said)

    assert "Vad vill du berätta för Polisen?" in town.last(ANNA)


async def test_too_long_a_tip_is_gone_from_the_room_all_the_same(town):
    """What is refused must not stand there, nor be lost to whoever wrote it."""
    line = await town.writes(ANNA, TG_ROOM, f"/tips polisen {SECRET} " + "x" * 10_000)

    assert line in town.telegram.redacted
    assert "Ditt tips är" in town.texts(ANNA)[-2]
    assert SECRET in town.last(ANNA)
    assert rooms_with(town, SECRET) == {ANNA}


async def test_tip_in_a_room_that_is_nobody_s_leaves_it(town):
    """The bot was let into a group that is not set up yet."""
    room = RoomRef(Platform.TELEGRAM, "-1777")
    line = await town.writes(ANNA, room, f"/tips polisen {SECRET}")

    assert line in town.telegram.redacted
    assert rooms_with(town, SECRET) == {ANNA}


async def test_nothing_said_at_a_desk_that_is_mirrored_goes_on(open_town):
    """Neither the card, nor an answer to it, nor an answer to that, nor who may not answer."""
    town = await open_town(groups=(alby(rooms=(TG_ROOM, DESK)),))
    await town.agrees(ANNA, BO, CILLA, EVA, POLICE)
    await town.writes(ANNA, None, f"/tip polisen {SECRET}")
    await town.taps(ANNA, "Skicka till Polisen")
    answer = await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.writes(POLICE, DESK, "Den gröna?", reply_to=answer)
    await town.writes(EVA, DESK, "Jag vet, det är Kalle", reply_to=tip_card(town).ref)
    await town.edits(POLICE, answer, "Vilken port?")
    await town.writes(POLICE, DESK, "hej grannar")
    await town.passes(seconds=5)

    (carried,) = town.texts(TG_ROOM)
    assert carried.endswith(": hej grannar")
    assert [text for text in town.texts(ANNA) if text.startswith("Polisen svarar")] == [
        "Polisen svarar på ditt tips T-1:\nVilken port?",
        "Polisen svarar på ditt tips T-1:\nDen gröna?",
    ]
    assert "Bara den som är verifierad för Polisen svarar" in town.last(EVA)
