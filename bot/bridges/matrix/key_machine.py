"""The library's keeper of keys, with more care about whom it believes.

One message to the device that makes no sense must not cost the keys that came beside it, a
session that broke is replaced, and nobody's device changes its keys.

Source: Matrix client-server API, "Recovering from undecryptable messages", "m.forwarded_room_key".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

import structlog
from nio import AsyncClient, KeysClaimResponse, KeysQueryResponse
from nio.crypto import Olm
from nio.store import MatrixStore

from bot.bridges.matrix.key_care import Care, Device
from bot.bridges.matrix.owners import OWNER, owner_of_device
from bot.bridges.matrix.signing import Json

_REMEMBERED = 1_000

log = structlog.get_logger("matrix")


class KeyMachine(Olm):  # type: ignore[misc]  # the library says nothing of its types
    """Opens and seals with the keys of one device."""

    def __init__(self, user_id: str, device_id: str, store: object, care: Care) -> None:
        self.care = care
        self._broken: set[tuple[str, str]] = set()
        super().__init__(user_id, device_id, store)

    def handle_to_device_event(self, event: object) -> object:
        """Take what was sent to the device; what can't be taken harms nothing else."""
        with _PastNonsense("message"):
            taken: object = super().handle_to_device_event(event)
            return taken
        # Such as a first message that was sealed with a key which is used up.
        self.mark_for_unwedging(getattr(event, "sender", ""), getattr(event, "sender_key", ""))
        return None

    def create_group_session(
        self, sender_key: str, sender_fp_key: str, room_id: str, session_id: str, session_key: str
    ) -> None:
        """Keep a key, unless the one that is there opens as much or more."""
        before = self.inbound_group_store.get(room_id, sender_key, session_id)
        super().create_group_session(sender_key, sender_fp_key, room_id, session_id, session_key)
        after = self.inbound_group_store.get(room_id, sender_key, session_id)
        if before is not None and before.first_known_index <= after.first_known_index:
            self.inbound_group_store.add(before)
            self.save_inbound_group_session(before)

    def check_if_wedged(self, event: object) -> None:
        """Do nothing: what could not be opened is asked for elsewhere."""

    def mark_for_unwedging(self, sender: str, sender_key: str) -> None:
        """Have a new session made with a device, once an hour at most."""
        device = self.device_store.device_from_sender_key(sender, sender_key)
        if device is None:
            self.users_for_key_query.add(sender)
            if len(self._broken) < _REMEMBERED:
                self._broken.add((sender, sender_key))
        elif device not in self.wedged_devices and self.care.may_unwedge(device):
            log.info("matrix.session_replaced", key=self.care.sign_for(device.ed25519))
            self.wedged_devices.append(device)

    def _mark_device_for_unwedging(self, sender: str, sender_key: str) -> None:
        self.mark_for_unwedging(sender, sender_key)

    def _should_accept_forward(self, sender: str, sender_key: str, event: object) -> bool:
        """Take a key that was asked for, from the device that made it.

        All others could claim that a key is somebody's, and the account has no other devices.
        """
        asked = self.outgoing_key_requests.get(getattr(event, "session_id", ""))
        told = getattr(event, "source", {}).get("content", {})
        if asked is None or asked.room_id != told.get("room_id"):
            return False
        device = self.device_store.device_from_sender_key(sender, sender_key)
        claimed = told.get("sender_key"), told.get("sender_claimed_ed25519_key")
        return device is not None and claimed == (device.curve25519, device.ed25519)

    def _handle_key_query(self, response: KeysQueryResponse) -> None:
        """Learn devices; nobody's keep those of others from being learnt."""
        changed: dict[str, dict[str, Device]] = {}
        for user_id, devices in response.device_keys.items():
            one = KeysQueryResponse({user_id: devices}, {})
            with _PastNonsense("device"):
                self._keep_known(user_id, devices)
                super()._handle_key_query(one)
                changed.update(one.changed)
        response.changed = changed

    def _keep_known(self, user_id: str, devices: dict[str, Mapping[str, object]]) -> None:
        """See that a device which comes with other keys under its old name stays what it was."""
        known = self.device_store[user_id]
        for device_id, told in list(devices.items()):
            old = known.get(device_id)
            if old is not None and _has_other_keys(told, old):
                self.care.tell_of_change(old)
                # No signature fits these, so nothing is learnt from them.
                devices[device_id] = {**told, "keys": _keys_of(old)}
            elif old is not None and old.deleted:
                # The library never lets a device come back that was missing once.
                old.deleted = False
                self.store.save_device_keys({user_id: {device_id: old}})

    def learn_owners(self, told: Json) -> None:
        """Take from the whole answer to a question for keys who vouches for which devices."""
        self._mend_broken()
        asked = told.get("device_keys")
        for user_id in asked if isinstance(asked, dict) else ():
            changed = {}
            for device_id, device in self.device_store[user_id].items():
                owner = owner_of_device(told, user_id, device_id, device)
                if owner is not None and device.keys.get(OWNER) != owner:
                    device.keys[OWNER] = owner
                    changed[device_id] = device
            if changed:
                self.store.save_device_keys({user_id: changed})

    def ask_for_owners(self) -> None:
        """Have the homeserver asked about devices that were learnt before owners were."""
        for device in self.device_store:
            if OWNER not in device.keys and not device.deleted:
                self.users_for_key_query.add(device.user_id)

    def _mend_broken(self) -> None:
        """Have new sessions made with devices that were not known when theirs was broken."""
        broken, self._broken = self._broken, set()
        for sender, sender_key in broken:
            if self.device_store.device_from_sender_key(sender, sender_key) is not None:
                self.mark_for_unwedging(sender, sender_key)

    def forget(self, user_id: str) -> None:
        """Let go of somebody's devices, and of what was opened and sealed with them."""
        for device in self.device_store[user_id].values():
            self.store.unignore_device(device)
        curves = {device.curve25519 for device in self.device_store[user_id].values()}
        self.device_store._entries.pop(user_id, None)  # noqa: SLF001 - nio lets go of nobody
        for curve in curves:
            self.session_store._entries.pop(curve, None)  # noqa: SLF001
        for by_sender in self.inbound_group_store._entries.values():  # noqa: SLF001
            for curve in curves:
                by_sender.pop(curve, None)
        # Who still reads in an encrypted room is asked about anew before anything is said there.
        self.tracked_users.discard(user_id)
        self.users_for_key_query.discard(user_id)
        for device in [one for one in self.wedged_devices if one.user_id == user_id]:
            self.wedged_devices.remove(device)

    def _handle_key_claiming(self, response: KeysClaimResponse) -> None:
        """Begin to talk to devices; one whose keys make no sense keeps no other from it."""
        for user_id, devices in response.one_time_keys.items():
            for device_id, keys in devices.items():
                one = KeysClaimResponse({user_id: {device_id: keys}}, {})
                with _PastNonsense("session"):
                    super()._handle_key_claiming(one)

    def verify_json(self, said: object, user_key: str, user_id: str, device_id: str) -> bool:
        """Whether something is signed by a device; what is no signature is none."""
        with _PastNonsense("signature"):
            return bool(super().verify_json(said, user_key, user_id, device_id))
        return False


