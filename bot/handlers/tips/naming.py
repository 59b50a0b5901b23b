"""What tips are shown as: a card at the desk, lines below it, notes to the tipster."""

from collections.abc import Sequence

from bot.domain.copies import Subject, SubjectKind
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.routing import Audience, RoomRoute
from bot.domain.tips import UNNUMBERED, Tip, TipLine, TipLineId, TipNumber
from bot.ports.store import UnitOfWork

FORM = "tip_form"
"""Notes that hold a tip in the making."""
TALK = "tips"
"""Notes to the tipster about a tip that was sent."""
DESK = "tip_desk"
"""Notes in a desk's room about one."""


def card_of(tip: Tip) -> Subject:
    """Name a tip's card."""
    return Subject(SubjectKind.TIP, tip.card)


def line_below(tip: Tip, line: TipLine) -> Subject:
    """Name a line below a tip's card."""
    return Subject(SubjectKind.TIP_LINE, f"{tip.card}.{line.id}")


def line_on(subject: Subject) -> TipLineId:
    """Return which line a subject shows."""
    return TipLineId(int(subject.id.rpartition(".")[2]))


def tip_in(note: Note) -> TipNumber:
    """Return which tip a note is about; none has the number 0."""
    number = note.state.get("tip")
    return TipNumber(number) if isinstance(number, int) else UNNUMBERED


def routes_to(rooms: Sequence[RoomRef]) -> Sequence[RoomRoute]:
    """Return the ways to a desk's rooms: to those, and on from them to nobody."""
    return [RoomRoute(room=room, audience=Audience.DESK) for room in rooms]


async def stands_in(tip: Tip, room: RoomRef, uow: UnitOfWork) -> MessageRef | None:
    """Return the message of a tip's card in a room, None if it does not stand there yet."""
    cards = await uow.copies.of(card_of(tip))
    return next((card.parts[0] for card in cards if card.room == room and card.parts), None)


def name_of(organisation: Organisation | None, tip: Tip) -> str:
    """Return what a tip's organisation is called."""
    return organisation.name if organisation else tip.organisation
