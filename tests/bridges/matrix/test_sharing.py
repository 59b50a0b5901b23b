"""Who gets the key of what the bot seals, whatever the homeserver and strangers answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nio import KeysQueryResponse

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.encryption import ENCRYPTED, Encryption
from bot.bridges.matrix.errors import MatrixError, to_bridge_error
from bot.bridges.matrix.key_talk import COUNTED_EVERY
from bot.bridges.matrix.sharing import TRIED_EVERY
from bot.domain.richtext_json import Json
from bot.errors import BridgeError, PermanentFailure, TemporaryFailure
from tests.bridges.matrix.key_world import ANNA, BO, CUT, EVE, FINE, TORGET, KeyServer, sealing_bot
from tests.town import FakeClock

HEJ: Object = {"msgtype": "m.text", "body": "hej"}


@pytest.fixture
async def clock() -> FakeClock:
    """Time."""
    return FakeClock()


@pytest.fixture
async def server() -> KeyServer:
    """Anna is in the room with her phone."""
    found = KeyServer()
    found.comes(ANNA)
    return found


@pytest.fixture
async def bot(server: KeyServer, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Encryption]:
    """The bot, signed in."""
    async with sealing_bot(server, tmp_path, clock) as encryption:
        await encryption.begin()
        yield encryption


async def says(bot: Encryption) -> str:
    """Seal a line; return as what it goes."""
    bot.note(TORGET)
    event_type, _ = await bot.seal(TORGET, "m.room.message", dict(HEJ))
    return event_type


def to_passing(error: Exception) -> bool:
    """Whether the outbox would try again."""
    seen = to_bridge_error(error) if isinstance(error, MatrixError) else error
    return isinstance(seen, BridgeError) and not isinstance(seen, PermanentFailure)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"algorithms": None}, id="no algorithms"),
        pytest.param({"algorithms": "x"}, id="algorithms are no list"),
        pytest.param({"keys": None}, id="no keys"),
        pytest.param({"keys": {"ed25519:BAD": 5, "curve25519:BAD": "k"}}, id="key is a number"),
        pytest.param({"signatures": {EVE: {"ed25519:BAD": 1}}}, id="signature is a number"),
        pytest.param({"signatures": 1}, id="no signatures"),
        pytest.param({"unsigned": {"device_display_name": "\ud800"}}, id="half a character"),
        pytest.param({"user_id": 7}, id="nobody's"),
    ],
)
async def test_device_of_a_stranger_that_is_none_costs_nobody_else_a_key(
    server: KeyServer, bot: Encryption, changes: Object
) -> None:
    """One server that tells nonsense of its own people would silence all rooms they come into."""
    told = {**server.comes(EVE, "BAD"), **changes}
    server.devices[EVE]["BAD"] = {name: part for name, part in told.items() if part is not None}
    await bot.receive({"device_lists": {"changed": [EVE], "left": []}})
    sealed_as = await says(bot)

    assert sealed_as == ENCRYPTED
    assert server.sent == [(ANNA, "PHONE")]
    assert not bot.api.client.should_query_keys


@pytest.mark.parametrize("name", [None, 5, [], {}, "Eves telefon"], ids=repr)
async def test_device_is_learnt_whatever_it_is_called(
    server: KeyServer, bot: Encryption, name: Json
) -> None:
    """The name is not signed: anybody's server can tell anything as one."""
    server.comes(EVE)["unsigned"] = {"device_display_name": name}
    await bot.receive({"device_lists": {"changed": [EVE], "left": []}})
    await says(bot)

    assert sorted(server.sent) == [(ANNA, "PHONE"), (EVE, "PHONE")]


async def test_what_the_library_stumbles_over_costs_nobody_else_a_key(
    server: KeyServer, bot: Encryption
) -> None:
    """Nor does it end the program."""
    told = KeysQueryResponse({EVE: {"BAD": {}}, ANNA: dict(server.devices[ANNA])}, {})
    await bot.api.client.receive_response(told)

    assert [one.id for one in bot.api.client.device_store.active_user_devices(ANNA)] == ["PHONE"]


@pytest.mark.parametrize("devices", [None, 5, [], "x", {"BAD": None}, {"BAD": 5}])
async def test_stranger_of_whom_nonsense_is_told_has_no_devices(
    server: KeyServer, bot: Encryption, devices: object
) -> None:
    """And is not asked about again and again."""
    server.members.append(EVE)
    server.devices[EVE] = devices  # type: ignore[assignment]  # what no server should tell
    sealed_as = await says(bot)

    assert sealed_as == ENCRYPTED
    assert server.sent == [(ANNA, "PHONE")]
    assert not bot.api.client.should_query_keys


@pytest.mark.parametrize("key", [5, [], "x", {}, {"signed_curve25519:A": 5}])
async def test_key_to_begin_with_that_is_none_keeps_nobody_else_from_theirs(
    server: KeyServer, bot: Encryption, key: object
) -> None:
    """Anybody's server can tell anything; who can be talked to gets the key."""
    server.comes(EVE)
    server.one_time_keys[EVE, "PHONE"] = [key]  # type: ignore[list-item]  # as above
    server.comes(BO)
    await says(bot)

    assert sorted(server.sent) == [(ANNA, "PHONE"), (BO, "PHONE")]


