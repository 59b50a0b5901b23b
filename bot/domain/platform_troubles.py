"""What can be wrong with a platform as a whole, so that somebody has to do something about it."""

from enum import StrEnum


class PlatformTrouble(StrEnum):
    """A cause; outages that pass by themselves are none.

    HEARD_ELSEWHERE: another program hears the same account. SENT_ELSEWHERE: the platform was told
    to bring to another address what happens.
    """

    TOKEN_REFUSED = "token_refused"  # noqa: S105 - no secret
    HEARD_ELSEWHERE = "heard_elsewhere"
    SENT_ELSEWHERE = "sent_elsewhere"
