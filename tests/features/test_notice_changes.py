"""Correcting and recalling: exactly those who got a notice learn of it, wherever they are now."""

import pytest

from bot.bridges.memory import Shown, private_room
from bot.domain.messages import MessageRef, RoomRef, UserRef
from bot.domain.people import Grant, Role
from bot.domain.room_news import IncomingRoomMoved
from bot.errors import PermanentFailure, Why
from bot.storage.people_reading import ROOM_FIELD, USER_FIELD
from bot.storage.vault import person_key
from tests.features.conftest import OpenTown
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    EVA,
    MX,
    MX_ROOM,
    OWNER,
    POLICE,
    TG,
    TG_ROOM,
    Town,
    labels_of,
)

OLD, NEW = "Vattnet stängs av kl 13", "Vattnet stängs av kl 14"
NEW_ROOM = RoomRef(TG, "-1001000001")


async def announces(town: Town, said: str = f"/notice albyberget: {OLD}") -> None:
    """Let the police send a notice."""
    await town.writes(POLICE, None, said)
    await town.taps(POLICE, "Skicka")


def holding(town: Town, text: str) -> list[Shown]:
    """All messages that somebody sees and that say this, but for the author's own."""
    return [s for s in town.everything_shown() if text in s.text and s.to != POLICE]


async def moves_to(town: Town, old: UserRef, new: UserRef) -> None:
    """Let somebody be the same person on another platform, and block the bot on the first."""
    await town.writes(new, None, "/help")
    vault = town.app.parts.database.vault
    person = town.rows(f"SELECT person_id FROM identities WHERE hash = '{vault.hash_of(old)}'")
    owner = person_key(person[0][0])
    user = await vault.seal(owner, new.user_id, field=USER_FIELD)
    room = await vault.seal(owner, private_room(new).room_id, field=ROOM_FIELD)
    for changed, where in (
        (
            f"person_id = '{person[0][0]}', user_id = x'{user.hex()}', "
            f"private_room = x'{room.hex()}'",
            vault.hash_of(new),
        ),
        ("is_reachable = 0", vault.hash_of(old)),
    ):
        town.changes_rows(f"UPDATE identities SET {changed} WHERE hash = '{where}'")


async def test_correction_changes_every_copy_in_place(town):
    """Rooms and followers; the message stays where it is, and says that it was corrected."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await announces(town)
    before = {s.ref for s in holding(town, OLD)}
    await town.writes(POLICE, None, f"/correct N-1 {NEW}")

    assert holding(town, OLD) == []
    assert {s.ref for s in holding(town, NEW)} == before
    assert len(before) == 3
    assert "✏️ Rättat 21 nov. 13:00." in town.last(BO)


async def test_recall_takes_the_words_and_the_picture_from_every_copy(town):
    """What stays says that it does not hold; nothing of it is kept."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(POLICE, None, f"/notice albyberget: {OLD}", photos=(jpeg(),))
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, "/recall N-1")

    assert holding(town, OLD) == []
    for reader in (TG_ROOM, MX_ROOM, BO):
        card = town.seen(reader)[-1]
        assert "↩ Återkallat 21 nov. 13:00. Det som stod här gäller inte." in card.text
        assert card.message.media == ()
    assert town.kept_files() == []


async def test_press_of_recall_is_asked_about_first(town):
    """It can't be undone."""
    await announces(town)
    await town.passes(seconds=5)
    await town.taps(POLICE, "Återkalla N-1")
    await town.taps(POLICE, "Nej")
    assert OLD in town.last(TG_ROOM)
    await town.writes(POLICE, None, "/notices")
    await town.taps(POLICE, "Återkalla N-1")
    await town.taps(POLICE, "Ja")

    assert "Återkallat" in town.last(TG_ROOM)


async def test_correction_is_asked_for_by_button(town):
    """With what it says now; the next line is the new text."""
    await announces(town)
    await town.taps(POLICE, "Rätta N-1")
    assert OLD in town.last(POLICE)
    await town.writes(POLICE, None, NEW)

    assert NEW in town.last(TG_ROOM)


async def test_notice_is_named_by_answering_its_card(town):
    """Who reads it in the room has its number before their eyes, or needs none."""
    await announces(town)
    card = town.in_room(MX_ROOM)[-1]
    await town.writes(POLICE, MX_ROOM, f"!correct {NEW}", reply_to=card.ref)

    assert NEW in town.last(TG_ROOM)


