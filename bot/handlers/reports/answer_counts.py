"""How many of those who saw a claim have been sent the answer: counted until all have."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.effects import Urgency
from bot.domain.official_answers import COUNTED_FOR, is_worth_showing
from bot.domain.official_posts import PostCode
from bot.handlers.reports.announcing import show_anew
from bot.ports.holdings import Chore, Pace, Upkeep


async def _counting(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.official_answers.counting_since(upkeep.now - COUNTED_FOR)


async def _count(piece: str, upkeep: Upkeep) -> int:
    """Show on the cards how many an answer has reached by now."""
    answers = upkeep.uow.official_answers
    answer = await answers.get(PostCode(piece))
    report = await upkeep.uow.reports.get(answer.report) if answer else None
    if answer is None or report is None:
        return 0
    told = await answers.told(answer)
    if not is_worth_showing(answer, told, upkeep.now):
        return 0
    await answers.put(replace(answer, told=told))
    await show_anew(report, upkeep.uow, urgency=Urgency.LATER)
    return 1


COUNTS = Chore(name="count_official_answers", pace=Pace.SOON, find=_counting, do=_count)
