"""What somebody has written after `/notice`, or in answer to a question about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.cleaning import has_words
from bot.domain.local_times import read_moment
from bot.domain.notice_drafts import NoticeDraft
from bot.domain.notice_lines import NoticeHead, beginnings, read_head, read_texts, split_head
from bot.domain.reports import MAX_TEXT_CHARS
from bot.errors import Unacceptable
from bot.handlers.notices.places import Unknown, exactly, may_send_to, with_places
from bot.handlers.notices.questions import FORM
from bot.moderation.language import language_of
from bot.ports.features import Context
from bot.whereabouts import areas_like


async def read_notice(said: str, ctx: Context) -> NoticeDraft:
    """Read a line: places, priority and times before a colon, or a place in front of the words.

    Raises:
        Unacceptable: A place is unknown, a time unclear, or the words are too long.
        NotPermitted: The sender may not announce there.
    """
    head, rest = ("", said) if read_texts(said, ctx.texts.languages) else split_head(said)
    if head and (draft := await _by_head(read_head(head), ctx)) is not None:
        return with_texts(draft, rest, ctx)
    for name, others in beginnings(said):
        if await exactly(name, ctx):
            draft = _known(await with_places(NoticeDraft(), [name], ctx, FORM))
            return with_texts(draft, others, ctx)
    return with_texts(await _draft_in_room(ctx), said, ctx)


async def _by_head(head: NoticeHead, ctx: Context) -> NoticeDraft | None:
    """Return what a head says; None if it is none, and the words only happen to hold a colon."""
    found = await with_places(await _draft_in_room(ctx, head), head.names, ctx, FORM)
    if isinstance(found, Unknown):
        is_slip = len(head.names) > 1 or bool(await areas_like(found.name, ctx))
        if is_slip or head.priority or head.at or head.until:
            _known(found)
        return None
    return replace(
        found,
        priority=head.priority or found.priority,
        due_at=moment(head.at, ctx) if head.at else None,
        expires_at=moment(head.until, ctx, ends_day=True) if head.until else None,
    )


async def _draft_in_room(ctx: Context, head: NoticeHead | None = None) -> NoticeDraft:
    """In a group's room it is for that group, unless a place is named."""
    is_here = ctx.group is not None and not (head and head.names)
    if not is_here or ctx.group is None or not await may_send_to(ctx.group, ctx):
        return NoticeDraft()
    return NoticeDraft(groups=(ctx.group.id,))


async def read_places(said: str, draft: NoticeDraft, ctx: Context) -> NoticeDraft:
    """Add places that are named in a row.

    Raises:
        Unacceptable: One of them is unknown.
        NotPermitted: The sender may not announce there.
    """
    names = read_head(said.replace("\n", ",")).names
    return _known(await with_places(draft, names, ctx, FORM))


def _known(found: NoticeDraft | Unknown) -> NoticeDraft:
    if isinstance(found, Unknown):
        raise Unacceptable("notice-place-unknown", name=found.name[:60])
    return found


def moment(said: str, ctx: Context, *, ends_day: bool = False) -> datetime:
    """Return when somebody means.

    Raises:
        Unacceptable: It is unclear, or has passed.
    """
    meant = read_moment(said, ctx.now, ctx.zone, ends_day=ends_day)
    if meant is None:
        raise Unacceptable("notice-time-unclear", said=said[:60])
    return meant


def with_texts(
    draft: NoticeDraft, said: str, ctx: Context, *, language: str | None = None
) -> NoticeDraft:
    """Take words in, beside those that are there in other languages."""
    if not has_words(said):
        return draft
    texts = texts_of(said, ctx, language=language)
    return replace(draft, texts={**draft.texts, **texts})


def require_words(said: str, ctx: Context) -> None:
    """Let pass what says something, in whatever language it names.

    Raises:
        Unacceptable: There is nothing but marks, or names of languages.
    """
    texts = texts_of(said, ctx, language=ctx.sender.language)
    marks = {f"{language}:" for language in ctx.texts.languages}
    told = [word for text in texts.values() for word in text.split() if word.lower() not in marks]
    if not has_words(" ".join(told)):
        raise Unacceptable("notice-needs-words")


def texts_of(said: str, ctx: Context, *, language: str | None = None) -> Mapping[str, str]:
    """Read words by language: the one they name, the one asked for, or the one they are in.

    Raises:
        Unacceptable: They are too long for a card.
    """
    texts = read_texts(said, ctx.texts.languages)
    if not texts:
        written = language or language_of(said, ctx.texts.languages) or ctx.sender.language
        texts = {written: said.strip()}
    longest = max(map(len, texts.values()))
    if longest > MAX_TEXT_CHARS:
        raise Unacceptable("report-too-long", length=longest, most=MAX_TEXT_CHARS)
    return texts
