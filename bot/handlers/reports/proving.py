"""Red words of an official to a whole area: out at once, and with the badge once it is proved.

Red is never delayed. Unless a code by mail was answered in the last twelve hours it goes out as
the person's own word; after the answer the badge comes onto the card. An appeal is nobody's but
the police's, badge or not, so it alone waits for the answer.
"""

from contextlib import suppress
from dataclasses import replace

from bot.domain.groups import Reach
from bot.domain.reports import Byline, Priority
from bot.errors import UserError
from bot.ports.features import Context
from bot.proofs import asks_for_proof, is_to_prove


async def until_proved(byline: Byline, priority: Priority, reach: Reach, ctx: Context) -> Byline:
    """Return a byline as it may be shown now; what it lacks waits for `ask_for_badge`."""
    is_wide = priority is Priority.RED and reach is Reach.AREA
    if not is_wide or byline.role is None or byline.organisation is None:
        return byline
    if not await is_to_prove(ctx, byline.organisation):
        return byline
    return replace(byline.without_badge(), unproved=byline.organisation)


async def ask_for_badge(byline: Byline, ctx: Context) -> None:
    """Ask for the code that puts the badge onto red words, if they lack it; they are out."""
    if byline.unproved is None:
        return
    # No more mails may go for now, and that must not keep red from going out.
    with suppress(UserError):
        await asks_for_proof(ctx, byline.unproved, again="", why="badge")


async def must_prove_first(
    byline: Byline, priority: Priority, reach: Reach, ctx: Context, *, again: str
) -> bool:
    """Ask for a code before an appeal that is red to a whole area; then `again` is one tap.

    Returns:
        Whether it was asked for, and nothing may go out yet.
    """
    organisation = byline.unproved or byline.organisation
    is_wide = priority is Priority.RED and reach is Reach.AREA
    if not is_wide or organisation is None:
        return False
    return await asks_for_proof(ctx, organisation, again=again)
