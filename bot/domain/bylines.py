"""Under what name somebody is shown to others."""

from datetime import datetime

from bot.domain.areas import AreaId
from bot.domain.cleaning import clean_name
from bot.domain.consent import Purpose
from bot.domain.groups import GroupId
from bot.domain.people import Person
from bot.domain.reports import Byline
from bot.domain.reserved_names import skeleton
from bot.domain.words import Words, words


def byline_of(
    person: Person, *, alias: int, shown_as: str, chain: tuple[AreaId, ...], now: datetime
) -> Byline:
    """Make a byline.

    Args:
        person: Who is shown.
        alias: The number that the person has in the group or area.
        shown_as: The display name on the platform; used only by consent and if it is harmless.
        chain: The place and all that contain it; a badge shows only where its role reaches.
        now: Present time; roles expire.
    """
    badge = person.badge_at(chain, now)
    return Byline(
        alias=alias,
        name=clean_name(shown_as) if Purpose.NAME in person.consents else None,
        organisation=badge.organisation if badge else None,
        role=badge.role if badge else None,
    )


def holds_badge(
    person: Person | None, byline: Byline, chain: tuple[AreaId, ...], now: datetime
) -> bool:
    """Whether somebody still holds the role that a byline shows, where it shows it."""
    return person is not None and any(
        grant.organisation == byline.organisation
        and grant.role is byline.role
        and grant.covers(chain)
        for grant in person.held(now)
    )


def alias_scope(group: GroupId | None, area: AreaId) -> str:
    """Return within what the numbers of neighbours are given: a group, or an area without one."""
    return f"group:{group}" if group else f"area:{area}"


def shape_of_name(name: str) -> str:
    """Return what the eye takes a name for, however it is spaced."""
    return "".join(char for char in skeleton(name) if char.isalnum())


def byline_words(byline: Byline, *, organisation: str | None) -> Words:
    """Say a byline.

    Args:
        byline: Under what somebody is shown.
        organisation: The name of the body behind a badge; None if it is no more, and then its
            slug tells what somebody has been.
    """
    if byline.is_former and byline.organisation:
        return words("byline-former", organisation=organisation or byline.organisation)
    if byline.role is not None and organisation:
        return words("byline-verified", organisation=organisation, role=byline.role.value)
    if byline.name:
        return words("byline-name", name=byline.name)
    return words("byline-alias", number=str(byline.alias))
