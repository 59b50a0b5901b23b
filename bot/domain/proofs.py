"""What an encrypted line tells of who has sealed it, beside the word of a server."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """By which device something was sealed, and who answers for that device.

    Attributes:
        device: Stands for the device, the same each time; it is none of its keys.
        owner: Stands for the key by which the account's owner vouches for the device; None if
            nobody does. A server can add devices to an account, and can't sign them so.
    """

    device: str
    owner: str | None = None
