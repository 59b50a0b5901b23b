"""What the form for a notice asks, and the preview that shows all before it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.conversation import Rows, as_rows, choice, note_to_sender
from bot.domain.announcing import Speaker
from bot.domain.messages import Platform
from bot.domain.notes import Choice, Note
from bot.domain.notice_drafts import NoticeDraft
from bot.domain.notices import Notice, NoticeId, NoticeState
from bot.domain.reports import Priority
from bot.domain.richtext import RichText, joined
from bot.domain.words import Moment, Words, in_a_row, under_each_other, words
from bot.handlers.notices.card import notice_lines, place_of, speaker_said
from bot.handlers.notices.places import chosen, offered_areas, offered_groups, speakers_of
from bot.handlers.notices.spreading import Ways, ways_of
from bot.ports.features import Context

FORM = "notice_form"
WAITS_FOR = timedelta(hours=12)
SHOWN_AS = "shown_as"
"""What of a note's state says in whose name a preview was shown."""
_CANCEL = choice("notice-form-cancel", "cancel")
_BACK = choice("notice-back", "back")


class Asks(StrEnum):
    """What the form waits for."""

    WHERE = "where"
    WORDS = "words"
    WHEN = "when"
    UNTIL = "until"
    PICTURE = "picture"
    PREVIEW = "preview"


def next_question(draft: NoticeDraft) -> Asks:
    """Return what a draft lacks; a preview if nothing."""
    if not draft.has_place:
        return Asks.WHERE
    return Asks.PREVIEW if draft.texts else Asks.WORDS


async def question(
    draft: NoticeDraft, ctx: Context, asks: Asks | None = None, *, language: str | None = None
) -> Note:
    """Return the note that asks something, or shows what would be sent.

    Args:
        draft: What is known.
        ctx: Whose draft it is.
        asks: What to ask; None for what the draft lacks.
        language: In which the words are asked for; None for any.

    Raises:
        NotPermitted: The sender may not announce in all of the draft's places.
    """
    asked = asks or next_question(draft)
    said, rows = await _ask(asked, draft, ctx, language=language)
    note = note_to_sender(ctx, FORM, said, rows=(*rows, _last_row(asked, draft)))
    return replace(
        note,
        awaits=asked.value,
        # Shown all along: to take a picture out of a message and put it back is no small change.
        media=draft.media,
        state={
            **draft.to_json(),
            "language": language,
            SHOWN_AS: await _shown_as(asked, draft, ctx),
        },
        expires_at=ctx.now + WAITS_FOR,
    )


async def _shown_as(asked: Asks, draft: NoticeDraft, ctx: Context) -> str | None:
    if asked is not Asks.PREVIEW:
        return None
    return chosen(draft, await speakers_of(draft, ctx)).key


def _last_row(asked: Asks, draft: NoticeDraft) -> Sequence[Choice]:
    can_go_back = asked is not Asks.PREVIEW and next_question(draft) is Asks.PREVIEW
    return (_BACK, _CANCEL) if can_go_back else (_CANCEL,)


async def _ask(
    asked: Asks, draft: NoticeDraft, ctx: Context, *, language: str | None
) -> tuple[Words, Rows]:
    match asked:
        case Asks.WHERE:
            return await _where(draft, ctx)
        case Asks.WORDS:
            return words("notice-ask-words", language=language or "any"), ()
        case Asks.WHEN:
            rows: Rows = ((choice("notice-now", "when now"), choice("notice-morning", "when 8")),)
            return words("notice-ask-when", time=Moment(ctx.now)), rows
        case Asks.UNTIL:
            return words("notice-ask-until"), ((choice("notice-no-end", "until never"),),)
        case Asks.PICTURE:
            rows = ((choice("notice-no-picture", "picture none"),),) if draft.media else ()
            return words("notice-ask-picture"), rows
        case Asks.PREVIEW:
            return await _preview(draft, ctx)
        case _ as never:
            assert_never(never)


async def _where(draft: NoticeDraft, ctx: Context) -> tuple[Words, Rows]:
    """Offer places to put in and take out; others can be named."""
    rows = [
        [choice("notice-place", f"area {area.id}", name=area.name, on=_on(area.id in draft.areas))]
        for area in await offered_areas(ctx)
    ]
    rows += [
        [choice("notice-place", f"group {g.id}", name=g.name, on=_on(g.id in draft.groups))]
        for g in await offered_groups(ctx)
    ]
    if draft.has_place:
        rows.append([choice("notice-places-done", "back")])
    unsent = unsent_notice(draft, None, ctx)
    chosen_so_far = await place_of(unsent, uow=ctx.uow, areas=ctx.areas)
    asked = words(
        "notice-ask-where", chosen=chosen_so_far, any_chosen="yes" if chosen_so_far else "no"
    )
    return asked, rows


def _on(is_on: bool) -> str:  # noqa: FBT001 - it is all that the text depends on
    return "yes" if is_on else "no"


