"""A notice, as each reader sees it."""

from collections.abc import Sequence

from bot.domain.areas import AreaMap
from bot.domain.notices import ENDED, Notice, NoticeState
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reports import Priority
from bot.domain.richtext import Link, RichText, Text, joined, rich
from bot.domain.set_apart import set_apart
from bot.domain.words import Moment, Words, words
from bot.official_posts import check_rows
from bot.ports.showing import Showing
from bot.ports.store import UnitOfWork

AGAIN = "+"
"""Ends the id of what is shown to those whose copy of a notice can't be changed any more."""
_NAMES_SHOWN = 3


async def show_notice(showing: Showing) -> OutgoingMessage | None:
    """Write a notice; None if it is gone, or over before it could tell somebody something."""
    notice = await showing.uow.notices.get(showing.subject.id.removesuffix(AGAIN))
    if notice is None or _comes_too_late(notice, showing):
        return None
    lines = await notice_lines(
        notice, showing.reader.language, uow=showing.uow, areas=showing.areas
    )
    post = await showing.uow.official_posts.of_notice(notice.id)
    code = [words("card-code", code=post.code)] if post else []
    return OutgoingMessage(
        text=joined(map(showing.say, [*lines, *code]), "\n"),
        rows=check_rows(post.code, showing) if post else (),
        media=notice.media,
        # What comes from a feed has happened before.
        silent=not notice.is_written or notice.priority is Priority.GREEN,
    )


async def notice_lines(
    notice: Notice, language: str, *, uow: UnitOfWork, areas: AreaMap
) -> Sequence[Words]:
    """Say what stands on the card, line by line.

    Args:
        notice: What is told.
        language: The reader's: of several texts it is the one in that.
        uow: The transaction.
        areas: What areas are called.
    """
    head = words(
        "notice-head",
        emoji=notice.priority.emoji,
        title=notice.title or words("notice-title"),
        area=await place_of(notice, uow=uow, areas=areas),
        time=Moment(notice.happened_at or notice.published_at, with_day=True),
    )
    said = [] if notice.state is NoticeState.RECALLED else [_text(notice, language)]
    return [head, *said, *_state(notice), await _foot(notice, uow)]


async def place_of(notice: Notice, *, uow: UnitOfWork, areas: AreaMap) -> str:
    """Name the areas and groups of a notice, the first few of many."""
    groups = [await uow.groups.get(group) for group in notice.groups]
    names = [*map(areas.name, notice.areas), *(group.name for group in groups if group)]
    shown = ", ".join(names[:_NAMES_SHOWN])
    return f"{shown} +{len(names) - _NAMES_SHOWN}" if len(names) > _NAMES_SHOWN else shown


async def speaker_said(organisation: str | None, uow: UnitOfWork) -> str | Words:
    """Name who speaks; an organisation that left the configuration by its slug."""
    if organisation is None:
        return words("notice-by-coordinators")
    found = await uow.organisations.get(organisation)
    return found.name if found else organisation


def _comes_too_late(notice: Notice, showing: Showing) -> bool:
    if showing.subject.id.endswith(AGAIN) or not showing.reader.is_untouched:
        return False
    # In a room that goes on under another id it stands already, and there it must change.
    return showing.reader.is_private and notice.is_over_by(showing.now)


def _text(notice: Notice, language: str) -> Words:
    said = rich(notice.text_in(language))
    # A feed's words are an organisation's own program's, and as they are.
    shown = set_apart(said, begins_line=True) if notice.is_written else said
    return words("notice-text", text=shown)


def _state(notice: Notice) -> Sequence[Words]:
    """Say what has become of it, or until when it holds."""
    changed = Moment(notice.changed_at or notice.published_at, with_day=True)
    if notice.state in ENDED:
        return [words("notice-ended", state=notice.state.value, time=changed)]
    lines = []
    if notice.state is NoticeState.HELD:
        lines.append(words("notice-stopped"))
    if notice.is_written and notice.changed_at is not None:
        lines.append(words("notice-corrected", time=changed))
    if notice.expires_at is not None:
        lines.append(words("notice-until", time=Moment(notice.expires_at, with_day=True)))
    return lines


async def _foot(notice: Notice, uow: UnitOfWork) -> Words:
    return words(
        "notice-foot",
        organisation=await speaker_said(notice.organisation, uow),
        is_former="yes" if notice.is_former else "no",
        id=RichText((Text(notice.id),)),
        has_id="yes" if notice.is_written else "no",
        link=RichText((Link(notice.link, (Text(_site(notice.link)),)),)) if notice.link else "",
        has_link="yes" if notice.link else "no",
    )


def _site(link: str) -> str:
    return link.split("/")[2]
