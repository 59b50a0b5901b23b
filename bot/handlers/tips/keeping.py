"""What is kept of tips, and when it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.copies import CopyState
from bot.domain.effects import Urgency
from bot.domain.messages import Media
from bot.domain.notes import NoteId
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.tips import Tip, TipLine, TipNumber
from bot.domain.words import Words, words
from bot.handlers.tips import moving
from bot.handlers.tips.erasing import erase_line, erase_tip
from bot.handlers.tips.naming import FORM, card_of, line_below, name_of
from bot.handlers.tips.reading import close_again, close_with_role, to_close
from bot.handlers.tips.sending import show_at_desk
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    tips = await upkeep.uow.tips.of_tipster(person.id)
    answers = [line for line in await upkeep.uow.tips.lines_by(person.id) if line.is_desks]
    if not tips and not answers:
        return ()
    kept = upkeep.lifetimes
    said = words(
        "privacy-tips",
        number=len(tips),
        answers=len(answers),
        days=kept.tip.days,
        open_days=kept.tip_open.days,
    )
    return (said,)


async def _parting(person: PersonId, upkeep: Upkeep) -> Sequence[Words]:
    tips = await upkeep.uow.tips.of_tipster(person)
    return [words("forget-tips", number=len(tips))] if tips else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    tips = await upkeep.uow.tips.of_tipster(person.id)
    talks = [(tip, await upkeep.uow.tips.lines(tip.number)) for tip in tips]
    answered = [line for line in await upkeep.uow.tips.lines_by(person.id) if line.is_desks]
    files: list[Media] = []
    for tip, lines in talks:
        files += tip.media
        files += [file for line in lines if not line.is_desks for file in line.media]
    files += [file for line in answered for file in line.media]
    return Exported(
        fields={
            "tips": [_tip(tip, lines) for tip, lines in talks],
            "answers_to_tips": [_line(line) for line in answered],
        },
        files=tuple(files),
    )


def _tip(tip: Tip, lines: Sequence[TipLine]) -> Json:
    return {
        "id": tip.label,
        "organisation": tip.organisation,
        "shown_as": tip.name,
        "area": tip.area,
        "state": tip.state.value,
        "text": tip.text.plain,
        "photos": [file.name for file in tip.media],
        "sent_at": tip.sent_at.isoformat(),
        "talk": [_line(line) for line in lines],
    }


def _line(line: TipLine) -> Json:
    return {
        "tip": f"T-{line.tip}",
        "by": "organisation" if line.is_desks else "you",
        "text": line.text.plain,
        "photos": [file.name for file in line.media],
        "at": line.at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    """Erase what somebody has sent, at the desk too, and what they have answered for a desk."""
    copies = 0
    for tip in await upkeep.uow.tips.of_tipster(person):
        copies += await erase_tip(tip, upkeep)
    for line in await upkeep.uow.tips.lines_by(person):
        about = await upkeep.uow.tips.get(line.tip)
        if about is not None:
            copies += await erase_line(about, line, upkeep)
            await upkeep.uow.copies.refresh(
                card_of(about), urgency=Urgency.LATER, after=timedelta(0)
            )
    return {"copies": copies}


async def _with_news(upkeep: Upkeep) -> Sequence[str]:
    """Return the tips that have arrived since, or that can't."""
    found = [await upkeep.uow.tips.get(n) for n in await upkeep.uow.tips.on_their_way()]
    return [str(tip.number) for tip in found if tip and await _news_of(tip, upkeep)]


async def _news_of(tip: Tip, upkeep: Upkeep) -> str | None:
    """Return the text to be said on a tip's receipt, None if it is on its way or is told."""
    states = {copy.state for copy in await upkeep.uow.copies.of(card_of(tip))}
    if CopyState.SHOWN in states:
        return "tip-received"
    receipt = await upkeep.uow.notes.get(tip.receipt) if tip.receipt else None
    is_told = receipt is None or receipt.words.text_id == "tip-not-arrived"
    return None if CopyState.WAITING in states or is_told else "tip-not-arrived"


async def _tell_arrival(piece: str, upkeep: Upkeep) -> int:
    """Say to the tipster that the desk has it; or that it does not get there, and what to do."""
    tip = await upkeep.uow.tips.get(TipNumber(int(piece)))
    news = await _news_of(tip, upkeep) if tip else None
    if tip is None or news is None:
        return 0
    if news == "tip-received":
        await upkeep.uow.tips.save(replace(tip, arrived_at=upkeep.now))
    await _say_on_receipt(tip, news, upkeep)
    return 1


