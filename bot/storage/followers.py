"""Whom something concerns."""

from sqlalchemy import ColumnElement, and_, bindparam, distinct, exists, func, select

from bot.domain.route_places import places_hit
from bot.domain.routing import Spread
from bot.storage.alert_tables import ALERT_SETTINGS
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


def reached_by(spread: Spread) -> dict[str, object]:
    """Return the parameters of `COUNT` but the groups."""
    return {
        "places": places_hit(spread),
        "priority": int(spread.priority),
        "kinds": kinds_looked_for(spread),
        "but": spread.author or "",
    }
