"""Which kinds of report somebody may file, and who may ask everybody for what they know."""

from collections.abc import Sequence

from bot.domain.kinds import RESTRICTED_KINDS, Kind
from bot.domain.permissions import Action, Actor, Phase, may
from bot.errors import NotPermitted
from bot.ports.features import Context


def kinds_for(area: str | None, ctx: Context) -> Sequence[Kind]:
    """Return the kinds that the sender may report in an area; not known yet, in one's own."""
    places = ctx.chain(area) if area else [a for grant in ctx.sender.grants for a in grant.areas]
    actor = Actor(roles=ctx.sender.roles_at(places, ctx.now))
    return [kind for kind in Kind if may(actor, _filing_action(kind), Phase.NEW)]


def require_may_file(kind: Kind | None, area: str, ctx: Context) -> None:
    """Let pass a kind that the sender may report in an area.

    Raises:
        NotPermitted: The kind is for verified police alone.
    """
    if kind is not None and kind not in kinds_for(area, ctx):
        raise NotPermitted("report-kind-restricted")


def may_appeal(area: str | None, ctx: Context) -> bool:
    """Whether the sender may look for somebody, or for witnesses, in an area."""
    return Kind.MISSING_PERSON in kinds_for(area, ctx)


def require_may_appeal(area: str | None, ctx: Context) -> None:
    """Let pass whoever may ask everybody for what they know.

    Raises:
        NotPermitted: That is for verified police alone.
    """
    if not may_appeal(area, ctx):
        raise NotPermitted("appeal-not-yours")


def _filing_action(kind: Kind) -> Action:
    return Action.FILE_RESTRICTED if kind in RESTRICTED_KINDS else Action.FILE
