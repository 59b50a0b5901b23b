"""Who may do what to a tip: nobody but those who are verified for its organisation."""

from bot.domain.permissions import Action, Actor, may
from bot.domain.tips import Tip, TipNumber, is_colleague, roles_for
from bot.errors import NotPermitted, Unacceptable
from bot.ports.features import Context
from bot.proofs import asks_for_proof


async def require_tip(number: TipNumber, ctx: Context) -> Tip:
    """Return a tip.

    Raises:
        Unacceptable: It is erased.
    """
    tip = await ctx.uow.tips.get(number)
    if tip is None:
        raise Unacceptable("tip-gone", id=f"T-{number}")
    return tip


async def require(tip: Tip, action: Action, ctx: Context) -> None:
    """Let pass whoever may do something to a tip at its desk.

    Raises:
        NotPermitted: They are not verified for the organisation, or it is too late.
    """
    organisation = await ctx.uow.organisations.get(tip.organisation)
    actor = Actor(roles=frozenset())
    if organisation is not None:
        actor = Actor(
            roles=roles_for(ctx.sender, organisation, ctx.now),
            is_colleague=is_colleague(ctx.sender, organisation, ctx.now),
        )
    if not may(actor, action, tip.phase):
        name = organisation.name if organisation else tip.organisation
        text_id = f"report-may-not-{action.value.replace('_', '-')}"
        raise NotPermitted(text_id, id=tip.label, organisation=name)


async def may_act(tip: Tip, action: Action, ctx: Context) -> bool:
    """Let pass whoever may do something to a tip, and has proved lately who they are.

    All that a desk does to a tip comes through here.

    Returns:
        Whether it can go on; else a code was asked for, and after it the tip is opened.

    Raises:
        NotPermitted: They are not verified for the organisation, or it is too late.
    """
    await require(tip, action, ctx)
    return not await asks_for_proof(ctx, tip.organisation, again=f"/tip {tip.label}")


async def require_tipster(tip: Tip, ctx: Context) -> None:
    """Let pass the tipster alone.

    Raises:
        NotPermitted: It is somebody else's.
    """
    if tip.tipster != ctx.sender.id:
        raise NotPermitted
