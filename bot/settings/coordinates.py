"""Positions of GeoJSON, of which longitude and latitude are of use."""

from collections.abc import Mapping


def without_heights(geometry: Mapping[str, object]) -> dict[str, object]:
    """Return a geometry whose positions have two numbers each, in collections too.

    Some programs write a height for some of them, or a measure after it.
    """
    changed = dict(geometry)
    if "coordinates" in geometry:
        changed["coordinates"] = _flat(geometry["coordinates"])
    match geometry.get("geometries"):
        case list() as parts:
            changed["geometries"] = [
                without_heights(part) if isinstance(part, dict) else part for part in parts
            ]
        case _:
            pass
    return changed


def _flat(coordinates: object) -> object:
    match coordinates:
        case [int() | float(), int() | float(), *_]:
            return coordinates[:2]
        case list():
            return [_flat(one) for one in coordinates]
        case _:
            return coordinates
