"""By which key the devices are vouched for that speak in a verified role.

The first that is seen is kept to. Whoever can add a device to an account, or give it another
identity, does not speak in its owner's role with that.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot.domain.link_codes import HALF_CHARS, as_code
from bot.domain.people import PersonId
from bot.domain.proofs import Proof
from bot.domain.reports import ID_ALPHABET


class Force(Enum):
    """Whether a role has force for what its holder seems to have done."""

    IN_FORCE = auto()
    UNSIGNED = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerKey:
    """What is known of one account of somebody who has a verified role.

    Attributes:
        pinned: Stands for the key that was seen first, or was confirmed since.
        awaited: Stands for another that has come after it, and that nobody has confirmed yet.
    """

    person: PersonId
    pinned: str
    pinned_at: datetime
    awaited: str | None = None


def force_of(proof: Proof | None, known: OwnerKey | None) -> Force:
    """Decide whether a role has force.

    Args:
        proof: Of what came sealed; None for what came in the clear, for which its server stands.
        known: What is known of the account; None if nothing was sealed there in the role yet.
    """
    if proof is None:
        return Force.CHANGED if known is not None and known.awaited else Force.IN_FORCE
    if proof.owner is None:
        return Force.UNSIGNED
    if known is None or known.pinned == proof.owner:
        return Force.IN_FORCE
    return Force.CHANGED


def confirming_code(awaited: str) -> str:
    """Return what confirms a key; whoever knows the key itself can't tell.

    Args:
        awaited: What stands for the key, in hexadecimal digits.
    """
    number, letters = int(awaited, 16), ""
    for _ in range(2 * HALF_CHARS):
        number, place = divmod(number, len(ID_ALPHABET))
        letters += ID_ALPHABET[place]
    return as_code(letters)
