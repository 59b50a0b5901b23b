"""A poll as it stands in each room: a living message with a button for each choice."""

from dataclasses import replace

from bot.bylines import byline_said
from bot.domain.consent import Purpose
from bot.domain.copies import Subject, SubjectKind
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.polls import Asked, Poll, PollId, count_votes, number_sign
from bot.domain.reports import Byline
from bot.domain.richtext import RichText, joined, rich
from bot.domain.words import Moment, words
from bot.ports.showing import Showing

VOTE, CLOSE = "vote.", "close"


def poll_subject(poll: PollId) -> Subject:
    """Return what the copies of a poll show."""
    return Subject(SubjectKind.POLL, poll)


async def show_poll(showing: Showing) -> OutgoingMessage | None:
    """Write a poll with its tally over all rooms; None once its words are forgotten."""
    poll = await showing.uow.polls.get(PollId(showing.subject.id))
    if poll is None or poll.asked is None:
        return None
    counts = count_votes(poll.asked, await showing.uow.polls.votes(poll.id))
    head = words(
        "poll-head",
        question=rich(poll.asked.question),
        byline=await byline_said(await _byline(poll, showing), showing.uow),
    )
    lines = [
        _choice(index, choice, counts[index], sum(counts), showing)
        for index, choice in enumerate(poll.asked.choices)
    ]
    foot = words(
        "poll-foot",
        votes=sum(counts),
        is_open="changed" if poll.is_changed else "yes" if poll.is_open else "no",
        until=Moment(poll.closes_at, with_day=True),
        is_here="yes" if showing.reader.room == poll.origin.room else "no",
    )
    return OutgoingMessage(
        text=joined([showing.say(head), *lines, showing.say(foot)], "\n"),
        rows=_buttons(poll.asked, showing) if poll.is_open else (),
    )


async def _byline(poll: Poll, showing: Showing) -> Byline:
    """Return under what name the author agrees to be shown by now."""
    author = await showing.uow.people.get(poll.author, showing.now)
    if author is not None and Purpose.NAME in author.consents:
        return poll.byline
    return replace(poll.byline, name=None)


def _choice(index: int, choice: str, votes: int, of: int, showing: Showing) -> RichText:
    said = words(
        "poll-choice",
        number=index + 1,
        choice=rich(choice),
        votes=votes,
        percent=round(100 * votes / of) if of else 0,
    )
    return showing.say(said)


def _buttons(asked: Asked, showing: Showing) -> tuple[tuple[Button, ...], ...]:
    choices = tuple(
        (Button(label=choice, data=f"{VOTE}{index}", emoji=number_sign(index)),)
        for index, choice in enumerate(asked.choices)
    )
    close = Button(label=showing.label(words("poll-close")), data=CLOSE)
    return (*choices, (close,))
