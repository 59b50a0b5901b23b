"""A tip as its desk sees it; nowhere else is anything of it written."""

from collections.abc import Sequence

from bot.domain.organisations import Organisation
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.reports import ReportId
from bot.domain.richtext import joined
from bot.domain.set_apart import set_apart
from bot.domain.tips import Tip, TipLine, tip_on, without_names
from bot.domain.words import Moment, Words, words
from bot.handlers.tips.naming import card_of, line_below, line_on
from bot.ports.showing import Showing

LINES_SHOWN = 3


async def show_tip(showing: Showing) -> OutgoingMessage | None:
    """Write the card; None if the tip is gone, or for a room that is not its desk's."""
    tip, organisation = await _at_its_desk(showing)
    if tip is None or organisation is None or card_of(tip) != showing.subject:
        return None
    lines = await showing.uow.tips.lines(tip.number)
    if not tip.is_shown:
        return _closed(tip, organisation, len(lines), showing)
    said = [_head(tip, organisation, showing), *_body(tip)]
    said += [*map(_line, lines[-LINES_SHOWN:]), *_state(tip)]
    if tip.offered_to is not None:
        other = await showing.uow.organisations.get(tip.offered_to)
        said.append(words("tip-card-offered", to=other.name if other else tip.offered_to))
    return OutgoingMessage(
        text=joined(map(showing.say, said), "\n"),
        rows=_buttons(tip, showing),
        media=without_names(tip.media),
        stays_here=True,
    )


def _closed(tip: Tip, organisation: Organisation, lines: int, showing: Showing) -> OutgoingMessage:
    """Write a card without the words: they come when a colleague has proved who they are."""
    inside = words("tip-card-closed", photos=len(tip.media), lines=lines)
    said = [_head(tip, organisation, showing), *tip_about(tip.about), inside]
    said += _state(tip, is_shown=False)
    return OutgoingMessage(
        text=joined(map(showing.say, said), "\n"),
        rows=_buttons(tip, showing),
        stays_here=True,
        silent=tip.is_read,
    )


async def show_tip_line(showing: Showing) -> OutgoingMessage | None:
    """Write what came to a tip, below its card."""
    tip, _ = await _at_its_desk(showing)
    line = await showing.uow.tips.line(line_on(showing.subject))
    if tip is None or line is None or line_below(tip, line) != showing.subject:
        return None
    if not tip.is_shown:
        said = words("tip-line-closed", id=tip.label)
        return OutgoingMessage(text=showing.say(said), stays_here=True, silent=tip.is_read)
    said = words(
        "tip-line",
        id=tip.label,
        by_desk="yes" if line.is_desks else "no",
        text=set_apart(line.text, begins_line=True),
        photos=len(line.media),
    )
    media = line.media if line.is_desks else without_names(line.media)
    return OutgoingMessage(text=showing.say(said), media=media, stays_here=True)


async def _at_its_desk(showing: Showing) -> tuple[Tip | None, Organisation | None]:
    """Return the tip and its organisation, if the reader's room is that one's desk."""
    tip = await showing.uow.tips.get(tip_on(showing.subject.id))
    organisation = await showing.uow.organisations.get(tip.organisation) if tip else None
    if organisation is None or showing.reader.room not in organisation.desk_rooms:
        return None, None
    return tip, organisation


def _head(tip: Tip, organisation: Organisation, showing: Showing) -> Words:
    return words(
        "tip-card-head",
        id=tip.label,
        organisation=organisation.name,
        area=showing.areas.name(tip.area) if tip.area else "",
        has_area="yes" if tip.area else "no",
        time=Moment(tip.sent_at, with_day=True),
    )


def _body(tip: Tip) -> Sequence[Words]:
    return (
        words("tip-card-text", text=set_apart(tip.text, begins_line=True)),
        *tip_about(tip.about),
        tip_from(tip.name),
    )


def tip_about(report: ReportId | None) -> Sequence[Words]:
    """Say which report a tip is about, if it was begun at one."""
    return [words("tip-card-about", report=report)] if report else []


def tip_from(name: str | None) -> Words:
    """Say from whom a tip is, as the tipster has chosen."""
    return words("tip-card-from", name=name or "", is_named="yes" if name else "no")


def _line(line: TipLine) -> Words:
    return words(
        "tip-card-line",
        by_desk="yes" if line.is_desks else "no",
        time=Moment(line.at, with_day=True),
        text=set_apart(line.text),
        photos=len(line.media),
    )


def _state(tip: Tip, *, is_shown: bool = True) -> list[Words]:
    if tip.is_open and not is_shown:
        return []
    closed = Moment(tip.closed_at or tip.touched_at, with_day=True)
    return [words("tip-card-foot", is_open="yes" if tip.is_open else "no", time=closed)]


def _buttons(tip: Tip, showing: Showing) -> tuple[tuple[Button, ...], ...]:
    actions = ("ask", "close", "hand") if tip.is_open else ("ask",)
    actions = actions if tip.is_shown else ("read",)
    return tuple(
        (Button(label=showing.label(words(f"tip-desk-{action}")), data=action),)
        for action in actions
    )
