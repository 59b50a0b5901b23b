"""Whom the keeper of keys believes, and how often it begins anew."""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.key_care import Care
from bot.bridges.matrix.sealing import Sealer
from bot.bridges.matrix.unread import KEPT_FOR, MOST_OF_ONE, Unread
from bot.domain.richtext_json import Json
from tests.bridges.matrix.nio_device import SEALER
from tests.town import FakeClock


@dataclass(frozen=True)
class Phone:
    """A device."""

    user_id: str = "@anna:grannar.test"
    device_id: str = "PHONE"
    curve25519: str = "c"
    ed25519: str = "e"


def test_device_gets_a_new_session_once_an_hour_over_restarts():
    """Whoever sends nonsense again and again has the bot use up nobody's keys."""
    clock = FakeClock()
    care = Care(clock=clock, sign_for=SEALER.sign_for)
    first, again = care.may_unwedge(Phone()), care.may_unwedge(Phone())
    other = care.may_unwedge(Phone(curve25519="d"))
    restarted = Care(clock=clock, sign_for=SEALER.sign_for, unwedged=dict(care.unwedged))
    soon = restarted.may_unwedge(Phone())
    clock.at += timedelta(hours=1)

    assert (first, again, other, soon) == (True, False, True, False)
    assert restarted.may_unwedge(Phone())


def test_neither_the_log_nor_what_is_kept_tells_whose_a_device_is():
    """By its keys a homeserver tells everybody; the sign is the same each time, and here alone."""
    phone = Phone(curve25519="hemlig kurva", ed25519="hemligt märke")
    care = Care(clock=FakeClock(), sign_for=SEALER.sign_for)
    care.may_unwedge(phone)
    with structlog.testing.capture_logs() as lines:
        care.tell_of_change(phone)
        care.tell_of_change(phone)
    elsewhere = Sealer(secret=lambda _purpose: bytes(32))

    assert "hemlig" not in f"{care.unwedged} {lines}"
    assert [line["key"] for line in lines] == [SEALER.sign_for(phone.ed25519)]
    assert elsewhere.sign_for(phone.ed25519) != SEALER.sign_for(phone.ed25519)


def event(name: str, session: Json = "s1", sender: str = "@anna:h") -> Object:
    """An event that waits."""
    return {"event_id": name, "sender": sender, "content": {"session_id": session}}


def test_what_waits_is_kept_over_a_restart_and_not_for_ever():
    """Nothing but ids is kept; a week later nobody waits for it any more."""
    clock = FakeClock()
    unread = Unread(clock=clock)
    for name in ("$1", "$2", "$1"):
        unread.expect("!a", event(name))
    unread.expect("!a", event("$3", session=7))
    restarted = Unread(clock=clock)
    kept = unread.to_json()
    restarted.learn_kept([*(kept if isinstance(kept, list) else []), {"event_id": "$9"}, 7])
    clock.at += timedelta(seconds=10)
    waiting = [missing.event_id for missing in restarted.older_than(10)]
    clock.at += KEPT_FOR

    assert waiting == ["$1", "$2"]
    assert restarted.older_than(10) == []
    assert restarted.has_news


def test_whoever_sends_what_nobody_opens_pushes_out_nobody_else_s_lines():
    """Neither in that room nor, by many accounts, in others; and little is written each time."""
    unread = Unread(clock=FakeClock())
    unread.expect("!a", event("$anna"))
    for number in range(3_000):
        unread.expect("!a", event(f"$mallory{number}", sender="@mallory:h"))
    waiting = [missing.event_id for missing in unread.older_than(0)]
    for number in range(5_000):
        unread.expect("!b", event(f"$many{number}", sender=f"@m{number % 50}:h"))
    later = [missing.event_id for missing in unread.older_than(0)]

    assert waiting[0] == later[0] == "$anna"
    assert waiting[1:] == [f"$mallory{n}" for n in range(3_000 - MOST_OF_ONE, 3_000)]
    assert len(later) == 2_000


def test_one_request_asks_for_one_key():
    """However many events it opens; and only its sender can say that it never comes."""
    unread = Unread(clock=FakeClock())
    for name in ("$1", "$2"):
        unread.expect("!a", event(name))
    (asked,) = unread.to_be_asked_for()
    unread.note_asked_for(asked)
    unread.learn_withheld({"room_id": "!a", "session_id": "s1"}, "@bo:h")
    by_another = unread.is_withheld("$1")
    unread.learn_withheld({"room_id": "!a", "session_id": "s1"}, "@anna:h")

    assert unread.to_be_asked_for() == []
    assert not by_another
    assert unread.is_withheld("$1")