@pytest.mark.parametrize(
    "troubles",
    [
        *[[(end, status)] for end in ("keys/claim", "sendToDevice") for status in (429, 502, 400)],
        [("keys/claim", CUT)],
        # What is put the connection's library puts again, once.
        [("sendToDevice", CUT)] * 2,
    ],
    ids=str,
)
async def test_line_waits_until_its_key_is_delivered(
    server: KeyServer, bot: Encryption, troubles: list[tuple[str, int]]
) -> None:
    """Else those who are there could not read it, nor the next hundred."""
    server.comes(BO)
    server.troubles += troubles
    with pytest.raises((MatrixError, TemporaryFailure)) as failure:
        await says(bot)
    sent_before = list(server.sent)
    sealed_as = await says(bot)

    assert to_passing(failure.value)
    assert sent_before == []
    assert sealed_as == ENCRYPTED
    assert sorted(server.sent) == [(ANNA, "PHONE"), (BO, "PHONE")]


async def test_who_has_the_key_is_not_given_it_again(server: KeyServer, bot: Encryption) -> None:
    """Keys go to twenty devices at a time: what broke in between goes on there."""
    for number in range(30):
        server.comes(f"@nr{number}:grannar.test")
    server.troubles += [("sendToDevice", FINE), ("sendToDevice", 502)]
    with pytest.raises(MatrixError):
        await says(bot)
    await says(bot)
    await says(bot)

    assert len(server.sent) == len(set(server.sent)) == 31


@pytest.mark.parametrize("how", ["put out", "signed out"])
async def test_who_goes_while_the_key_is_given_reads_nothing_of_what_is_sealed_then(
    server: KeyServer, bot: Encryption, how: str
) -> None:
    """All others get another key than they had when it broke off."""
    for number in range(30):
        server.comes(f"@nr{number}:grannar.test")
    server.troubles += [("sendToDevice", FINE), ("sendToDevice", 502)]
    with pytest.raises(MatrixError):
        await says(bot)
    gone, had_it = server.sent[0], list(server.sent)
    if how == "put out":
        await bot.receive(_is_put_out(gone[0]))
    else:
        server.devices[gone[0]] = {}
        changed: Object = {"changed": [gone[0]], "left": []}
        await bot.receive({"next_batch": "s", "device_lists": changed})
    await says(bot)
    await says(bot)

    assert len(had_it) == 20
    assert server.sent.count(gone) == 1
    assert sorted(server.sent) == sorted([*had_it, *(set(_everybody(server)) - {gone})])


def _everybody(server: KeyServer) -> list[tuple[str, str]]:
    return [(user_id, "PHONE") for user_id in server.members]


def _is_put_out(user_id: str) -> Object:
    event: Object = {
        "type": "m.room.member",
        "event_id": "$out",
        "sender": ANNA,
        "state_key": user_id,
        "origin_server_ts": 1,
        "content": {"membership": "ban"},
    }
    return {"next_batch": "s", "rooms": {"join": {TORGET: {"timeline": {"events": [event]}}}}}


async def test_device_that_had_no_key_to_begin_with_is_tried_once_an_hour(
    server: KeyServer, bot: Encryption, clock: FakeClock
) -> None:
    """Else it could read none of the next hundred lines."""
    server.comes(BO)
    keys = server.one_time_keys.pop((BO, "PHONE"))
    await says(bot)
    server.one_time_keys[BO, "PHONE"] = keys
    await says(bot)
    asked, sent_before = server.times("keys/claim"), list(server.sent)
    clock.at += TRIED_EVERY
    server.troubles.append(("keys/claim", 502))
    passing = await says(bot)
    clock.at += TRIED_EVERY
    await says(bot)
    await says(bot)

    assert (asked, server.times("keys/claim")) == (1, 3)
    assert passing == ENCRYPTED
    assert sent_before == [(ANNA, "PHONE")]
    assert server.sent == [(ANNA, "PHONE"), (BO, "PHONE")]


async def test_who_is_there_when_the_bot_comes_back_gets_the_key(
    server: KeyServer, bot: Encryption
) -> None:
    """And who has gone meanwhile does not."""
    server.comes(BO)
    await says(bot)
    bot.leave(TORGET)
    server.members.remove(BO)
    server.comes(EVE)
    server.sent.clear()
    await says(bot)

    assert sorted(server.sent) == [(ANNA, "PHONE"), (EVE, "PHONE")]


async def test_keys_that_are_not_listed_are_counted_and_filled_up(
    server: KeyServer, bot: Encryption, clock: FakeClock
) -> None:
    """None are left, or nothing has changed: servers mean one or the other by it."""
    before = server.times("keys/upload")
    server.bots_keys = 0
    for _ in range(3):
        await bot.receive({})
    filled = server.times("keys/upload") - before
    clock.at += COUNTED_EVERY
    for _ in range(3):
        await bot.receive({"device_one_time_keys_count": {}})

    assert filled == 2, "counted, then filled up"
    assert server.times("keys/upload") - before == 3, "counted, and there are enough"
    assert server.bots_keys == 50
