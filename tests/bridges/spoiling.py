"""Breaking what platforms say, in ways that nobody thinks of; `make fuzz` does it for long."""

import copy
import os
import random
from collections.abc import Sequence
from typing import TypeAlias

from bot.domain.richtext_json import Json

ROUNDS = int(os.environ.get("FUZZ_UPDATES", "3000"))
Place: TypeAlias = tuple[dict[str, Json] | list[Json], str | int]
HOSTILE: tuple[Json, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, -(2**70), 1e308, 0.5, "", "\ud83d", "\udc00x", "\x00",
    "a" * 5000, "\u202eevil", [], {}, [None], [[]], {"id": {}}, "administrator", "private", "/red",
)  # fmt: skip


def parts_of(value: Json) -> list[Place]:
    """All places in a value where something stands."""
    found: list[Place] = []
    if isinstance(value, dict):
        for name, inner in value.items():
            found += [(value, name), *parts_of(inner)]
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += [(value, number), *parts_of(inner)]
    return found


def spoil(value: Json, chance: random.Random, seeds: Sequence[Json]) -> Json:
    """Change a value in one to four places, also to what stands elsewhere in some of the seeds."""
    spoilt = copy.deepcopy(value)
    for _ in range(chance.randint(1, 4)):
        places = parts_of(spoilt)
        if not places:
            break
        holder, place = chance.choice(places)
        if chance.random() < 0.25:
            del holder[place]  # type: ignore[arg-type]  # a place of this very holder
        elif chance.random() < 0.4:
            other, elsewhere = chance.choice(parts_of(chance.choice(seeds)))
            holder[place] = copy.deepcopy(other[elsewhere])  # type: ignore[index]  # the same
        else:
            holder[place] = copy.deepcopy(chance.choice(HOSTILE))  # type: ignore[index]  # the same
    return spoilt
