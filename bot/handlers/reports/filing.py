"""One line, anywhere: `/red text`, `🔴 text`, `RÖD: text`."""

from dataclasses import replace
from datetime import datetime

from bot.carried_lines import take_back
from bot.domain.areas import AreaId, AreaKind
from bot.domain.consent import Need, Purpose
from bot.domain.drafts import Draft, begun_in
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.kinds import Kind, guess_kind
from bot.domain.organisations import Organisation
from bot.domain.permissions import Action
from bot.domain.report_lines import ReportLine, read_report_line, require_report_text
from bot.domain.reports import Priority, read_report_id
from bot.domain.subscriptions import followed_areas
from bot.errors import Unacceptable
from bot.handlers.reports.changing import rewrite
from bot.handlers.reports.form import begin
from bot.handlers.reports.publishing import Filing, filing_of, publish
from bot.handlers.reports.raising import must_prove_to_raise, raised
from bot.handlers.reports.standing import known, require
from bot.handlers.reports.till import is_at_the_till, offer_kinds
from bot.ports.features import Context, Feature

FILING = "reports"


async def _handle(incoming: Incoming, ctx: Context) -> None:
    line = _line_of(incoming)
    if line is None or not isinstance(incoming, IncomingMessage):
        return
    if await _changes_priority(line, ctx):
        return
    group = ctx.group or await _only_group(incoming, ctx)
    if group is not None and is_at_the_till(line, incoming, group):
        await offer_kinds(incoming, group, ctx)
        await _take_line_away(incoming, ctx)
        return
    if ctx.group is not None:
        await _in_group(line, incoming, ctx.group, ctx)
        return
    desk = None if incoming.is_direct else await ctx.uow.organisations.of_desk(ctx.here)
    if desk is None and not incoming.is_direct:
        raise Unacceptable("report-no-group")
    await _to_the_area(line, incoming, await _area_near(desk, ctx), ctx)


async def _in_group(
    line: ReportLine, incoming: IncomingMessage, group: Group, ctx: Context
) -> None:
    """Send it at once to the group; after a tag alone the kind is asked for, and is enough."""
    if not line.text and not incoming.attachments:
        await begin(begun_in(group, line.priority), incoming.sender, ctx)
        return
    filing = Filing(
        priority=line.priority,
        kind=_kind_of(line),
        text=require_report_text(line.text),
        area=group.area,
        reach=group.reports_reach,
        media=ctx.files.take(),
        group=group,
        origin=incoming.ref,
        written_at=_written_at(incoming),
    )
    await publish(filing, incoming.sender, ctx)
    await _take_back_talk(incoming, ctx)
    await _take_line_away(incoming, ctx)


def _written_at(line: IncomingMessage) -> datetime | None:
    return line.sent_at if line.is_late else None


async def _take_back_talk(incoming: IncomingMessage, ctx: Context) -> None:
    """Let the card take the place of what was carried before the line became a report."""
    relay = await ctx.uow.relays.by_origin(incoming.ref)
    if relay is not None and relay.origin == incoming.ref:
        await take_back(relay, ctx)


async def _take_line_away(incoming: IncomingMessage, ctx: Context) -> None:
    """Let the card take the line's place; commands are taken out of rooms by the dispatcher."""
    is_command = incoming.command is not None
    if ctx.capabilities.can_redact_others and not is_command and not incoming.is_direct:
        for part in incoming.refs:
            await ctx.uow.copies.redact(part)


async def _only_group(incoming: IncomingMessage, ctx: Context) -> Group | None:
    """Return the one group that somebody who writes in private belongs to."""
    own = await ctx.uow.groups.written_in_by(ctx.sender.id) if incoming.is_direct else ()
    return own[0] if len(own) == 1 else None


async def _to_the_area(
    line: ReportLine, incoming: IncomingMessage, area: AreaId | None, ctx: Context
) -> None:
    """Send a red line at once if its place is known; show everything else before it goes."""
    draft = Draft(
        priority=line.priority,
        kind=_kind_of(line),
        kind_known=bool(line.text),
        area=area,
        cell=ctx.sender.shared_cell if area == ctx.sender.shared_area else None,
        text=require_report_text(line.text) if line.text else line.text,
        origin=incoming.ref,
        media=ctx.files.take(),
        audience_known=True,
    )
    if line.priority is Priority.RED and area is not None and draft.text:
        filing = replace(await filing_of(draft, ctx), written_at=_written_at(incoming))
        await publish(filing, incoming.sender, ctx)
        return
    await begin(draft, incoming.sender, ctx)


async def _changes_priority(line: ReportLine, ctx: Context) -> bool:
    """Take `/red #7K3` as a change of that report's priority; False if it names none.

    Raises:
        Unacceptable: There is no such report for the sender.
    """
    said = line.text.plain.strip()
    named = read_report_id(said) if said.startswith("#") else None
    if named is None:
        return False
    report = await known(named, ctx)
    if report is None:
        raise Unacceptable("report-unknown", id=named)
    await require(report, Action.CHANGE_PRIORITY, ctx)
    if await must_prove_to_raise(report, line.priority, ctx):
        return True
    after = replace(report, priority=line.priority, touched_at=ctx.now)
    await rewrite(report, await raised(report, after, ctx), ctx)
    return True


async def _area_near(desk: Organisation | None, ctx: Context) -> AreaId | None:
    """Return the place that a desk looks after, if it is one where everybody knows the way."""
    if desk is None:
        return await _known_area(ctx)
    areas = [area for slug in desk.areas if (area := ctx.areas.get(slug))]
    is_one = len(areas) == 1 and areas[0].kind in {AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE}
    return areas[0].id if is_one else None


async def _known_area(ctx: Context) -> AreaId | None:
    """Return where the sender surely is: the shared place, or the one area that is followed.

    An area that has left the map is none.
    """
    shared = ctx.areas.get(ctx.sender.shared_area or "")
    if shared is not None:
        return shared.id
    followed = followed_areas(await ctx.uow.subscriptions.of(ctx.sender.id))
    known = [area for area in followed if ctx.areas.get(area)]
    return known[0] if len(known) == 1 else None


def _kind_of(line: ReportLine) -> Kind | None:
    guessed = guess_kind(line.text.plain)
    if guessed is None and line.priority is Priority.GREEN:
        return Kind.INFORMATION
    return guessed


def _line_of(incoming: Incoming) -> ReportLine | None:
    if not isinstance(incoming, IncomingMessage) or incoming.forwarded_from is not None:
        return None
    return read_report_line(incoming.text, incoming.command)


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    line = _line_of(incoming)
    if is_at_the_till(line, incoming, ctx.group):
        # The tap that sends it asks.
        return None
    is_ready = line is not None and line.priority is Priority.RED and bool(line.text)
    shared = ctx.areas.get(ctx.sender.shared_area or "")
    has_place = ctx.group is not None or shared is not None
    if is_ready and incoming.is_direct and not has_place:
        # Its place comes first, for a life may hang on it; sending it asks.
        return None
    return Need(Purpose.REPORTS, is_urgent=is_ready and has_place)


FEATURE = Feature(
    name=FILING,
    commands=("red", "yellow", "green"),
    accepts=lambda incoming, _ctx: _line_of(incoming) is not None,
    handle=_handle,
    needs=_needs,
    words_are_for_others=True,
)
