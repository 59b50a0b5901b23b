"""Writing lines that stand together: who wrote, when, the last ones whole; in private all."""

from collections.abc import Sequence
from dataclasses import replace

from bot.bylines import byline_said
from bot.domain.bursts import NAMED, WHOLE_LINES, BurstId
from bot.domain.copies import SubjectKind
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.relays import Relay
from bot.domain.richtext import RichText, joined, rich
from bot.domain.words import Moment, words
from bot.handlers.relay.showing import trail_of, write_line
from bot.ports.showing import Renderer, Showing

SHOW_ALL = "all"


async def show_burst(showing: Showing) -> OutgoingMessage | None:
    """Write it; once the words of a line are forgotten, only that there were so many."""
    burst = await showing.uow.bursts.get(BurstId(showing.subject.id))
    if burst is None or not burst.lines:
        return None
    found = [await showing.uow.relays.get(line) for line in burst.lines]
    relays = [relay for relay in found if relay is not None]
    if not relays:
        return None
    if any(relay.text is None for relay in relays):
        said = words("burst-forgotten", number=len(relays), **_times(relays))
        return OutgoingMessage(text=showing.say(said))
    if showing.reader.is_private:
        return OutgoingMessage(text=await _all(relays, showing))
    return await _in_short(relays, showing)


async def _in_short(relays: Sequence[Relay], showing: Showing) -> OutgoingMessage:
    lines = [await _line(relay, showing) for relay in relays[-WHOLE_LINES:]]
    trail = trail_of(*relays)
    if len(relays) <= WHOLE_LINES:
        return OutgoingMessage(text=joined(lines, "\n"), trail=trail)
    names = await _names(relays, showing)
    head = words(
        "burst-head",
        number=len(relays),
        **_times(relays),
        names=joined(names[:NAMED], ", "),
        others=len(names[NAMED:]),
    )
    button = Button(label=showing.label(words("burst-show-all")), data=SHOW_ALL)
    return OutgoingMessage(
        text=joined([showing.say(head), *lines, showing.say(words("burst-foot"))], "\n"),
        rows=((button,),),
        trail=trail,
    )


async def _all(relays: Sequence[Relay], showing: Showing) -> RichText:
    lines = [
        showing.say(
            words("burst-line", time=Moment(relay.sent_at), line=await _line(relay, showing))
        )
        for relay in relays
    ]
    return joined(lines, "\n")


async def _line(relay: Relay, showing: Showing) -> RichText:
    here = replace(showing, reader=replace(showing.reader, room=None))
    return (await write_line(relay, relay.text or rich(""), here)).text


async def _names(relays: Sequence[Relay], showing: Showing) -> Sequence[RichText]:
    """Say everybody who wrote, once, in the order in which they began."""
    said = {relay.author: relay.byline for relay in reversed(relays)}
    authors = dict.fromkeys(relay.author for relay in relays)
    return [showing.say(await byline_said(said[author], showing.uow)) for author in authors]


def _times(relays: Sequence[Relay]) -> dict[str, Moment]:
    return {"first": Moment(relays[0].sent_at), "last": Moment(relays[-1].sent_at)}


SHOWS = {SubjectKind.BURST: Renderer(show_burst)}