async def test_those_who_have_it_in_a_digest_read_the_change_there(town):
    """And on what was recalled, no more than that."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(BO, None, "/digest daily 18:00")
    await announces(town)
    await town.writes(ANNA, TG_ROOM, "/gron katten är hittad")
    await town.passes(hours=6)
    assert OLD in town.last(BO)
    await town.writes(POLICE, None, f"/correct N-1 {NEW}")
    assert NEW in town.last(BO)
    assert OLD not in town.last(BO)
    await town.writes(POLICE, None, "/recall N-1")

    assert NEW not in town.last(BO)
    assert "återkallat" in town.last(BO)


@pytest.mark.parametrize("priority", ["grön", "röd"])
async def test_who_has_not_got_it_never_hears_of_what_was_recalled(town, priority):
    """Neither from a summary to come nor from what waits in the queue."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(BO, None, "/digest daily 18:00")
    await town.writes(CILLA, None, "/bevaka albyberget grön")
    await town.writes(CILLA, None, "/pause 1d")
    await town.writes(POLICE, None, f"/notice {priority}, albyberget: {OLD}")
    with town.platforms_down():
        await town.taps(POLICE, "Skicka")
        await town.writes(POLICE, None, "/recall N-1")
    await town.settle()
    await town.passes(days=2)

    assert holding(town, OLD) == holding(town, "N-1") == []


async def test_group_that_has_moved_reads_the_correction_in_its_new_room(town):
    """What stands in the old one can't be changed; there it is said anew, once."""
    await announces(town)
    moved = IncomingRoomMoved(
        ref=MessageRef(TG_ROOM, "move"), sender=town.sender(ANNA), to=NEW_ROOM
    )
    await town.happens(moved)
    assert town.in_room(NEW_ROOM) == []
    await town.writes(POLICE, None, f"/correct N-1 {NEW}")
    assert NEW in town.last(NEW_ROOM)
    await town.writes(POLICE, None, "/recall N-1")

    assert len([s for s in town.in_room(NEW_ROOM) if "N-1" in s.text]) == 1
    assert "Återkallat" in town.last(NEW_ROOM)


async def test_recall_right_after_a_move_is_told_in_the_new_room(town):
    """Also without a correction in between."""
    await announces(town)
    await town.happens(
        IncomingRoomMoved(ref=MessageRef(TG_ROOM, "move"), sender=town.sender(ANNA), to=NEW_ROOM)
    )
    await town.writes(POLICE, None, "/recall N-1")

    assert "Återkallat" in town.last(NEW_ROOM)
    assert OLD not in town.last(NEW_ROOM)


async def test_person_who_moved_platform_is_told_there(town):
    """Who has blocked the bot where it stands; once, and every change after that in place."""
    anna_elsewhere = UserRef(MX, "@anna:hem.se")
    await town.writes(BO, None, "/bevaka albyberget grön")
    await announces(town)
    await moves_to(town, BO, anna_elsewhere)
    await town.writes(POLICE, None, f"/correct N-1 {NEW}")
    assert NEW in town.last(anna_elsewhere)
    assert OLD in town.last(BO)
    await town.writes(POLICE, None, "/recall N-1")

    told = [s for s in town.told(anna_elsewhere) if "N-1" in s.text]
    assert len(told) == 1
    assert "Återkallat" in told[0].text


async def test_person_who_moved_with_a_digest_is_told_there(town):
    """It was in the summary of the account they have left."""
    elsewhere = UserRef(MX, "@bo:hem.se")
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(BO, None, "/digest daily 18:00")
    await announces(town)
    await town.writes(ANNA, TG_ROOM, "/gron katten är hittad")
    await town.passes(hours=6)
    assert OLD in town.last(BO)
    await moves_to(town, BO, elsewhere)
    await town.writes(POLICE, None, "/recall N-1")

    assert "Återkallat" in town.last(elsewhere)


async def test_person_who_moved_and_got_nothing_hears_nothing(town):
    """A change is for those who have read what it changes."""
    elsewhere = UserRef(MX, "@david:hem.se")
    await announces(town)
    await town.writes(DAVID, None, "/bevaka albyberget grön")
    await moves_to(town, DAVID, elsewhere)
    await town.writes(POLICE, None, f"/correct N-1 {NEW}")
    await town.writes(POLICE, None, "/recall N-1")

    assert [s for s in town.told(elsewhere) if "N-1" in s.text] == []


async def test_newcomer_hears_of_neither_notice_nor_change(town):
    """Exactly those who got the original."""
    await announces(town)
    await town.writes(EVA, None, "/bevaka albyberget grön")
    await town.writes(POLICE, None, f"/correct N-1 {NEW}")

    assert [s for s in town.told(EVA) if "N-1" in s.text] == []


