"""Asking the homeserver for the keys of others; what makes no sense of one costs no other.

The library checks such an answer as a whole: one device of a stranger that is none would keep
everybody's keys from being learnt.

Source: Matrix client-server API, "POST /keys/query", "POST /keys/claim".
"""

import json
from collections.abc import Iterable, Mapping

import structlog
from nio import KeysClaimResponse, KeysQueryResponse

from bot.bridges.matrix.answers import as_object
from bot.bridges.matrix.api import CLIENT, Api, Object
from bot.bridges.matrix.errors import Broken, Refusal
from bot.domain.richtext_json import Json

_KIND = "signed_curve25519"

log = structlog.get_logger("matrix")


async def learn_devices(api: Api, users: Iterable[str]) -> None:
    """Learn what devices people have, and who vouches for them.

    Raises:
        MatrixError: Not now.
    """
    told = await _post(api, "keys/query", {"device_keys": {user_id: [] for user_id in users}})
    listed = _part(told, "device_keys")
    devices: Object = {user_id: _devices(theirs) for user_id, theirs in listed.items()}
    # What is learnt from is changed meanwhile: a device keeps the keys that it had.
    learnt = {user_id: {**as_object(theirs)} for user_id, theirs in devices.items()}
    await api.client.receive_response(KeysQueryResponse(learnt, as_object(told.get("failures"))))
    # The library reads no signatures but the device's own.
    api.client.olm.learn_owners({**told, "device_keys": devices})


async def begin_with(api: Api, devices: Mapping[str, Iterable[str]]) -> None:
    """Begin to talk to devices, named by whose they are: with as many as have a key for it.

    Raises:
        MatrixError: Not now.
    """
    wanted: Object = {user: dict.fromkeys(names, _KIND) for user, names in devices.items()}
    told = await _post(api, "keys/claim", {"one_time_keys": wanted})
    claimed = {
        user_id: {name: key for name, key in as_object(theirs).items() if isinstance(key, dict)}
        for user_id, theirs in _part(told, "one_time_keys").items()
    }
    await api.client.receive_response(KeysClaimResponse(claimed, {}))


async def _post(api: Api, path: str, body: Object) -> Object:
    try:
        return await api.post(f"{CLIENT}/{path}", body)
    except Refusal as refusal:
        if not refusal.is_for_good:
            raise
        # That keys are refused says nothing of the message which waits for them.
        raise Refusal(500, refusal.code) from refusal


def _part(told: Object, name: str) -> Object:
    found = told.get(name)
    if not isinstance(found, dict):
        raise Broken(f"no {name}")
    return found


def _devices(told: Json) -> Object:
    """Return those of somebody's devices that are some, without what is not signed of them.

    There the library reads a name, which it can't store if it is none.
    """
    listed = as_object(told)
    found: Object = {
        name: {**as_object(device), "unsigned": {}}
        for name, device in listed.items()
        if _is_a_device(device)
    }
    if len(found) < len(listed) or not isinstance(told, dict):
        log.warning("matrix.keys_make_no_sense", what="device", reason="not a device")
    return found


def _is_a_device(told: Json) -> bool:
    """Whether something is so much like a device that the library can learn it."""
    if not isinstance(told, dict) or not _is_writable(told):
        return False
    algorithms, keys = told.get("algorithms"), told.get("keys")
    names = [told.get("user_id"), told.get("device_id")]
    return (
        isinstance(algorithms, list)
        and isinstance(keys, dict)
        and all(isinstance(text, str) for text in (*names, *algorithms, *keys.values()))
        and all(isinstance(told.get(part, {}), dict) for part in ("signatures", "unsigned"))
    )


def _is_writable(told: Json) -> bool:
    """Whether all that stands in it can be stored; half a character can't."""
    try:
        json.dumps(told, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
