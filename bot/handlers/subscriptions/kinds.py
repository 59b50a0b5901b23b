"""Which kinds come from somewhere: a button for each, changed in place."""

from dataclasses import replace

from bot.alert_wishes import as_told, summary_for_sender
from bot.conversation import Rows, as_rows, choice, note_to_sender
from bot.domain.alert_summary import title_words
from bot.domain.followed_keys import followed_key
from bot.domain.kinds import Kind
from bot.domain.notes import Choice, Note
from bot.domain.subscriptions import Subscription
from bot.domain.words import Words, words
from bot.errors import UnknownButton
from bot.handlers.subscriptions.naming import own_named
from bot.handlers.subscriptions.questions import NAME
from bot.ports.features import Context

_KEY = "followed"
_ALL, _DONE = "all", "done"


async def show_kinds(held: Subscription, ctx: Context) -> None:
    """Offer the kinds to choose from."""
    note = note_to_sender(ctx, NAME, await _question(held, ctx), rows=_rows(held))
    state = {_KEY: followed_key(held.followed)}
    await ctx.uow.notes.say(replace(note, state=state), ctx.private)


async def choose_kind(note: Note, action: str, ctx: Context) -> None:
    """Take a kind in or out; the last one taken out means all again.

    Raises:
        UnknownButton: What it is about is followed no more.
    """
    held = await own_named(str(note.state.get(_KEY, "")), ctx)
    if held is None:
        raise UnknownButton
    if action == _DONE:
        done = words("alerts-changed", summary=await summary_for_sender(ctx))
        await ctx.uow.notes.change(replace(note, words=done, choices=(), state={}))
        return
    kinds = frozenset[Kind]() if action == _ALL else held.kinds ^ {Kind(action)}
    changed = replace(held, kinds=kinds if len(kinds) < len(Kind) else frozenset())
    await ctx.uow.subscriptions.put(changed, ctx.now)
    said = await _question(changed, ctx)
    await ctx.uow.notes.change(replace(note, words=said, choices=as_rows(_rows(changed))))


async def _question(held: Subscription, ctx: Context) -> Words:
    place = title_words(await as_told(held, ctx))
    return words("kinds-ask", place=place, summary=await summary_for_sender(ctx))


def _rows(held: Subscription) -> Rows:
    toggles = [_toggle(kind, is_on=kind in held.kinds) for kind in Kind]
    return [
        *(toggles[i : i + 2] for i in range(0, len(toggles), 2)),
        [choice("kinds-all", _ALL), choice("kinds-done", _DONE)],
    ]


def _toggle(kind: Kind, *, is_on: bool) -> Choice:
    label = words("kind-on" if is_on else "kind-off", kind=words(f"kind-{kind.value}"))
    return Choice(label, kind.value)
