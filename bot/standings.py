"""How somebody stands to an organisation, for the one function that decides."""

from bot.domain.areas import AreaId
from bot.domain.organisations import Organisation
from bot.domain.people import VERIFIED_ROLES, Person, speaks_for
from bot.domain.permissions import Actor
from bot.domain.reports import Byline
from bot.ports.features import Context


def actor_before(
    organisation: Organisation, ctx: Context, *, person: Person | None = None, own: bool = False
) -> Actor:
    """Return the sender, or another, before an organisation's roles and matters.

    Whoever coordinates a part of its places does not decide for all of them.

    Args:
        organisation: Whose matters.
        ctx: The sender.
        person: Another than the sender.
        own: The matter is the person's own.
    """
    who = person or ctx.sender
    chains = [ctx.chain(area) for area in organisation.areas] or [()]
    held = frozenset.intersection(*(who.roles_at(chain, ctx.now) for chain in chains))
    is_colleague = speaks_for(who, organisation.id, ctx.now)
    roles = held | {organisation.role} if is_colleague else held
    return Actor(roles=roles, is_author=own, is_colleague=is_colleague)


def byline_by_now(byline: Byline, area: AreaId, ctx: Context) -> Byline:
    """Return an older byline of the sender's for words that they write now.

    A badge vouches for what was written while the role held, and where it reaches; not for what
    is put in its place later.
    """
    if not ctx.is_own_word:
        return byline.without_badge()
    chain = ctx.chain(area)
    held = (g for g in ctx.sender.held(ctx.now) if g.role in VERIFIED_ROLES and g.covers(chain))
    holds = byline.organisation in {grant.organisation for grant in held}
    return byline if holds else byline.without_badge()
