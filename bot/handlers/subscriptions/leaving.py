"""`/unsubscribe`: following something no more."""

from bot.alert_wishes import as_told, summary_for_sender
from bot.conversation import Rows, answer, choice
from bot.domain.alert_summary import title_words
from bot.domain.followed_keys import followed_key
from bot.domain.subscribe_answers import ALL, kinds_said
from bot.domain.subscriptions import Subscription, WholeArea
from bot.domain.words import Words, under_each_other, words
from bot.handlers.subscriptions.listing import show_list
from bot.handlers.subscriptions.naming import named, own_named
from bot.handlers.subscriptions.questions import NAME, suggest
from bot.ports.features import Context

_SURE = "sure"


async def unsubscribe(name: str, ctx: Context) -> None:
    """End what is named; without a name, show what there is to end."""
    if not name:
        await show_list(ctx)
        return
    verb, _, sure = name.casefold().partition(" ")
    if verb in ALL and sure in {"", _SURE}:
        await _leave_all(ctx, is_sure=bool(sure))
        return
    held = await own_named(name, ctx)
    if held is not None:
        await _leave(held, ctx)
        return
    meant = await named(name, ctx)
    if meant is None:
        await suggest(name, "/unsubscribe", ctx)
        return
    told = await as_told(Subscription(person=ctx.sender.id, followed=meant), ctx)
    await answer(ctx, NAME, words("unsubscribe-was-not", place=title_words(told)))


async def _leave_all(ctx: Context, *, is_sure: bool) -> None:
    """End all of it, once it is sure that all is meant: there is no way back but one by one."""
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    if not own:
        await show_list(ctx)
    elif is_sure:
        await ctx.uow.subscriptions.erase(ctx.sender.id)
        rows: Rows = ((choice("menu-subscribe", "/subscribe"),),)
        await answer(ctx, NAME, words("unsubscribe-all-done"), rows=rows)
    else:
        rows = (
            (choice("unsubscribe-all", f"/unsubscribe all {_SURE}"),),
            (choice("pause-7", "/pause 7d"),),
        )
        said = words("unsubscribe-all-ask", summary=await summary_for_sender(ctx))
        await answer(ctx, NAME, said, rows=rows)


async def _leave(held: Subscription, ctx: Context) -> None:
    await ctx.uow.subscriptions.remove(ctx.sender.id, held.followed)
    place = title_words(await as_told(held, ctx))
    await answer(ctx, NAME, await _said(place, ctx), rows=_undo(held, ctx))


async def _said(place: Words, ctx: Context) -> Words:
    """Say what is left too, if anything is."""
    done = words("unsubscribe-done", place=place)
    if not await ctx.uow.subscriptions.of(ctx.sender.id):
        return done
    return under_each_other([done, await summary_for_sender(ctx)])


def _undo(held: Subscription, ctx: Context) -> Rows:
    """Offer the same again; an area that has left the map can be left, and not followed again."""
    followed = held.followed
    if isinstance(followed, WholeArea) and ctx.areas.get(followed.area) is None:
        return ()
    line = [followed_key(followed), held.at_least.word, *kinds_said(held.kinds)]
    return [[choice("unsubscribe-undo", f"/subscribe {' '.join(line)}")]]
