"""Whether a line that was carried into a room is an authority's: asked by answering it.

The words of a line are forgotten when they have arrived, and the copy that is answered is the
bot's own, so it is told for whom the line spoke and not whether its words are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.bursts import BurstId
from bot.domain.copies import Copy, SubjectKind
from bot.domain.groups import GroupId
from bot.domain.incoming import IncomingMessage
from bot.domain.people import PersonId
from bot.domain.polls import Poll, PollId
from bot.domain.relays import Relay, Voice
from bot.domain.words import Moment, Words, under_each_other, words
from bot.handlers.official.vouching import name_of, vouched_for
from bot.ports.features import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line or a poll of somebody's, of which it is asked for whom it spoke."""

    author: PersonId
    group: GroupId
    voice: Voice | None
    at: datetime

    @property
    def is_official(self) -> bool:
        """Whether it bore a badge."""
        return self.voice is not None and self.voice.organisation is not None


async def lines_answered(incoming: IncomingMessage, ctx: Context) -> Sequence[Line]:
    """Return the lines that a message answers: a copy, several shown as one, or an original."""
    if ctx.answered is not None:
        return await _on(ctx.answered, ctx)
    if incoming.reply_to is None:
        return ()
    relay = await ctx.uow.relays.by_origin(incoming.reply_to)
    poll = await ctx.uow.polls.by_origin(incoming.reply_to)
    return [*([_said(relay)] if relay else []), *([_asked(poll)] if poll else [])]


async def said_of_lines(lines: Sequence[Line], ctx: Context) -> Words:
    """Say who is behind the official ones among some lines, each once."""
    by_source = {
        (line.author, line.voice): line for line in lines if line.voice and line.is_official
    }
    said: list[Words] = []
    for line in by_source.values():
        said += await _whole(line, ctx)
    return under_each_other(said)


def unmarked(lines: Sequence[Line]) -> Words:
    """Say of lines none of which is known as official what is known of them."""
    if any(line.voice is None for line in lines):
        return words("check-line-unknown")
    return words("check-line-unmarked", number=len(lines))


async def _on(answered: Copy, ctx: Context) -> Sequence[Line]:
    subject = answered.subject
    match subject.kind:
        case SubjectKind.RELAY:
            ids: Sequence[str] = (subject.id,)
        case SubjectKind.BURST:
            burst = await ctx.uow.bursts.get(BurstId(subject.id))
            ids = burst.lines if burst else ()
        case SubjectKind.POLL:
            poll = await ctx.uow.polls.get(PollId(subject.id))
            return [_asked(poll)] if poll else []
        case _:
            ids = ()
    return [_said(relay) for one in ids if (relay := await ctx.uow.relays.get(one))]


def _said(relay: Relay) -> Line:
    return Line(author=relay.author, group=relay.group, voice=relay.voice, at=relay.sent_at)


def _asked(poll: Poll) -> Line:
    """Return a poll as a line; under whose name it stands is forgotten with its words."""
    voice = Voice(poll.byline.organisation, poll.byline.role) if poll.asked else None
    return Line(author=poll.author, group=poll.group, voice=voice, at=poll.asked_at)


async def _whole(line: Line, ctx: Context) -> Sequence[Words]:
    voice = line.voice or Voice()
    group = await ctx.uow.groups.get(line.group)
    head = words(
        "check-line",
        organisation=await name_of(voice.organisation or "", ctx),
        role=voice.role.value if voice.role else "",
        time=Moment(line.at, with_day=True),
        group=group.name if group else line.group,
    )
    return [head, await vouched_for(line.author, voice.organisation or "", ctx)]