@pytest.mark.parametrize("has_mail", [False], ids=["nobody asked for a code"])
async def test_red_change_rings_as_an_answer(town):
    """Somebody may have stayed inside because of it."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await announces(town, f"/notice röd, albyberget: {OLD}")
    card = town.told(BO)[-1]
    await town.writes(POLICE, None, "/recall N-1")

    assert town.last(BO) == "N-1 är återkallat. Det som stod där gäller inte."
    assert town.told(BO)[-1].message.reply_to == card.ref
    assert not town.told(BO)[-1].message.silent


async def test_changes_survive_a_restart(folder, open_town: OpenTown):
    """Where the copies stand is stored, and nowhere else."""
    first = await open_town()
    await first.agrees(BO, POLICE)
    await first.writes(BO, None, "/bevaka albyberget grön")
    await announces(first)
    await first.app.close()
    second = await open_town()
    for old, new in ((first.telegram, second.telegram), (first.matrix, second.matrix)):
        vars(new).update({k: vars(old)[k] for k in ("shown", "_by_key", "_updates")})
    await second.writes(POLICE, None, f"/correct N-1 {NEW}")
    assert holding(second, OLD) == []
    assert len(holding(second, NEW)) == 3
    await second.writes(POLICE, None, "/recall N-1")

    assert len(holding(second, "Återkallat")) == 3


@pytest.mark.parametrize("command", ["/correct N-1 Ny text", "/recall N-1"])
@pytest.mark.parametrize("who", [ANNA, EVA])
async def test_resident_changes_nothing(town, who, command):
    """Not even by answering the card."""
    await announces(town)
    await town.writes(who, None, command)

    assert OLD in town.last(TG_ROOM)
    assert town.last(who).startswith("Meddelanden till områden skickas av verifierade")


async def test_other_organisation_changes_nothing(town):
    """It is told who can."""
    await announces(town)
    grant = Grant(role=Role.LANDLORD, organisation="hem", areas=frozenset({"botkyrka"}))
    async with town.app.parts.database.write() as uow:
        await uow.people.grant(DAVID, grant, town.clock.now())
    await town.writes(DAVID, None, "/recall N-1")

    assert OLD in town.last(TG_ROOM)
    assert town.last(DAVID).startswith("N-1 kan återkallas av den organisation")


async def test_colleague_and_coordinator_may_change_it(town):
    """Who wrote it may be off duty."""
    await town.agrees(OWNER)
    await announces(town)
    grant = Grant(role=Role.POLICE, organisation="polisen", areas=frozenset({"botkyrka"}))
    async with town.app.parts.database.write() as uow:
        await uow.people.grant(DAVID, grant, town.clock.now())
    await town.writes(DAVID, None, f"/correct N-1 {NEW}")
    assert NEW in town.last(TG_ROOM)
    await town.writes(OWNER, None, "/recall N-1")

    assert "Återkallat" in town.last(TG_ROOM)


async def test_who_is_spared_a_recalled_notice_is_not_called_lost(town):
    """They would have heard of it later; nobody has blocked the bot or left."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(BO, None, "/digest daily 18:00")
    await announces(town)
    await town.writes(POLICE, None, "/recall N-1")
    await town.passes(seconds=10)
    progress = next(s for s in town.told(POLICE) if s.text.startswith("N-1 är återkallat: "))

    assert "1 har inte fått det, och får det inte heller." in progress.text
    assert "nåddes inte" not in progress.text


async def test_recalled_notice_is_over(town):
    """A new one is needed."""
    await announces(town)
    await town.writes(POLICE, None, "/recall N-1")
    for line in (f"/correct N-1 {NEW}", "/recall N-1"):
        await town.writes(POLICE, None, line)
        assert town.last(POLICE).startswith("N-1 är redan återkallat.")

    assert NEW not in town.last(TG_ROOM)


@pytest.mark.parametrize("line", ["/correct", "/recall", "/correct hej", "/recall N-9"])
async def test_notice_that_is_not_named_is_asked_for(town, line):
    """With where to find its number."""
    await town.writes(POLICE, None, line)

    assert "/notices" in town.last(POLICE)


async def test_room_and_person_who_were_not_reached_are_named(town):
    """By how many, and the rooms with what the platform says."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(CILLA, None, "/bevaka albyberget grön")
    town.telegram.fail_for[BO] = PermanentFailure("blocked", why=Why.BLOCKED)
    town.matrix.fail_for[MX_ROOM] = PermanentFailure("you are banned here")
    await announces(town)
    await town.passes(seconds=5)
    progress = next(s for s in town.told(POLICE) if "N-1 är ute" in s.text)

    assert progress.text == (
        "N-1 är ute: 1 av 2 rum, 1 av 2 personer.\n"
        "1 nåddes inte: de har stängt av boten, lämnat eller slutat bevaka.\n"
        "1 rum nåddes inte:\n"
        "• Alby grannar (Matrix): you are banned here"
    )
    assert labels_of(progress) == ["Rätta N-1", "Återkalla N-1"]