async def _stuck(upkeep: Upkeep) -> Sequence[str]:
    found = [await upkeep.uow.tips.get(n) for n in await upkeep.uow.tips.on_their_way()]
    return [str(tip.number) for tip in found if tip and await _is_stuck(tip, upkeep)]


async def _is_stuck(tip: Tip, upkeep: Upkeep) -> bool:
    states = {copy.state for copy in await upkeep.uow.copies.of(card_of(tip))}
    return not states & {CopyState.SHOWN, CopyState.WAITING}


async def _try_again(piece: str, upkeep: Upkeep) -> int:
    """Show a tip anew to a desk that could not be reached: it may be back."""
    tip = await upkeep.uow.tips.get(TipNumber(int(piece)))
    organisation = await upkeep.uow.organisations.get(tip.organisation) if tip else None
    if tip is None or organisation is None or not await _is_stuck(tip, upkeep):
        return 0
    await upkeep.uow.copies.forget(card_of(tip))
    for line in await upkeep.uow.tips.lines(tip.number):
        await upkeep.uow.copies.forget(line_below(tip, line))
    anew = tip.shown_anew()
    await upkeep.uow.tips.save(anew)
    await show_at_desk(anew, organisation, upkeep.uow)
    return 1


async def _say_on_receipt(tip: Tip, text_id: str, upkeep: Upkeep) -> None:
    note = await upkeep.uow.notes.get(tip.receipt) if tip.receipt else None
    if note is None:
        return
    organisation = await upkeep.uow.organisations.get(tip.organisation)
    said = Words(
        text_id,
        {
            "id": tip.label,
            "organisation": name_of(organisation, tip),
            "is_named": "yes" if tip.name else "no",
        },
    )
    await upkeep.uow.notes.change(replace(note, words=said))


async def _untouched(upkeep: Upkeep) -> Sequence[str]:
    before = upkeep.now - upkeep.lifetimes.tip_open
    return [str(number) for number in await upkeep.uow.tips.untouched_since(before)]


async def _close(piece: str, upkeep: Upkeep) -> int:
    """Close a tip that both sides have left: its lifetime has to end some day."""
    tip = await upkeep.uow.tips.get(TipNumber(int(piece)))
    if tip is not None:
        await upkeep.uow.tips.save(tip.closed(upkeep.now))
        await upkeep.uow.copies.refresh(card_of(tip), urgency=Urgency.LATER, after=timedelta(0))
        await upkeep.uow.audit.note("tip.closed", tip.label, by=None, now=upkeep.now)
    return 1


async def _old(upkeep: Upkeep) -> Sequence[str]:
    before = upkeep.now - upkeep.lifetimes.tip
    return [str(number) for number in await upkeep.uow.tips.closed_before(before)]


async def _erase_old(piece: str, upkeep: Upkeep) -> int:
    tip = await upkeep.uow.tips.get(TipNumber(int(piece)))
    if tip is not None:
        await erase_tip(tip, upkeep)
        await upkeep.uow.audit.note("tip.erased", tip.label, by=None, now=upkeep.now)
    return 1


async def _drafts(upkeep: Upkeep) -> Sequence[str]:
    found = [await upkeep.uow.notes.get(n) for n in await upkeep.uow.notes.of_feature(FORM)]
    return [note.id for note in found if note and note.state and note.expires_at <= upkeep.now]


async def _drop_draft(piece: str, upkeep: Upkeep) -> int:
    """Forget a tip that was begun and never sent, as soon as its buttons end."""
    note = await upkeep.uow.notes.get(NoteId(piece))
    if note is None or not note.state or note.expires_at > upkeep.now:
        return 0
    await upkeep.discard([file.id for file in note.files])
    said = words("tip-never-sent")
    await upkeep.uow.notes.change(replace(note, words=said, choices=(), awaits=None, state={}))
    return 1


HOLDING = Holding(
    name="tips",
    told=_told,
    parting=_parting,
    export=_export,
    erase=_erase,
    unbadge=close_with_role,
    chores=(
        Chore(name="close_tips_again", pace=Pace.SOON, find=to_close, do=close_again),
        Chore(name="tell_arrivals", pace=Pace.SOON, find=_with_news, do=_tell_arrival),
        *moving.CHORES,
        Chore(name="drop_tips_never_sent", pace=Pace.SOON, find=_drafts, do=_drop_draft),
        Chore(name="try_tips_again", pace=Pace.SELDOM, find=_stuck, do=_try_again),
        Chore(name="close_untouched_tips", pace=Pace.SELDOM, find=_untouched, do=_close),
        Chore(name="erase_old_tips", pace=Pace.SELDOM, find=_old, do=_erase_old),
    ),
)
