"""`/subscriptions`: all that somebody follows, with what can be changed."""

from collections.abc import Iterator, Sequence

from bot.alert_wishes import as_told, summary_for_sender
from bot.conversation import Rows, answer, choice
from bot.domain.alert_summary import title_words, what_words
from bot.domain.followed_keys import followed_key
from bot.domain.notes import Choice
from bot.domain.subscriptions import Subscription, change_choices
from bot.domain.words import Words, under_each_other, words
from bot.handlers.subscriptions.questions import NAME
from bot.ports.features import Context

SHOWN_AT_MOST = 8
"""On a page: each takes a line and two buttons, of which a message has room for few."""
_WHEN: Rows = (
    (
        choice("menu-quiet", "/quiet"),
        choice("menu-digest", "/digest"),
        choice("menu-pause", "/pause"),
    ),
)


async def show_list(ctx: Context, *, page: int = 1) -> None:
    """Say it in a sentence, and if it is more than one thing each by itself too, page by page."""
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    summary = await summary_for_sender(ctx)
    if not own:
        rows: Rows = ((choice("menu-subscribe", "/subscribe"),), *_WHEN)
        await answer(ctx, NAME, summary, rows=rows)
        return
    page = min(max(page, 1), -(-len(own) // SHOWN_AT_MOST))
    shown = own[(page - 1) * SHOWN_AT_MOST : page * SHOWN_AT_MOST]
    lines = [await _line(one, ctx) for one in shown] if len(own) > 1 else []
    said = words("subscriptions-list", summary=summary, lines=under_each_other(lines))
    rows = [
        *[await _buttons(one, ctx) for one in shown],
        *_turns(page, len(own)),
        [choice("subscriptions-more", "/subscribe")],
        *_WHEN,
    ]
    await answer(ctx, NAME, said if lines else summary, rows=rows)


async def show_one(held: Subscription, ctx: Context) -> None:
    """Show one with all that can be changed of it."""
    rows = (
        *change_choices(held, followed_key(held.followed)),
        (choice("subscriptions-all", "/subscriptions"),),
    )
    await answer(ctx, NAME, await _line(held, ctx), rows=rows)


def _turns(page: int, number: int) -> Iterator[Sequence[Choice]]:
    """Lead to the pages before and after, if there are any."""
    turns = []
    if page > 1:
        turns.append(choice("areas-before", f"/subscriptions {page - 1}"))
    if page * SHOWN_AT_MOST < number:
        turns.append(choice("areas-after", f"/subscriptions {page + 1}"))
    if turns:
        yield turns


async def _line(one: Subscription, ctx: Context) -> Words:
    told = await as_told(one, ctx)
    return words("subscriptions-line", place=title_words(told), what=what_words(told))


async def _buttons(one: Subscription, ctx: Context) -> Sequence[Choice]:
    name, key = title_words(await as_told(one, ctx)), followed_key(one.followed)
    return [
        Choice(words("subscriptions-change", name=name), f"/subscribe {key} change"),
        Choice(words("subscriptions-stop", name=name), f"/unsubscribe {key}"),
    ]
