"""Bot accounts: what the service knows of each."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.emulators.telegram.updates import UpdateQueue
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json

if TYPE_CHECKING:
    from tests.emulators.telegram.callbacks import Press
    from tests.emulators.telegram.webhooks import Webhook


@dataclass(frozen=True, slots=True)
class Profile:
    """What a bot says about itself, per language; `""` is for all others."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)


@dataclass(eq=False, kw_only=True)
class Bot:
    """A bot account.

    Attributes:
        reads_all: Whether its privacy mode is off; groups keep what it was when it came in.
        met: Whose ids it has seen: to others it can't write at all.
        calls: How often each method was called.
        refusals: How often it was answered with each error code.
    """

    user: User
    token: str
    queue: UpdateQueue
    reads_all: bool = False
    is_revoked: bool = False
    profile: Profile = field(default_factory=Profile)
    webhook: "Webhook | None" = None
    delivery: asyncio.Task[None] | None = None
    met: set[int] = field(default_factory=set)
    presses: "dict[str, Press]" = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    refusals: Counter[int] = field(default_factory=Counter)
    actions: list[Json] = field(default_factory=list)
    log: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        """Its user id."""
        return self.user.id

    def deliver(self) -> None:
        """Begin to carry updates to the webhook, if there is one."""
        if self.webhook is not None:
            self.delivery = asyncio.get_running_loop().create_task(self.webhook.run())

    async def stop_delivery(self) -> None:
        """Carry nothing more, and wait until that is so."""
        if self.delivery is not None:
            self.delivery.cancel()
            await asyncio.wait([self.delivery])
            self.delivery = None

    def to_json(self) -> Json:
        """Word it as getMe does."""
        return self.user.to_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
