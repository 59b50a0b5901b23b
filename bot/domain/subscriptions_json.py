"""What somebody follows, as it is handed out."""

from typing import assert_never

from bot.domain.circles import Circle
from bot.domain.richtext_json import Json
from bot.domain.subscriptions import Followed, OfGroup, Subscription, WholeArea


def subscription_to_json(subscription: Subscription) -> dict[str, Json]:
    """Write all of it; no kinds mean all."""
    return {
        **_followed(subscription.followed),
        "at_least": subscription.at_least.word,
        "kinds": [kind.value for kind in sorted(subscription.kinds)],
    }


def _followed(followed: Followed) -> dict[str, Json]:
    match followed:
        case WholeArea(area):
            return {"area": area}
        case OfGroup(group):
            return {"group": group}
        case Circle(cell=cell, radius_m=radius_m, lies_in=lies_in):
            return {"around_cell": cell, "radius_m": radius_m, "lies_in": lies_in}
        case _ as never:
            assert_never(never)
