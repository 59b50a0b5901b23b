"""An area has left the map: its followers are told once, and choose what lies there now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.alert_wishes import changed_words
from bot.conversation import as_rows, choice, new_note_id
from bot.domain.areas import Area, AreaId, AreaMap
from bot.domain.copies import PersonRef
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming
from bot.domain.kinds import Kind
from bot.domain.known_areas import KnownArea, instead_of
from bot.domain.notes import Choice, Note
from bot.domain.people import PersonId
from bot.domain.subscriptions import Subscription, WholeArea
from bot.domain.words import Words, words
from bot.errors import UnknownButton
from bot.ports.features import Context, Feature
from bot.ports.holdings import Chore, Holding, Pace, Upkeep

NAME = "gone_areas"
TELL_AFTER = timedelta(hours=1)
"""A slip in the configuration is mended by then, and nobody need hear of it."""
_STOP, _TAKE = "stop", "take"


async def _handle(_incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is None or ctx.pressed.note is None:
        return
    note = ctx.pressed.note
    verb, _, slug = ctx.pressed.action.partition(" ")
    said = await _take(note, slug, ctx) if verb == _TAKE else await _stop(note, ctx)
    await ctx.uow.notes.change(replace(note, words=said, choices=()))


async def _take(note: Note, slug: str, ctx: Context) -> Words:
    """Follow another area with the same least priority; the old one is let go."""
    area = ctx.areas.get(slug)
    if area is None:
        raise UnknownButton
    gone, there = WholeArea(AreaId(str(note.state["area"]))), WholeArea(area.id)
    own = {one.followed: one for one in await ctx.uow.subscriptions.of(ctx.sender.id)}
    before = own.get(gone, Subscription(person=ctx.sender.id, followed=gone))
    wanted = _of_both(replace(before, followed=there), own.get(there))
    await ctx.uow.subscriptions.put(wanted, ctx.now)
    await ctx.uow.subscriptions.remove(ctx.sender.id, gone)
    return await changed_words(ctx)


def _of_both(wanted: Subscription, there: Subscription | None) -> Subscription:
    """Return what tells of all that either would."""
    if there is None:
        return wanted
    kinds = wanted.kinds | there.kinds if wanted.kinds and there.kinds else frozenset[Kind]()
    return replace(wanted, at_least=min(wanted.at_least, there.at_least), kinds=kinds)


async def _stop(note: Note, ctx: Context) -> Words:
    gone = WholeArea(AreaId(str(note.state["area"])))
    await ctx.uow.subscriptions.remove(ctx.sender.id, gone)
    return words("unsubscribe-done", place=words("just", text=str(note.state["name"])))


async def _untold(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.known_areas.untold(upkeep.now - TELL_AFTER)


async def _tell(area: str, upkeep: Upkeep) -> int:
    """Tell everybody who follows an area; all or none, so that nobody hears it twice."""
    gone = await upkeep.uow.known_areas.get(area)
    if gone is None or upkeep.areas.get(area) is not None:
        return 0
    people = await upkeep.uow.known_areas.followers(area)
    for person in people:
        note = _note(gone, person, upkeep)
        await upkeep.uow.notes.say(note, PersonRef(person), urgency=Urgency.LATER)
    await upkeep.uow.known_areas.note_told(area, upkeep.now)
    return len(people)


def _note(gone: KnownArea, person: PersonId, upkeep: Upkeep) -> Note:
    offered = instead_of(gone, upkeep.areas)
    kept_for = upkeep.lifetimes.gone_area
    return Note(
        id=new_note_id(),
        feature=NAME,
        person=person,
        words=words(
            "area-gone",
            area=gone.name,
            any_there="yes" if offered else "no",
            days=kept_for.days,
        ),
        choices=as_rows([*([_button(one, upkeep.areas)] for one in offered), [_STOP_BUTTON]]),
        state={"area": gone.id, "name": gone.name},
        expires_at=(gone.gone_at or upkeep.now) + kept_for,
        is_silent=True,
    )


_STOP_BUTTON = choice("subscribe-stop", _STOP)


def _button(area: Area, areas: AreaMap) -> Choice:
    return choice("area-button", f"{_TAKE} {area.id}", name=areas.title(area))


async def _old(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.known_areas.past_lifetime(upkeep.now - upkeep.lifetimes.gone_area)


async def _forget(area: str, upkeep: Upkeep) -> int:
    """Let go of an area that nobody has chosen anything for."""
    await upkeep.uow.known_areas.forget(area)
    return 1


FEATURE = Feature(name=NAME, accepts=lambda _incoming, ctx: ctx.has_pressed(NAME), handle=_handle)
HOLDING = Holding(
    name=NAME,
    chores=(
        Chore(name="tell_of_gone_areas", pace=Pace.SOON, find=_untold, do=_tell),
        Chore(name="forget_gone_areas", pace=Pace.SELDOM, find=_old, do=_forget),
    ),
)
