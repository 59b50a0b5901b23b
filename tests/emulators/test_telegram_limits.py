"""What a bot is told that sends too much."""

import pytest

from tests.emulators.asking import Answered


@pytest.fixture(autouse=True)
def limits(town):
    """The limits are on."""
    town.limits.is_on = True
    return town.limits


async def _sends(ask, chat_id, times):
    for _ in range(times):
        await ask("sendMessage", chat_id=chat_id, text="hej")


async def test_group_takes_twenty_a_minute(ask, group, clock):
    """Then it names the seconds; before they are over nothing gets through."""
    await _sends(ask, group.id, 10)
    clock.advance(20)
    await _sends(ask, group.id, 10)
    with pytest.raises(Answered) as refusal:
        await _sends(ask, group.id, 1)

    assert str(refusal.value) == "429 Too Many Requests: retry after 40"
    assert refusal.value.parameters == {"retry_after": 40}
    clock.advance(39)
    with pytest.raises(Answered, match="retry after 1"):
        await _sends(ask, group.id, 1)
    clock.advance(1)
    await _sends(ask, group.id, 10)


async def test_private_chat_takes_a_small_burst_and_one_a_second(ask, anna, granne, clock):
    """Three at once, and then no faster than they ran out."""
    anna.starts(granne)
    await _sends(ask, anna.user.id, 3)
    with pytest.raises(Answered, match="429"):
        await _sends(ask, anna.user.id, 1)
    clock.advance(3)

    await _sends(ask, anna.user.id, 3)


async def test_all_chats_together_take_thirty_a_second(ask, town, anna, granne, limits):
    """However many there are."""
    chats = [town.group(f"Grupp {n}", anna, granne) for n in range(31)]
    for chat in chats[:30]:
        await _sends(ask, chat.id, 1)

    with pytest.raises(Answered, match="retry after 1"):
        await _sends(ask, chats[30].id, 1)
    assert limits.sends_per_s(granne.id) == [30]
    assert limits.refused[0] == 1


async def test_album_costs_as_much_as_its_pictures(ask, group, limits, granne):
    """And one chat that is full leaves others open."""
    limits.group_per_minute = 3
    limits.close(granne.id, group.id, 5)
    with pytest.raises(Answered, match="retry after 5"):
        await _sends(ask, group.id, 1)

    assert granne.refusals == {429: 1}


async def test_limits_can_be_off(ask, group, limits):
    """As they are unless a test wants them."""
    limits.is_on = False

    await _sends(ask, group.id, 40)