async def _preview(draft: NoticeDraft, ctx: Context) -> tuple[Words, Rows]:
    """Show what would be sent in every language, to how many, in whose name, and when."""
    speakers = await speakers_of(draft, ctx)
    speaker = chosen(draft, speakers)
    notice = unsent_notice(draft, speaker, ctx)
    ways = await ways_of(notice, uow=ctx.uow, areas=ctx.areas)
    cards = [
        words("notice-preview-card", language=language, card=await _card(notice, language, ctx))
        for language in draft.texts
    ]
    lines = [
        words("notice-preview", number=len(cards)),
        *cards,
        await reach_said(notice, ways, ctx),
        *_times(draft, ctx),
    ]
    return under_each_other(lines), await _preview_rows(draft, speaker, speakers, ctx)


_NO_CODE_YET = "····"


async def _card(notice: Notice, language: str, ctx: Context) -> RichText:
    """Write the card as its readers in a language see it."""
    lines = await notice_lines(notice, language, uow=ctx.uow, areas=ctx.areas)
    if notice.organisation is not None:
        lines = [*lines, words("card-code", code=_NO_CODE_YET)]
    return joined((ctx.texts.say(line, language) for line in lines), "\n")


async def reach_said(notice: Notice, ways: Ways, ctx: Context) -> Words:
    """Count who gets a notice: rooms and who is in them, by platform, and followers."""
    rooms = [route.room for route in ways.routes]
    on_each = [
        _on_platform(platform, sum(room.platform is platform for room in rooms), notice, ctx)
        for platform in ctx.platforms
    ]
    return words(
        "notice-reach",
        rooms=len(rooms),
        members=await ctx.uow.groups.member_count(rooms),
        followers=await ctx.uow.notice_reach.followers(ways.spreads, seen_in=ways.seen_in),
        platforms=in_a_row([said for said in on_each if said is not None]),
        any_platform=_on(any(on_each)),
    )


def _on_platform(platform: Platform, rooms: int, notice: Notice, ctx: Context) -> Words | None:
    """Say what of it a platform shows otherwise than here, and in how many rooms."""
    most = ctx.platforms[platform].caption_chars
    longest = max((len(text) for text in notice.texts.values()), default=0)
    is_parted = bool(notice.media) and most is not None and longest + _CARD_CHARS > most
    if not rooms and not is_parted:
        return None
    return words("notice-on-platform", platform=platform.value, rooms=rooms, parted=_on(is_parted))


_CARD_CHARS = 200
"""So much at most stands around the words on a card."""


def _times(draft: NoticeDraft, ctx: Context) -> Sequence[Words]:
    lines = []
    if draft.due_at is not None:
        lines.append(words("notice-goes-out", time=Moment(draft.due_at, with_day=True)))
    if is_past(draft.expires_at, draft.due_at or ctx.now):
        lines.append(words("notice-over-before"))
    return lines


async def _preview_rows(
    draft: NoticeDraft, speaker: Speaker, speakers: Sequence[Speaker], ctx: Context
) -> Rows:
    send = choice("notice-schedule" if draft.due_at else "notice-send", "send")
    texts = [
        choice("notice-text-in", f"words {language}", language=language, on=_on(has))
        for language in dict.fromkeys((*draft.texts, *ctx.texts.languages))
        for has in [language in draft.texts]
    ]
    others = [one for one in speakers if one != speaker]
    return (
        (send,),
        texts,
        [
            choice("notice-priority", f"priority {one.word}", emoji=one.emoji)
            for one in Priority
            if one is not draft.priority
        ],
        (choice("notice-where", "where"), choice("notice-picture", "picture")),
        (choice("notice-when", "when"), choice("notice-until-button", "until")),
        *[[await _speaker_choice(one, ctx)] for one in others],
    )


async def _speaker_choice(speaker: Speaker, ctx: Context) -> Choice:
    name = await speaker_said(speaker.organisation, ctx.uow)
    said = name if isinstance(name, str) else ctx.texts.plain(name, ctx.sender.language)
    return choice("notice-speak-as", f"speaker {speaker.key}", name=said)


def unsent_notice(draft: NoticeDraft, speaker: Speaker | None, ctx: Context) -> Notice:
    """Return the notice that a draft would become now."""
    texts = dict(draft.texts)
    language = next(iter(texts), None)
    return Notice(
        id=NoticeId("N-···"),
        organisation=speaker.organisation if speaker else None,
        areas=draft.areas,
        groups=draft.groups,
        priority=draft.priority,
        text=texts.pop(language) if language else "",
        language=language,
        others=texts,
        media=draft.media,
        published_at=draft.due_at or ctx.now,
        author=ctx.sender.id,
        state=NoticeState.SCHEDULED if draft.due_at else NoticeState.SENT,
        due_at=draft.due_at,
        expires_at=draft.expires_at,
    )


def is_past(at: datetime | None, now: datetime) -> bool:
    """Whether a time that was chosen has passed meanwhile."""
    return at is not None and at <= now


def closed(note: Note, said: Words, *, rows: Rows = ()) -> Note:
    """Return a question that has been answered; its pictures have gone on."""
    return replace(note, words=said, choices=as_rows(rows), awaits=None, state={}, media=())
