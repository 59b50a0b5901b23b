"""`/missing`, `/wanted`, `/witnesses`: what the police ask everybody for, in the guided form."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.consent import Need, Purpose
from bot.domain.drafts import Draft
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.kinds import Kind
from bot.domain.report_lines import require_report_text
from bot.handlers.reports.filing_rights import require_may_appeal
from bot.handlers.reports.form import begin
from bot.ports.features import Context, Feature, is_command

_KINDS: Mapping[str, Kind | None] = {
    "missing": Kind.MISSING_PERSON,
    "wanted": Kind.WANTED_VEHICLE,
    "witnesses": None,
}


async def _handle(incoming: Incoming, ctx: Context) -> None:
    """Begin the form with what is known; the words after the command are its text."""
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    require_may_appeal(ctx.group.area if ctx.group else None, ctx)
    kind, said = _KINDS[incoming.command.name], incoming.command.rest
    draft = Draft(kind=kind, kind_known=kind is not None, is_appeal=True, media=ctx.files.take())
    if ctx.group is not None:
        draft = replace(draft, area=ctx.group.area, group=ctx.group.id, audience_known=True)
    if said:
        draft = replace(draft, text=require_report_text(said), origin=incoming.ref)
    await begin(draft, incoming.sender, ctx)


FEATURE = Feature(
    name="appeals",
    commands=tuple(_KINDS),
    accepts=lambda incoming, _ctx: is_command(incoming, *_KINDS),
    handle=_handle,
    needs=lambda _incoming, _ctx: Need(Purpose.REPORTS),
    words_are_for_others=True,
)
