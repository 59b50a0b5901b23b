"""What is kept of carried lines, and when it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.bursts import take_out_of_bursts
from bot.domain.bursts import BurstId, burst_subject
from bot.domain.bylines import holds_badge
from bot.domain.copies import Subject
from bot.domain.effects import Urgency
from bot.domain.people import Person, PersonId
from bot.domain.reactions import Reaction, written
from bot.domain.relays import Relay
from bot.domain.richtext_json import Json
from bot.domain.trails import REPEATS_WITHIN
from bot.domain.words import Words, words
from bot.handlers.relay.reacting import erase_reactions
from bot.handlers.relay.showing import relay_subject
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    carried = await upkeep.uow.relays.of_person(person.id)
    felt = await upkeep.uow.reactions.of_person(person.id)
    days = upkeep.lifetimes.relayed_message.days
    muted = await _muted(person.id, upkeep)
    return [
        *([words("privacy-carried", number=len(carried), days=days)] if carried else []),
        *([words("privacy-reactions", number=len(felt), days=days)] if felt else []),
        *([words("privacy-relay-mutes", names=", ".join(muted))] if muted else []),
    ]


async def _muted(person: PersonId, upkeep: Upkeep) -> Sequence[str]:
    """Return the names of the groups in which somebody keeps their lines on their side."""
    groups = [await upkeep.uow.groups.get(one) for one in await upkeep.uow.relay_mutes.of(person)]
    return [group.name for group in groups if group is not None]


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    uow = upkeep.uow
    carried = [await uow.relays.get(relay) for relay in await uow.relays.of_person(person.id)]
    known = [relay for relay in carried if relay is not None]
    return Exported(
        fields={
            "carried_lines": [_line(relay) for relay in known],
            "reactions": [_reaction(one) for one in await uow.reactions.of_person(person.id)],
            "mute_relay": list(await uow.relay_mutes.of(person.id)),
        },
        files=tuple(file for relay in known for file in relay.media),
    )


def _line(relay: Relay) -> Json:
    return {
        "group": relay.group,
        "room": str(relay.origin.room),
        "message": relay.origin.message_id,
        "sent_at": relay.sent_at.isoformat(),
        "text": relay.text.plain if relay.text is not None else None,
        "place": relay.place,
        "stays": relay.stays,
        "organisation": relay.voice.organisation if relay.voice else None,
    }


def _reaction(reaction: Reaction) -> Json:
    return {
        "room": str(reaction.room),
        "emoji": written(reaction.emoji),
        "set_at": reaction.set_at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    copies = 0
    for relay in await upkeep.uow.relays.of_person(person):
        copies += await upkeep.uow.copies.withdraw(relay_subject(relay))
        await take_out_of_bursts(relay, upkeep.uow)
        await _take_back_echo(relay, upkeep)
        await upkeep.discard(await upkeep.uow.relays.erase(relay))
    await erase_reactions(person, upkeep.uow)
    await upkeep.uow.relay_mutes.erase_of(person)
    return {"copies": copies}


async def _take_back_echo(piece: str, upkeep: Upkeep) -> None:
    """Let the bot stand in for nobody any more on a line that it will know nothing of."""
    relay = await upkeep.uow.relays.get(piece)
    if await upkeep.uow.reactions.erase_of_relay(piece) and relay is not None:
        await upkeep.uow.copies.echo(relay.origin, after=timedelta(0))


async def _wipe_delivered(_piece: str, upkeep: Upkeep) -> int:
    """Forget the words of carried lines that have arrived."""
    files = await upkeep.uow.relays.wipe_delivered(upkeep.now)
    await upkeep.discard(files)
    return len(files)


async def _wipe_old(_piece: str, upkeep: Upkeep) -> int:
    """Forget all of old lines but where they stand: their authors may still want them gone."""
    before = upkeep.now - upkeep.lifetimes.relayed_message
    files = await upkeep.uow.relays.wipe_old(before)
    await upkeep.discard(files)
    return len(files) + await upkeep.uow.reactions.forget_old(before)


async def _of_ended_groups(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.relays.of_ended_groups()


async def _forget(piece: str, upkeep: Upkeep) -> int:
    await upkeep.uow.copies.forget(relay_subject(piece))
    await upkeep.uow.reactions.erase_of_relay(piece)
    await upkeep.discard(await upkeep.uow.relays.erase(piece))
    return 1


async def _bursts_of_ended_groups(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.bursts.of_ended_groups()


async def _forget_burst(piece: str, upkeep: Upkeep) -> int:
    await upkeep.uow.copies.forget(burst_subject(BurstId(piece)))
    await upkeep.uow.bursts.erase(BurstId(piece))
    return 1


async def _forget_said(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.relays.forget_said(upkeep.now - REPEATS_WITHIN)


async def _forget_voices(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.relays.forget_voices(upkeep.now - upkeep.lifetimes.official_post)


async def _forget_mutes(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.relay_mutes.forget_of_ended_groups()


async def _unbadge(person: PersonId, organisation: str, upkeep: Upkeep) -> None:
    """Let lines that are still on their way arrive without a badge; the rest is forgotten."""
    author = await upkeep.uow.people.get(person, upkeep.now)
    for piece in await upkeep.uow.relays.of_person(person):
        relay = await upkeep.uow.relays.get(piece)
        if relay is None or relay.text is None or relay.byline.organisation != organisation:
            continue
        group = await upkeep.uow.groups.get(relay.group)
        chain = upkeep.areas.chain(group.area) if group else ()
        if holds_badge(author, relay.byline, chain, upkeep.now):
            continue
        await upkeep.uow.relays.save(replace(relay, byline=relay.byline.without_badge()))
        for burst in await upkeep.uow.bursts.holding(piece):
            await _show_anew(burst_subject(burst.id), upkeep)
        await _show_anew(relay_subject(piece), upkeep)


async def _show_anew(subject: Subject, upkeep: Upkeep) -> None:
    await upkeep.uow.copies.refresh(subject, urgency=Urgency.ANSWER, after=timedelta(0))


HOLDING = Holding(
    name="relay",
    told=_told,
    export=_export,
    erase=_erase,
    unbadge=_unbadge,
    chores=(
        Chore(name="wipe_delivered_lines", pace=Pace.SOON, do=_wipe_delivered),
        Chore(name="forget_what_was_said", pace=Pace.SOON, do=_forget_said),
        Chore(name="wipe_old_lines", pace=Pace.SELDOM, do=_wipe_old),
        Chore(name="forget_whom_lines_spoke_for", pace=Pace.SELDOM, do=_forget_voices),
        Chore(
            name="forget_bursts_of_ended_groups",
            pace=Pace.SELDOM,
            find=_bursts_of_ended_groups,
            do=_forget_burst,
        ),
        Chore(name="forget_mutes_of_ended_groups", pace=Pace.SELDOM, do=_forget_mutes),
        Chore(
            name="forget_lines_of_ended_groups",
            pace=Pace.SELDOM,
            find=_of_ended_groups,
            do=_forget,
        ),
    ),
)
