"""Makes the bot's device one that its owner vouches for, so that every app talks to it.

Run at every start until it succeeds, after nio has loaded its store: what is there already is left
as it is.
"""

from collections.abc import Mapping

import nio

from bot.bridges.matrix.key_server import Answer, must_post, post
from bot.bridges.matrix.key_upkeep import upload_keys
from bot.bridges.matrix.signing import (
    Json,
    SigningSeeds,
    identity_of,
    is_signed_by,
    make_seeds,
    names_key,
    sign_json,
)
from bot.bridges.matrix.signing_seeds import SeedsFile
from bot.errors import ConfigError, PermanentFailure

_UPLOAD = "keys/device_signing/upload"
_PASSWORD = "m.login.password"  # noqa: S105 - the name of a way to sign in
_IN_BROWSER = ("m.oauth", "org.matrix.cross_signing_reset")


async def prepare_device(
    client: nio.AsyncClient,
    file: SeedsFile,
    *,
    password: str | None = None,
    may_replace: bool = False,
) -> None:
    """Publish the device's keys, the account's identity, and the identity's word for the device.

    Args:
        client: Signed in, its store loaded.
        file: Where the identity's keys are kept; made at the first run.
        password: The account's, for servers that ask for it again.
        may_replace: Whether an identity that the file has no keys for gives way to a new one;
            whoever has verified the account then has to do it again.

    Raises:
        ConfigError: The account has an identity or a device that this installation has no keys
            for; the error says what to do.
        TemporaryFailure: Nothing is lost; try again later.
        PermanentFailure: The homeserver refuses.
    """
    listed = await _listed(client)
    if not _device(client, listed):
        # The server may have forgotten a device that the store has published once.
        client.olm.account.shared = False
        await upload_keys(client, with_fallback=True)
        listed = await _listed(client)
    _require_own(client, _device(client, listed))
    seeds = _seeds(client, file, listed, may_replace=may_replace)
    if not names_key(_own(client, listed, "self_signing_keys"), seeds.self_signing):
        await _publish(client, seeds, password)
    if not is_signed_by(_device(client, listed), user_id=client.user_id, seed=seeds.self_signing):
        await _vouch(client, seeds, _device(client, listed))


async def _listed(client: nio.AsyncClient) -> Json:
    return await must_post(client, "keys/query", {"device_keys": {client.user_id: []}})


def _seeds(
    client: nio.AsyncClient, file: SeedsFile, listed: Json, *, may_replace: bool
) -> SigningSeeds:
    """Return the keys of the account's identity, which are made if it has none."""
    kept = file.read()
    master = _own(client, listed, "master_keys")
    is_foreign = bool(master) and (kept is None or not names_key(master, kept.master))
    if is_foreign and not may_replace:
        raise _foreign_identity(client, file)
    if kept is not None:
        return kept
    made = make_seeds()
    # Kept before they are published: an identity whose keys are lost is of no use to anybody.
    file.write(made)
    return made


async def _publish(client: nio.AsyncClient, seeds: SigningSeeds, password: str | None) -> None:
    wanted = identity_of(seeds, client.user_id)
    answer = await post(client, _UPLOAD, wanted)
    if answer.status == 401:
        proof = _proof(client, answer, password)
        answer = await post(client, _UPLOAD, {**wanted, "auth": proof})
    if answer.status == 401:
        raise _needs("the homeserver does not take matrix.password for the account's new keys")
    if answer.status != 200:
        raise PermanentFailure(f"{_UPLOAD}: {answer.status} {answer.code}")


def _proof(client: nio.AsyncClient, answer: Answer, password: str | None) -> Json:
    """Say again who one is, as a 401 asks for it."""
    flows = answer.body.get("flows")
    listed = flows if isinstance(flows, list) else []
    ways = [flow.get("stages") for flow in listed if isinstance(flow, Mapping)]
    if [_PASSWORD] not in ways:
        page = _page_to_approve(answer)
        raise _needs(f"approve the account's new keys at {page} and start again")
    if password is None:
        raise _needs("the homeserver wants the password for the account's new keys: set it")
    return {
        "type": _PASSWORD,
        "session": answer.body.get("session"),
        "identifier": {"type": "m.id.user", "user": client.user_id},
        "password": password,
    }


def _page_to_approve(answer: Answer) -> str:
    parameters = _object(answer.body.get("params"))
    pages = [_object(parameters.get(way)).get("url") for way in _IN_BROWSER]
    return next((str(page) for page in pages if page), "the page of the homeserver's accounts")


async def _vouch(client: nio.AsyncClient, seeds: SigningSeeds, device: Json) -> None:
    bare = {name: part for name, part in device.items() if name not in {"signatures", "unsigned"}}
    signed = sign_json(bare, user_id=client.user_id, seed=seeds.self_signing)
    wanted = {client.user_id: {client.device_id: signed}}
    answer = await must_post(client, "keys/signatures/upload", wanted)
    if answer.get("failures"):
        raise PermanentFailure("keys/signatures/upload: the homeserver refuses the signature")


def _require_own(client: nio.AsyncClient, device: Json) -> None:
    """A device that others know under other keys is none that they would talk to."""
    own = client.olm.account.identity_keys
    expected = {f"{kind}:{client.device_id}": own[kind] for kind in ("ed25519", "curve25519")}
    if _object(device.get("keys")) != expected:
        raise ConfigError(
            where="the Matrix key store",
            key=f"device {client.device_id}",
            fix="others know this device by other keys, and the store with them is lost: put the "
            "data folder back from a backup, or sign the device out and let the bot sign in anew",
        )


def _foreign_identity(client: nio.AsyncClient, file: SeedsFile) -> ConfigError:
    return ConfigError(
        where=str(file.path),
        key=client.user_id,
        fix="the account has signing keys that are not in this file, from another installation or "
        "from an app: put the file back from a backup; or, if nobody else uses the account, set "
        "matrix.replace_identity = true and matrix.password for one start",
    )


def _needs(fix: str) -> ConfigError:
    return ConfigError(where="the Matrix account", key="matrix.password", fix=fix)


def _device(client: nio.AsyncClient, listed: Json) -> Json:
    return _object(_own(client, listed, "device_keys").get(client.device_id))


def _own(client: nio.AsyncClient, listed: Json, what: str) -> Json:
    return _object(_object(listed.get(what)).get(client.user_id))


def _object(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}
