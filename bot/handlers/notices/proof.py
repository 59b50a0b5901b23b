"""Whether whoever speaks to whole areas in red has proved lately who they are."""

from bot.domain.announcing import Speaker, wants_proof
from bot.domain.notices import Notice
from bot.ports.features import Context
from bot.proofs import asks_for_proof


async def must_prove(notice: Notice, speaker: Speaker, ctx: Context, *, again: str) -> bool:
    """Ask for a code by mail before a verified role tells whole areas something in red.

    What was scheduled was proved when it was.

    Returns:
        Whether it was asked for: then nothing is sent yet, and `again` does it.
    """
    if speaker.organisation is None or not wants_proof(notice, speaker):
        return False
    return await asks_for_proof(ctx, speaker.organisation, again=again)