class KeyClient(AsyncClient):  # type: ignore[misc]  # the library says nothing of its types
    """The library's client, with that keeper of keys."""

    store: MatrixStore | None
    care: Care | None = None

    def load_store(self) -> None:
        """Load the keys of the device that has signed in."""
        if self.store or self.care is None or not self.store_path:
            return
        self.store = self.config.store(
            self.user_id, self.device_id, self.store_path, self.config.pickle_key, ""
        )
        self.olm = KeyMachine(self.user_id, self.device_id, self.store, self.care)
        self.encrypted_rooms = self.store.load_encrypted_rooms()


@dataclass(frozen=True)
class _PastNonsense:
    """Goes on after whatever the library stumbles over in what others have made."""

    what: str

    def __enter__(self) -> None:
        return

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        # Anybody can publish anything as a device's keys, and send anything to a device.
        reason = type(error).__name__
        log.warning("matrix.keys_make_no_sense", what=self.what, reason=reason)
        return True


def _has_other_keys(told: Mapping[str, object], old: Device) -> bool:
    keys, device_id = told.get("keys"), old.device_id
    if not isinstance(keys, Mapping):
        return False
    said = keys.get(f"ed25519:{device_id}"), keys.get(f"curve25519:{device_id}")
    return said != (old.ed25519, old.curve25519)


def _keys_of(old: Device) -> Mapping[str, str]:
    return {
        f"ed25519:{old.device_id}": old.ed25519,
        f"curve25519:{old.device_id}": old.curve25519,
    }
