"""Who takes part: people, bots, and the accounts behind which Telegram hides some."""

from dataclasses import dataclass

from tests.emulators.telegram.wire import Json, present


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account as others see it."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def to_json(self) -> Json:
        """Word it as the Bot API does."""
        return {"id": self.id, "is_bot": self.is_bot} | present(
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )

    @property
    def name(self) -> str:
        """What others call them."""
        return f"{self.first_name} {self.last_name or ''}".strip()


ANONYMOUS = User(
    id=1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot"
)  # stands in for an administrator who writes as the group
CHANNEL = User(id=136817688, is_bot=True, first_name="Channel", username="Channel_Bot")
TELEGRAM = User(id=777000, first_name="Telegram")
