"""What tells of the same thing: whoever has heard of it is not alerted to it anew."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.domain.copies import CopyState, Subject
from bot.domain.effects import EffectState, Verb
from bot.ports.bells import Errand
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.schema import UtcTime
from bot.storage.session import Session
from bot.storage.spread_tables import SPREADS

_KIND, _ID = bindparam("of_kind", type_=String), bindparam("of_id", type_=String)
_ROOT = bindparam("root", type_=String)
_RELATIVES: BindParameter[str] = bindparam("relatives", expanding=True)
_NOW = bindparam("now", type_=UtcTime)
_THIS = and_(SPREADS.c.subject_kind == _KIND, SPREADS.c.subject_id == _ID)
_ROOT_AUTHOR = select(SPREADS.c.author_id).where(
    SPREADS.c.subject_kind == _KIND,
    SPREADS.c.subject_id == _ROOT,
    SPREADS.c.author_id.is_not(None),
)
_other = COPIES.alias("other")
_KNOWS_IT = or_(
    exists().where(
        _other.c.person_id == COPIES.c.person_id,
        _other.c.subject_kind == _KIND,
        _other.c.subject_id.in_(_RELATIVES),
        _other.c.state.in_([CopyState.SHOWN.value, CopyState.WAITING.value]),
    ),
    COPIES.c.person_id.in_(_ROOT_AUTHOR),
)
_WAITS_FOR_ITS_FIRST = and_(
    COPIES.c.subject_kind == _KIND,
    COPIES.c.subject_id == _ID,
    COPIES.c.person_id.is_not(None),
    COPIES.c.state == CopyState.WAITING.value,
)
_NOT_BEGUN = and_(
    EFFECTS.c.verb == Verb.SHOW.value,
    EFFECTS.c.state == EffectState.QUEUED.value,
    EFFECTS.c.attempts == 0,
    EFFECTS.c.doubts == 0,
)
_DROP_EFFECTS = delete(EFFECTS).where(
    _NOT_BEGUN, EFFECTS.c.copy_id.in_(select(COPIES.c.id).where(_WAITS_FOR_ITS_FIRST, _KNOWS_IT))
)
_DROP_COPIES = delete(COPIES).where(
    _WAITS_FOR_ITS_FIRST, _KNOWS_IT, ~exists().where(EFFECTS.c.copy_id == COPIES.c.id)
)
_HELD = and_(
    HELD_ALERTS.c.subject_kind == _KIND,
    HELD_ALERTS.c.subject_id == _ID,
    HELD_ALERTS.c.digest_id.is_(None),
)
_held_too = HELD_ALERTS.alias("held_too")
_DROP_HELD = delete(HELD_ALERTS).where(
    _HELD,
    or_(
        exists().where(
            COPIES.c.person_id == HELD_ALERTS.c.person_id,
            COPIES.c.subject_kind == _KIND,
            COPIES.c.subject_id.in_(_RELATIVES),
        ),
        exists().where(
            _held_too.c.person_id == HELD_ALERTS.c.person_id,
            _held_too.c.subject_kind == _KIND,
            _held_too.c.subject_id.in_(_RELATIVES),
        ),
        HELD_ALERTS.c.person_id.in_(_ROOT_AUTHOR),
    ),
)
_ROOT_PRIORITY = (
    select(SPREADS.c.priority)
    .where(SPREADS.c.subject_kind == _KIND, SPREADS.c.subject_id == _ROOT)
    .scalar_subquery()
)
_HOLD_ROOT = (
    update(HELD_ALERTS)
    .where(_HELD)
    .values(
        subject_id=_ROOT,
        priority=func.coalesce(_ROOT_PRIORITY, HELD_ALERTS.c.priority),
        because=None,
        due_at=_NOW,
    )
)
# What was held back in the name of another root went with that one.
_HAD_ANOTHER_ROOT = and_(SPREADS.c.same_as.is_not(None), SPREADS.c.same_as != _ROOT)
_IS_SAME = (
    update(SPREADS)
    .where(_THIS)
    .values(
        same_as=_ROOT,
        relatives=bindparam("written"),
        looked_to=case((_HAD_ANOTHER_ROOT, ""), else_=SPREADS.c.looked_to),
    )
)
_IS_ITS_OWN = update(SPREADS).where(_THIS).values(same_as=None, relatives="[]", looked_to="")


async def count_as(
    session: Session, duplicate: Subject, root: Subject, others: Collection[str], now: datetime
) -> None:
    """Let what waits to be told of a duplicate count as told to who knows of the same thing.

    A card that waits is let go of where another of them is, or was sent. What is held back from
    somebody is from now on the root. What may have left is left alone.

    Args:
        session: The transaction.
        duplicate: What is linked.
        root: Where the links lead.
        others: The ids of all else that is linked there.
        now: Present time.
    """
    relatives = [root.id, *others]
    parameters: dict[str, object] = {
        "of_kind": duplicate.kind.value,
        "of_id": duplicate.id,
        "root": root.id,
        "relatives": relatives,
    }
    for statement in (_DROP_EFFECTS, _DROP_COPIES, _DROP_HELD):
        await session.run(statement, **parameters)
    named = {name: parameters[name] for name in ("of_kind", "of_id", "root")}
    await session.run(_HOLD_ROOT, **named, now=now)
    await session.run(_IS_SAME, **named, written=json.dumps(relatives))


async def count_apart(session: Session, subject: Subject) -> None:
    """Let something be a thing of its own again, also for those who were not alerted to it."""
    await session.run(_IS_ITS_OWN, of_kind=subject.kind.value, of_id=subject.id)
    session.stored.add(Errand.SPREADING)
