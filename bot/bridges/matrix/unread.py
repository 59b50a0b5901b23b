"""What came encrypted and could not be opened: which it was, and since when it waits.

Only ids are kept: the homeserver has the event itself, and no longer if its author took it back.
"""

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta

from bot.bridges.matrix.answers import as_object, objects_in
from bot.bridges.matrix.api import Object
from bot.domain.richtext_json import Json
from bot.ports.clock import Clock

KEPT_FOR = timedelta(days=7)
_AT_MOST = 2_000
MOST_OF_ONE = 100
"""Lines of one sender in one room that wait; whoever sends more pushes out none but their own."""
ASKED_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One event that waits for its key.

    Attributes:
        sender: Who is said to have sent it; empty after a restart, for no account is kept here.
        since_unix_s: When it came.
        is_asked_for: Its sender has been asked for the key.
        is_withheld: Its sender has said that the bot does not get the key.
    """

    event_id: str
    room_id: str
    session_id: str
    sender: str = ""
    sender_key: str = ""
    since_unix_s: float
    is_asked_for: bool = False
    is_withheld: bool = False

    @property
    def crowd(self) -> tuple[str, str]:
        """With which others it has to share its room."""
        return self.room_id, self.sender


@dataclass(kw_only=True)
class Unread:
    """The events that wait, oldest first.

    Attributes:
        has_news: Something has changed since it was kept last.
    """

    clock: Clock
    has_news: bool = False
    _missing: OrderedDict[str, Missing] = field(default_factory=OrderedDict)
    _crowds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def expect(self, room_id: str, event: Object) -> Missing | None:
        """Note an event that can't be opened; None if not even its sender knows by what."""
        content, event_id = as_object(event.get("content")), str(event.get("event_id"))
        session_id = content.get("session_id")
        if event_id not in self._missing and isinstance(session_id, str) and session_id:
            key = content.get("sender_key")
            missing = Missing(
                event_id=event_id,
                room_id=room_id,
                session_id=session_id,
                sender=str(event.get("sender", "")),
                sender_key=key if isinstance(key, str) else "",
                since_unix_s=self.clock.now().timestamp(),
            )
            self._add(missing)
            self.has_news = True
            self._make_room_in(missing.crowd)
        return self._missing.get(event_id)

    def forget(self, event_id: str) -> None:
        """Note that an event was read, or never will be."""
        forgotten = self._missing.pop(event_id, None)
        if forgotten is not None:
            self._crowds -= Counter([forgotten.crowd])
            self.has_news = True

    def is_withheld(self, event_id: str) -> bool:
        """Whether nobody needs to wait for what opens an event."""
        missing = self._missing.get(event_id)
        return missing is not None and missing.is_withheld

    def learn_withheld(self, told: Object, sender: str) -> None:
        """Take a sender's word that the bot does not get a key; others' word is none."""
        for missing in self._of(told.get("room_id"), told.get("session_id")):
            if missing.sender == sender:
                self._put(replace(missing, is_withheld=True))

    def older_than(self, seconds: float) -> Sequence[Missing]:
        """Return what has waited for so long; what has waited too long is forgotten."""
        now = self.clock.now().timestamp()
        for missing in list(self._missing.values()):
            if now - missing.since_unix_s > KEPT_FOR.total_seconds():
                self.forget(missing.event_id)
        waiting = self._missing.values()
        return [missing for missing in waiting if now - missing.since_unix_s >= seconds]

    def to_be_asked_for(self) -> Sequence[Missing]:
        """Return one event of each key that nobody was asked for yet, a few at a time."""
        by_session = {
            missing.session_id: missing
            for missing in self._missing.values()
            if missing.sender and not missing.is_asked_for
        }
        return list(by_session.values())[:ASKED_AT_ONCE]

    def note_asked_for(self, asked: Missing) -> None:
        """Note that a key was asked for."""
        for missing in self._of(asked.room_id, asked.session_id):
            self._put(replace(missing, is_asked_for=True))

    def note_unanswered(self, senders: Collection[str]) -> bool:
        """Note that what some senders were asked for has to be asked again; whether any was."""
        asked = [one for one in self._missing.values() if one.is_asked_for]
        again = [one for one in asked if one.sender in senders]
        for missing in again:
            self._put(replace(missing, is_asked_for=False))
        return bool(again)

    def to_json(self) -> Json:
        """Return all that waits as it is to be kept."""
        kept = [replace(one, sender="", sender_key="") for one in self._missing.values()]
        return [asdict(missing) for missing in kept]

    def learn_kept(self, kept: Json) -> None:
        """Take what was kept before a restart; what can't be read is left."""
        for one in objects_in(kept):
            with suppress(TypeError):
                missing = Missing(**one)  # type: ignore[arg-type]  # as `to_json` has written it
                if missing.event_id not in self._missing:
                    self._add(missing)

    def _add(self, missing: Missing) -> None:
        self._crowds[missing.crowd] += 1
        self._missing[missing.event_id] = missing

    def _make_room_in(self, crowd: tuple[str, str]) -> None:
        """Forget the oldest of a crowd that is too large; of all that wait, of the largest."""
        if self._crowds[crowd] > MOST_OF_ONE:
            self._forget_oldest_in(crowd)
        while len(self._missing) > _AT_MOST:
            self._forget_oldest_in(max(self._crowds, key=self._crowds.__getitem__))

    def _forget_oldest_in(self, crowd: tuple[str, str]) -> None:
        waiting = self._missing.values()
        self.forget(next(missing.event_id for missing in waiting if missing.crowd == crowd))

    def _put(self, missing: Missing) -> None:
        self._missing[missing.event_id] = missing
        self.has_news = True

    def _of(self, room_id: object, session_id: object) -> Iterable[Missing]:
        return [
            missing
            for missing in self._missing.values()
            if (missing.room_id, missing.session_id) == (room_id, session_id)
        ]
