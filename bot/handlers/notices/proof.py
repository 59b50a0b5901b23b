"""Whether whoever speaks to whole areas in red has proved lately who they are."""

from bot.domain.announcing import Speaker, wants_proof
from bot.domain.notices import Notice
from bot.errors import NotPermitted
from bot.ports.features import Context


async def require_fresh_proof(notice: Notice, speaker: Speaker, ctx: Context) -> None:
    """Let pass whoever may say this now without proving anew who they are.

    Raises:
        NotPermitted: It is red to whole areas by a verified role, and the last proof is too old.
    """
    if wants_proof(notice, speaker) and await _needs_fresh_proof(ctx):
        raise NotPermitted("notice-needs-proof")


async def _needs_fresh_proof(_ctx: Context) -> bool:
    """Whether the sender's last proof is older than twelve hours.

    Nothing stores yet when somebody proved who they are; whatever does is asked here, and nowhere
    else.
    """
    return False
