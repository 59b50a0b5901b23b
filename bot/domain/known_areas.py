"""What is remembered of the map, so that followers stay when it is made anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.domain.areas import Area, AreaId, AreaMap
from bot.domain.messages import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArea:
    """An area as it was at the last start.

    Attributes:
        identity: By what it is known again: its publisher's code, else its slug.
        middle: A point inside; None if it left the map before anything was remembered of it.
        gone_at: When it was found to have left the map; None while it is there.
    """

    id: AreaId
    identity: str
    name: str
    parent: AreaId | None = None
    middle: Position | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChanges:
    """What has become of the areas since the last start.

    Attributes:
        renamed: New slugs by old ones; all that names an area goes along.
        gone: Those that are not on the map.
    """

    renamed: Mapping[AreaId, AreaId]
    gone: tuple[KnownArea, ...]


def known(area: Area) -> KnownArea:
    """Return what is remembered of an area."""
    return KnownArea(
        id=area.id,
        identity=area.identity,
        name=area.name,
        parent=area.parent,
        middle=area.middle,
    )


def changes_since(before: Sequence[KnownArea], areas: AreaMap, now: datetime) -> MapChanges:
    """Compare what was known with the map of today."""
    today = {area.identity: area for area in areas}
    identities = {one.identity for one in before}
    renamed: dict[AreaId, AreaId] = {}
    gone: list[KnownArea] = []
    taken = {one.id for one in before}
    for one in before:
        found = today.get(one.identity) or _successor(one, areas, identities)
        if found is None:
            free = _free(one.id, areas, taken)
            gone.append(replace(one, id=free, gone_at=one.gone_at or now))
            taken.add(free)
        if (slug := found.id if found else gone[-1].id) != one.id:
            renamed[one.id] = slug
    lost = (replace(one, parent=_moved(one.parent, renamed)) for one in gone)
    return MapChanges(renamed=renamed, gone=tuple(lost))


def instead_of(gone: KnownArea, areas: AreaMap) -> Sequence[Area]:
    """Return what lies where an area was: what was around it first, then what is there now."""
    around = areas.get(gone.parent) if gone.parent else None
    there = areas.at(gone.middle) if gone.middle else None
    near = areas.near(gone.middle)[:2] if gone.middle else areas.suggest(gone.name)
    offered = (one for one in (around, there, *near) if one is not None)
    return list(dict.fromkeys(offered))[:4]


def _successor(one: KnownArea, areas: AreaMap, identities: set[str]) -> Area | None:
    """Return the area of the same slug, if it lies there and is not known as another."""
    found = areas.get(one.id)
    if found is None or (found.identity in identities and found.identity != one.identity):
        return None
    is_there = one.middle is None or found.id in areas.around_position(one.middle)
    return found if is_there else None


def _free(slug: AreaId, areas: AreaMap, taken: set[AreaId]) -> AreaId:
    """Return a slug that no area of today has: another may have taken the old one."""
    if areas.get(slug) is None:
        return slug
    return next(free for free in _former(slug) if areas.get(free) is None and free not in taken)


def _former(slug: AreaId) -> Iterator[AreaId]:
    return (AreaId(f"{slug}-before-{number}") for number in count(1))


def _moved(slug: AreaId | None, renamed: Mapping[AreaId, AreaId]) -> AreaId | None:
    return renamed.get(slug, slug) if slug else None
