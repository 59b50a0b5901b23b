"""Telling open pages that a room has changed."""

from collections.abc import Callable
from dataclasses import dataclass, field

Listener = Callable[[str], None]


@dataclass
class Changes:
    """Who looks at the chat just now, in this process."""

    _listeners: dict[int, Listener] = field(default_factory=dict)
    _last: int = 0

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call a function with the id of each room that changes; return what ends it."""
        self._last += 1
        number = self._last
        self._listeners[number] = listener

        def stop() -> None:
            self._listeners.pop(number, None)

        return stop

    def tell(self, room: str) -> None:
        """Say that a room has changed."""
        for listener in list(self._listeners.values()):
            listener(room)
