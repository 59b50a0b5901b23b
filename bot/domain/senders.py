"""Who did something, as a platform tells it."""

from dataclasses import dataclass

from bot.domain.messages import UserRef
from bot.domain.proofs import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who did it, as the platform tells it.

    Attributes:
        name: The display name; anybody may choose any, so it proves nothing.
        language: What the chat client is set to, as an IETF tag; None if it does not say.
        is_chat: It is a room in whose name somebody writes: nobody is known, nobody can be
            asked, and it has no rights.
        proof: By which device it was sealed; None if it was not, or is not known to have been.
    """

    user: UserRef
    name: str
    language: str | None = None
    is_chat: bool = False
    proof: Proof | None = None
