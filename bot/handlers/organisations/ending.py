"""Roles that end with a mail domain or with the whole organisation."""

from bot.applications import take_back, tell_person
from bot.domain.organisations import Organisation
from bot.domain.verification import Stage, Verification
from bot.domain.words import words
from bot.ports.features import Context


async def end_roles_at(domain: str | None, organisation: Organisation, ctx: Context) -> None:
    """End the roles that were proved at a domain, or all; and what waits for a yes."""
    ending = [
        found
        for found in await ctx.uow.verifications.of_organisation(organisation.id)
        if domain is None or (found.address is not None and found.address.domain == domain)
    ]
    for found in ending:
        await take_back(found, organisation, uow=ctx.uow, now=ctx.now)
        await ctx.uow.verifications.end(found.id)
        await ctx.uow.mail_codes.void(found.person, organisation.id)
    # Only now: what is asked about their notices is for those whose roles stay.
    for found in ending:
        if found.stage is Stage.GRANTED:
            await _take_badge_off(found, organisation, ctx)


async def _take_badge_off(ended: Verification, organisation: Organisation, ctx: Context) -> None:
    """Take the badge off what somebody has said whose role has ended, and tell them."""
    for holding in ctx.holdings:
        await holding.unbadge(ended.person, organisation.id, ctx.upkeep)
    about = f"{organisation.id} {ended.id}"
    await ctx.uow.audit.note("role.revoked", about, by=ctx.sender.id, now=ctx.now)
    told = words("role-revoked", organisation=organisation.name, how="decided")
    await tell_person(ended.person, told, uow=ctx.uow, now=ctx.now)
