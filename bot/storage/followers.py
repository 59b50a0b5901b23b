"""Whom something concerns."""

from sqlalchemy import ColumnElement, and_, bindparam, distinct, exists, func, or_, select

from bot.domain.copies import CopyState
from bot.domain.route_places import places_hit
from bot.domain.routing import Spread
from bot.storage.alert_tables import ALERT_SETTINGS, HELD_ALERTS
from bot.storage.copy_tables import COPIES
from bot.storage.kind_masks import kinds_looked_for
from bot.storage.people_tables import GROUP_MEMBERS
from bot.storage.subscription_tables import ROUTES

_WISHES = ALERT_SETTINGS.alias("wishes")
_HITS = (
    ROUTES.c.place.in_(bindparam("places", expanding=True)),
    ROUTES.c.at_least <= bindparam("priority"),
    ROUTES.c.kinds.op("&")(bindparam("kinds")) != 0,
    ROUTES.c.person_id != bindparam("but"),
)


def sees_it(person: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether it stands in a room of a group that somebody writes in, and that is enough."""
    writes_there = exists().where(
        GROUP_MEMBERS.c.person_id == person,
        GROUP_MEMBERS.c.group_slug.in_(bindparam("groups", expanding=True)),
    )
    wants_all = exists().where(_WISHES.c.person_id == person, _WISHES.c.also_in_private.is_(True))
    return and_(writes_there, ~wants_all)


COUNT = select(func.count(distinct(ROUTES.c.person_id)).label("people")).where(
    *_HITS, ~sees_it(ROUTES.c.person_id)
)

_BEFORE = ROUTES.alias("before")
NEWLY_HIT = (
    select(ROUTES.c.person_id)
    .distinct()
    .where(
        *_HITS,
        ~exists().where(
            _BEFORE.c.subscription_id == ROUTES.c.subscription_id,
            _BEFORE.c.place.in_(bindparam("places_before", expanding=True)),
        ),
        or_(
            exists().where(
                COPIES.c.person_id == ROUTES.c.person_id,
                COPIES.c.subject_kind == bindparam("of_kind"),
                COPIES.c.subject_id == bindparam("of_id"),
                COPIES.c.state == CopyState.SHOWN.value,
            ),
            exists().where(
                HELD_ALERTS.c.person_id == ROUTES.c.person_id,
                HELD_ALERTS.c.subject_kind == bindparam("of_kind"),
                HELD_ALERTS.c.subject_id == bindparam("of_id"),
                HELD_ALERTS.c.digest_id.is_not(None),
            ),
        ),
    )
)
"""Of those who have a card, or read of it in a digest, whom it concerns for another reason now."""


def reached_by(spread: Spread) -> dict[str, object]:
    """Return the parameters of `COUNT` but the groups."""
    return {
        "places": places_hit(spread),
        "priority": int(spread.priority),
        "kinds": kinds_looked_for(spread),
        "but": spread.author or "",
    }
