"""Groups, organisations and rooms: who mirrors whom, who looks after what."""

import pytest

from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
)
from bot.domain.messages import MessageRef, Platform, RoomRef, UserRef
from bot.domain.richtext import rich
from bot.domain.senders import Sender
from bot.domain.web_chat import is_private
from tests.domain.examples import (
    ALBY,
    BOTKYRKA,
    CHAIN,
    GAMLA_STAN,
    NOW,
    a_group,
    an_organisation,
)

TELEGRAM = RoomRef(Platform.TELEGRAM, "-1001")
TOPIC = RoomRef(Platform.TELEGRAM, "-1001/7")
MATRIX = RoomRef(Platform.MATRIX, "!alby:hem.se")
REF = MessageRef(TOPIC, "m1")
ANNA = Sender(user=UserRef(Platform.TELEGRAM, "1"), name="Anna")


@pytest.mark.parametrize(
    ("room", "others"),
    [(TELEGRAM, (TOPIC, MATRIX)), (MATRIX, (TELEGRAM, TOPIC))],
    ids=["telegram", "matrix"],
)
def test_all_other_rooms_of_a_group_mirror_one(room: RoomRef, others: tuple[RoomRef, ...]):
    """A forum topic is a room of its own; no room mirrors itself."""
    assert a_group("alby", rooms=(TELEGRAM, TOPIC, MATRIX)).others(room) == others


def test_only_room_mirrors_none():
    """A group may live in one room alone."""
    assert a_group("alby", rooms=(TELEGRAM,)).others(TELEGRAM) == ()


@pytest.mark.parametrize(
    ("areas", "covers"),
    [((), True), ((ALBY,), True), ((GAMLA_STAN, BOTKYRKA), True), ((GAMLA_STAN,), False)],
    ids=["everywhere", "the place", "what lies around it", "elsewhere"],
)
def test_organisation_looks_after_its_areas_and_all_inside(
    areas: tuple[str, ...], *, covers: bool
):
    """The police of Botkyrka hear of Alby, not of the old town."""
    assert an_organisation("polisen", areas=frozenset(areas)).covers(CHAIN) is covers


@pytest.mark.parametrize(
    ("room", "private"), [("@anna", True), ("alby-torget", False), ("", False)]
)
def test_private_room_of_the_web_chat_is_named_after_its_account(room: str, *, private: bool):
    """Nobody else is let into it."""
    assert is_private(room) is private


@pytest.mark.parametrize(
    "incoming",
    [
        IncomingMessage(ref=REF, sender=ANNA, sent_at=NOW, text=rich("hej"), is_direct=False),
        IncomingEdit(ref=REF, sender=ANNA, text=rich("hej"), is_direct=False),
        IncomingDeletion(ref=REF, sender=ANNA, is_direct=False),
        IncomingReaction(ref=REF, sender=ANNA, emoji="👁", added=True, is_direct=False),
        IncomingPress(ref=REF, sender=ANNA, data="t.seen", is_direct=False),
    ],
    ids=lambda incoming: type(incoming).__name__,
)
def test_everything_happens_in_the_room_of_its_message(incoming: Incoming):
    """Order is kept by it, and answers go there."""
    assert incoming.room == TOPIC
