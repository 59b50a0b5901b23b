"""What is asked of a homeserver to understand what it has told."""

from pathlib import Path
from typing import cast

from bot.bridges.matrix.account import Credentials
from bot.bridges.matrix.answers import Told
from bot.bridges.matrix.asking import Asking
from bot.bridges.matrix.invitations import Welcome
from bot.bridges.matrix.noticing import Noticing
from bot.bridges.matrix.wiring import make_bridge
from bot.ports.media import MediaStore
from tests.bridges.matrix.events import ME, ROOM, event
from tests.bridges.matrix.homeserver import Homeserver
from tests.bridges.matrix.listening import secret
from tests.town import FakeClock


def _noticing(folder: Path, homeserver: Homeserver) -> Noticing:
    bridge = make_bridge(
        Credentials(homeserver=homeserver.homeserver, user_id=ME, token="t"),
        data_dir=folder,
        media=cast("MediaStore", None),
        clock=FakeClock(),
        welcome=Welcome(),
        secret=secret,
    )
    noticing = bridge.hearing.noticing
    noticing.asking = Asking(api=homeserver)
    return noticing


def _removals(count: int, begin: str) -> Told:
    events = tuple(
        event("m.room.redaction", {"redacts": f"$spam{n}"}, event_id=f"${begin}{n}")
        for n in range(count)
    )
    return Told(room_id=ROOM, state=(), events=events)


async def test_who_may_remove_is_asked_once_for_all_that_is_removed_at_once(
    tmp_path: Path,
) -> None:
    """A spammer's lines go by the hundred, and nothing is kept before all is understood."""
    homeserver = Homeserver()
    noticing = _noticing(tmp_path, homeserver)
    found = await noticing.of_joined(_removals(300, "a"), since="s1")
    first = _questions_of_powers(homeserver)
    await noticing.of_joined(_removals(1, "b"), since="s2")

    assert len(found) == 300
    assert all(b'"levels"' in update.payload for update in found)
    assert first == 1
    assert _questions_of_powers(homeserver) == 2, "they may have changed since"


def _questions_of_powers(homeserver: Homeserver) -> int:
    return sum("m.room.power_levels" in path for path in homeserver.asked)
