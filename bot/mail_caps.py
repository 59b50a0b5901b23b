"""Holding mails back when too many have gone, and telling who can do something about it."""

import structlog

from bot.coordinators import tell_coordinators
from bot.domain.mail_caps import COUNTED_FOR, Cap, FullCap
from bot.domain.organisations import Organisation
from bot.domain.words import Moment, words
from bot.ports.features import Context

_OPTIONS = {
    Cap.ORGANISATION: "mail.most_an_hour_each",
    Cap.INSTALLATION: "mail.most_an_hour",
    Cap.OFFICIALS: "mail.officials_an_hour",
}

log = structlog.get_logger("mail")


async def full_cap(
    organisation: Organisation, ctx: Context, *, is_official: bool
) -> FullCap | None:
    """Return the cap that lets no more mails through for the longest; None if another may go."""
    since, found = ctx.now - COUNTED_FOR, []
    for cap, most in ctx.mail_caps.over(is_official=is_official):
        first = await ctx.uow.mail_codes.nth_latest(
            most,
            since=since,
            to_officials=is_official,
            organisation=organisation.id if cap is Cap.ORGANISATION else None,
        )
        if first is not None:
            found.append(FullCap(cap=cap, most=most, until=first + COUNTED_FOR))
    return max(found, key=lambda full: full.until, default=None)


async def tell_of_full_cap(full: FullCap, organisation: Organisation, ctx: Context) -> None:
    """Tell coordinators and the log what is full, once a day."""
    about = organisation.id if full.cap is Cap.ORGANISATION else "all"
    today = ctx.now.replace(hour=0, minute=0, second=0, microsecond=0)
    if not await ctx.uow.occurrences.take(f"mail-cap:{full.cap}:{about}", today, ctx.now):
        return
    option = _OPTIONS[full.cap]
    log.warning(
        "mail.cap_reached",
        to=about,
        number=full.most,
        key=option,
        fix=f"raise {option} if so many really have to prove who they are; else leave it:"
        " somebody may be trying to fill mailboxes, and it ends by itself",
    )
    said = words(
        "mail-cap-full",
        cap=full.cap.value,
        organisation=organisation.name,
        most=full.most,
        time=Moment(full.until_minute),
        option=option,
    )
    await tell_coordinators(said, uow=ctx.uow, now=ctx.now)
