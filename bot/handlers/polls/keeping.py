"""What is kept of polls and votes, and when it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.bylines import holds_badge
from bot.domain.people import Person, PersonId
from bot.domain.polls import Poll, PollId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.handlers.polls.card import poll_subject
from bot.handlers.polls.voting import show_votes
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    asked = len(await upkeep.uow.polls.of_author(person.id))
    voted = len(await upkeep.uow.polls.votes_of(person.id))
    days = upkeep.lifetimes.relayed_message.days
    return [words("privacy-polls", asked=asked, voted=voted, days=days)] if asked + voted else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    polls = upkeep.uow.polls
    votes = await polls.votes_of(person.id)
    return Exported(
        fields={
            "polls": [_poll(poll) for poll in await polls.of_author(person.id)],
            "votes": [{"poll": poll, "choice": choice + 1} for poll, choice in votes.items()],
        }
    )


def _poll(poll: Poll) -> Json:
    return {
        "group": poll.group,
        "question": poll.asked.question if poll.asked else None,
        "choices": list(poll.asked.choices) if poll.asked else [],
        "asked_at": poll.asked_at.isoformat(),
        "closed_at": poll.closed_at.isoformat() if poll.closed_at else None,
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    uow, copies = upkeep.uow, 0
    for poll in await uow.polls.of_author(person):
        copies += await uow.copies.withdraw(poll_subject(poll.id))
        await uow.polls.erase(poll.id)
    for voted in await uow.polls.votes_of(person):
        await uow.polls.take_back(voted, person)
        await _show(voted, upkeep)
    return {"copies": copies}


async def _show(poll: PollId, upkeep: Upkeep) -> None:
    found = await upkeep.uow.polls.get(poll)
    if found is not None:
        await show_votes(found, upkeep.uow, after=timedelta(0))


async def _due(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.polls.due(upkeep.now)


async def _close(piece: str, upkeep: Upkeep) -> int:
    await upkeep.uow.polls.close(PollId(piece), upkeep.now)
    await _show(PollId(piece), upkeep)
    return 1


async def _wipe_old(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.polls.wipe_old(upkeep.now - upkeep.lifetimes.relayed_message)


async def _of_ended_groups(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.polls.of_ended_groups()


async def _forget(piece: str, upkeep: Upkeep) -> int:
    await upkeep.uow.copies.forget(poll_subject(PollId(piece)))
    await upkeep.uow.polls.erase(PollId(piece))
    return 1


async def _unbadge(person: PersonId, organisation: str, upkeep: Upkeep) -> None:
    author = await upkeep.uow.people.get(person, upkeep.now)
    for poll in await upkeep.uow.polls.of_author(person):
        group = await upkeep.uow.groups.get(poll.group)
        chain = upkeep.areas.chain(group.area) if group else ()
        is_its = poll.byline.organisation == organisation
        if is_its and not holds_badge(author, poll.byline, chain, upkeep.now):
            former = poll.byline.after_revocation(organisation)
            await upkeep.uow.polls.save(replace(poll, byline=former))
            await _show(poll.id, upkeep)


HOLDING = Holding(
    name="polls",
    told=_told,
    export=_export,
    erase=_erase,
    unbadge=_unbadge,
    chores=(
        Chore(name="close_polls", pace=Pace.SOON, find=_due, do=_close),
        Chore(name="wipe_old_polls", pace=Pace.SELDOM, do=_wipe_old),
        Chore(
            name="forget_polls_of_ended_groups",
            pace=Pace.SELDOM,
            find=_of_ended_groups,
            do=_forget,
        ),
    ),
)
