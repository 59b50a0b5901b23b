"""What a desk does to a tip: answer by replying to its card, ask, close, hand over."""

from dataclasses import replace

from bot.conversation import Rows, answer, choice
from bot.domain.consent import Need, Purpose
from bot.domain.copies import PersonRef, SubjectKind
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.organisations import OrganisationId
from bot.domain.permissions import Action
from bot.domain.richtext import NOTHING
from bot.domain.tip_lines import require_tip_text
from bot.domain.tips import Tip, TipNumber, takers, tip_on
from bot.domain.words import words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.tips.form import take_photos
from bot.handlers.tips.handing import offer
from bot.handlers.tips.naming import DESK, name_of, tip_in
from bot.handlers.tips.reading import read, read_named, tip_named
from bot.handlers.tips.sending import refresh_card
from bot.handlers.tips.standing import may_act, require_tip
from bot.handlers.tips.telling import note_in_room, note_to_tipster, say_to_tipster
from bot.ports.features import Context, Feature

QUESTIONS = ("when", "where", "who", "vehicle", "still", "reach")
"""What desks ask most; each has its own words in each language."""
_ACTIONS = {
    "read": Action.READ_TIP,
    "ask": Action.ANSWER_TIP,
    "question": Action.ANSWER_TIP,
    "close": Action.CLOSE_TIP,
    "hand": Action.HAND_OVER_TIP,
    "offer": Action.HAND_OVER_TIP,
}
_CARDS = frozenset({SubjectKind.TIP, SubjectKind.TIP_LINE})


async def _reply(incoming: Incoming, ctx: Context) -> None:
    """Carry an answer to the tipster; who may not answer is told so, and nothing is carried."""
    number = _answered_tip(ctx)
    if not isinstance(incoming, IncomingMessage) or number is None:
        return
    tip = await require_tip(number, ctx)
    if not await may_act(tip, Action.ANSWER_TIP, ctx):
        await answer(ctx, DESK, words("tip-answer-waits", id=tip.label))
        return
    if not incoming.text and not incoming.attachments:
        raise Unacceptable("tip-needs-words")
    take_photos(0, ctx)
    text = require_tip_text(incoming.text) if incoming.text else NOTHING
    await say_to_tipster(tip, text, ctx, origin=incoming.ref)
    await ctx.uow.audit.note("tip.answered", tip.label, by=ctx.sender.id, now=ctx.now)


async def _press(incoming: Incoming, ctx: Context) -> None:
    named = tip_named(incoming)
    if named is not None:
        await read_named(named, ctx)
        return
    if ctx.pressed is None:
        return
    note = ctx.pressed.note
    number = tip_in(note) if note else tip_on(ctx.pressed.copy.subject.id)
    tip = await require_tip(number, ctx)
    action = _ACTIONS.get(ctx.pressed.action.partition(" ")[0])
    if action is None:
        raise UnknownButton
    if await may_act(tip, action, ctx):
        await _do(ctx.pressed.action, tip, note, ctx)


async def _do(action: str, tip: Tip, note: Note | None, ctx: Context) -> None:
    verb, _, value = action.partition(" ")
    match verb:
        case "read":
            await read(tip, ctx)
        case "ask":
            rows = [[choice(f"tip-question-{name}", f"question {name}")] for name in QUESTIONS]
            await note_in_room(tip, ctx.here, words("tip-ask-more", id=tip.label), ctx, rows=rows)
        case "question" if note is not None and value in QUESTIONS:
            await _ask(tip, value, note, ctx)
        case "close":
            await _close(tip, ctx)
        case "hand":
            said = words("tip-hand-to", id=tip.label)
            await note_in_room(tip, ctx.here, said, ctx, rows=await _others(tip, ctx))
        case "offer" if note is not None:
            await offer(tip, OrganisationId(value), note, ctx)
        case _:
            raise UnknownButton


async def _ask(tip: Tip, name: str, note: Note, ctx: Context) -> None:
    """Send a ready question to the tipster, in the tipster's language."""
    said = words(f"tip-question-{name}")
    text = ctx.texts.say(said, ctx.sender.language)
    await say_to_tipster(tip, text, ctx, origin=None, said=said)
    asked = words("tip-asked", id=tip.label, question=said)
    await ctx.uow.notes.change(replace(note, words=asked, choices=()))
    await ctx.uow.audit.note("tip.answered", tip.label, by=ctx.sender.id, now=ctx.now)


async def _close(tip: Tip, ctx: Context) -> None:
    closed = tip.closed(ctx.now)
    await ctx.uow.tips.save(closed)
    await refresh_card(closed, ctx)
    organisation = await ctx.uow.organisations.get(tip.organisation)
    said = words(
        "tip-closed",
        id=tip.label,
        organisation=name_of(organisation, tip),
        days=ctx.lifetimes.tip.days,
    )
    await ctx.uow.notes.say(note_to_tipster(tip, said, ctx), PersonRef(tip.tipster))
    await ctx.uow.audit.note("tip.closed", tip.label, by=ctx.sender.id, now=ctx.now)


async def _others(tip: Tip, ctx: Context) -> Rows:
    """Offer the other organisations that take tips.

    Raises:
        Unacceptable: There are none.
    """
    chain = ctx.chain(tip.area) if tip.area else ()
    everybody = takers(await ctx.uow.organisations.all(), chain)
    others = [o for o in everybody if o.id != tip.organisation]
    if not others:
        raise Unacceptable("tip-hand-nobody", id=tip.label)
    return [[choice("tip-to", f"offer {o.id}", organisation=o.name)] for o in others[:8]]


def _answered_tip(ctx: Context) -> TipNumber | None:
    """Return about which tip the card, the line or the note is that a message answers."""
    if ctx.answered is not None and ctx.answered.subject.kind in _CARDS:
        return tip_on(ctx.answered.subject.id)
    note = ctx.answered_note
    return tip_in(note) if note is not None and note.feature == DESK else None


async def _keep_aside(_incoming: Incoming, ctx: Context) -> None:
    """Carry it nowhere, and say so: what is said about a tip is not for a room's neighbours."""
    await answer(ctx, DESK, words("tip-stays-at-desk"))


def _is_reply(incoming: Incoming, ctx: Context) -> bool:
    is_said = isinstance(incoming, IncomingMessage) and incoming.command is None
    return is_said and _answered_tip(ctx) is not None


def _is_aside(incoming: Incoming, ctx: Context) -> bool:
    """Whether it is about a tip, or may be; a command that is nobody's is no answer to one."""
    if not isinstance(incoming, IncomingMessage) or incoming.is_direct:
        return False
    return ctx.is_aside or _answered_tip(ctx) is not None


def _is_press(incoming: Incoming, ctx: Context) -> bool:
    if tip_named(incoming) is not None:
        return True
    on_card = ctx.pressed is not None and ctx.pressed.copy.subject.kind is SubjectKind.TIP
    return on_card or ctx.has_pressed(DESK)


REPLIES = Feature(
    name="tip_answers",
    accepts=_is_reply,
    handle=_reply,
    needs=lambda _incoming, _ctx: Need(Purpose.REPORTS),
)
PRESSES = Feature(name=DESK, accepts=_is_press, handle=_press)
ASIDES = Feature(name="tip_asides", accepts=_is_aside, handle=_keep_aside)
