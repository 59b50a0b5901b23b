"""`/start`, alone or by a link that says what a chat is to begin with."""

from bot.alert_wishes import changed_words
from bot.conversation import Rows, answer, choice
from bot.domain.areas import Area
from bot.domain.consent import Purpose
from bot.domain.groups import Group, GroupId
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.start_links import StartKind, StartLink, read_payload
from bot.domain.subscriptions import Subscription, WholeArea, change_choices
from bot.domain.words import Words, words
from bot.handlers.consent.questions import MENU, NAME, about, asked_for, put_question
from bot.ports.features import Context

_CHOICES: Rows = ((choice("menu-choices", "/consent"),),)
_FOLLOW = "follow"


async def start(incoming: Incoming, ctx: Context) -> None:
    """Begin with what the link says; one that says nothing, or no longer, begins as any other."""
    link = _link_in(incoming, ctx)
    area, group = await _named(link, ctx)
    if area is not None:
        await _with_area(area, ctx)
    elif group is not None:
        await _with_group(group, ctx)
    elif link is not None and link.kind is StartKind.CONSENT:
        await _with_question(Purpose(link.about), ctx)
    else:
        await _plainly(ctx)


async def go_on(note: Note, ctx: Context) -> None:
    """Do what somebody came for, after the yes that it waited for."""
    area = ctx.areas.get(str(note.state.get(_FOLLOW, "")))
    if area is None:
        return
    wanted = Subscription(person=ctx.sender.id, followed=WholeArea(area.id))
    await ctx.uow.subscriptions.put(wanted, ctx.now)
    await answer(ctx, NAME, await changed_words(ctx), rows=change_choices(wanted, area.id))


def _link_in(incoming: Incoming, ctx: Context) -> StartLink | None:
    command = incoming.command if isinstance(incoming, IncomingMessage) else None
    return read_payload(command.rest.plain.strip(), ctx.sign) if command else None


async def _named(link: StartLink | None, ctx: Context) -> tuple[Area | None, Group | None]:
    """Return the area or the group of a link, as long as there is one."""
    match link:
        case StartLink(kind=StartKind.AREA):
            return ctx.areas.get(link.about), None
        case StartLink(kind=StartKind.GROUP):
            return None, await ctx.uow.groups.get(GroupId(link.about))
        case _:
            return None, None


async def _plainly(ctx: Context) -> None:
    if Purpose.REPORTS in ctx.sender.consents:
        await answer(ctx, NAME, words("start-again"), rows=(*MENU, *_CHOICES))
    else:
        await _welcome(
            words("start-welcome", question=asked_for(Purpose.REPORTS, ctx.lifetimes)), ctx
        )


async def _with_area(area: Area, ctx: Context) -> None:
    """Offer to follow it; whoever is new says yes to both at once."""
    if Purpose.REPORTS not in ctx.sender.consents:
        question = asked_for(Purpose.REPORTS, ctx.lifetimes)
        said = words("start-welcome-area", area=area.name, question=question)
        await _welcome(said, ctx, follow=area.id)
        return
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    followed = next((s for s in own if s.area == area.id), None)
    if followed is None:
        rows = (
            (choice("place-subscribe", f"/subscribe {area.id}", name=area.name),),
            (choice("subscribe-red", f"/subscribe {area.id} red"),),
        )
        await answer(ctx, NAME, words("start-area", area=area.name), rows=rows)
    else:
        await answer(ctx, NAME, await changed_words(ctx), rows=change_choices(followed, area.id))


async def _with_group(group: Group, ctx: Context) -> None:
    """Say what it is and who answers for its data, before anything is asked."""
    area = ctx.areas.name(group.area)
    described = words(
        "start-group",
        group=group.name,
        area=area,
        purpose=group.purpose,
        controller=group.controller,
        access=group.access.value,
    )
    if Purpose.REPORTS in ctx.sender.consents:
        rows = ((choice("place-subscribe", f"/subscribe {group.area}", name=area),), *MENU)
        await answer(ctx, NAME, described, rows=rows)
    else:
        question = asked_for(Purpose.REPORTS, ctx.lifetimes)
        await _welcome(words("start-welcome-group", group=described, question=question), ctx)


async def _with_question(purpose: Purpose, ctx: Context) -> None:
    """Ask at once; who has agreed already is greeted as ever."""
    if purpose in ctx.sender.consents:
        await _plainly(ctx)
    else:
        await put_question(asked_for(purpose, ctx.lifetimes), about(purpose, is_urgent=False), ctx)


async def _welcome(said: Words, ctx: Context, *, follow: str = "") -> None:
    state = about(Purpose.REPORTS, is_urgent=False)
    await put_question(said, {**state, _FOLLOW: follow} if follow else state, ctx)
