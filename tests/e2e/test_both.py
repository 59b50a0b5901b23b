"""Everything that goes across, each way: what is done on one side, and what is seen on the other.

One program carries all of it, with Telegram's limits on.
"""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio

from tests.e2e import counted, from_matrix, from_telegram
from tests.e2e.across import Pair, pairs
from tests.servers.matrix.synapse import Synapse

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
NUMBER = 4
"""So many pairs of rooms: a group on Telegram takes about 20 messages a minute."""
Kind = Callable[[Pair], Awaitable[None]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def all_pairs(
    synapse: Synapse, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Iterator[Pair]]:
    """Pairs of rooms, one after the other, over and over."""
    async with pairs(synapse, tmp_path_factory.mktemp("both"), number=NUMBER) as made:
        yield itertools.cycle(made)


def _name(kind: Kind) -> str:
    return str(getattr(kind, "__name__", kind)).replace("_", " ")


@pytest.mark.parametrize("kind", from_matrix.KINDS, ids=_name)
async def test_what_is_done_on_matrix_is_seen_on_telegram(
    kind: Kind, all_pairs: Iterator[Pair]
) -> None:
    """See tests/e2e/from_matrix.py."""
    await kind(next(all_pairs))


@pytest.mark.parametrize("kind", from_telegram.KINDS, ids=_name)
async def test_what_is_done_on_telegram_is_seen_on_matrix(
    kind: Kind, all_pairs: Iterator[Pair]
) -> None:
    """See tests/e2e/from_telegram.py."""
    await kind(next(all_pairs))


@pytest.mark.parametrize("kind", counted.KINDS, ids=_name)
async def test_what_people_of_both_sides_say_is_counted_as_one(
    kind: Kind, all_pairs: Iterator[Pair]
) -> None:
    """See tests/e2e/counted.py."""
    await kind(next(all_pairs))
