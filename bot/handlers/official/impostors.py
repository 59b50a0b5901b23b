"""Telling moderators, without a sound and once, of a name that is like an authority's."""

from datetime import timedelta

from bot.bylines import byline_said
from bot.conversation import BUTTONS_WORK_FOR, new_note_id
from bot.domain.bylines import shape_of_name
from bot.domain.copies import PersonRef
from bot.domain.effects import Urgency
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.people import PersonId, Role
from bot.domain.reserved_names import imitates_authority
from bot.domain.words import words
from bot.ports.features import Context, Feature

IMPOSTORS = "impostors"
MOST_A_DAY = 3
"""Of one person: whoever plays with names does not fill what moderators read."""
_STEWARDS = frozenset({Role.MODERATOR, Role.COORDINATOR})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    group, sender = ctx.group, incoming.sender
    if group is None or not isinstance(incoming, IncomingMessage):
        return
    warned = await ctx.uow.name_warnings.count_since(ctx.sender.id, ctx.now - timedelta(days=1))
    if warned >= MOST_A_DAY:
        return
    shape = f"{group.id} {shape_of_name(sender.name)}"
    if not await ctx.uow.name_warnings.add(ctx.sender.id, shape, ctx.now):
        return
    byline = await ctx.byline(sender, group=group.id, area=group.area)
    shown_as = await byline_said(byline, ctx.uow)
    # The name itself is not told on: it stands in the room, and is somebody's.
    said = words("impostor-seen", group=group.name, byline=shown_as)
    for steward in await _stewards_of(group, ctx):
        note = Note(
            id=new_note_id(),
            feature=IMPOSTORS,
            person=steward,
            words=said,
            expires_at=ctx.now + BUTTONS_WORK_FOR,
            is_silent=True,
        )
        await ctx.uow.notes.say(note, PersonRef(steward), urgency=Urgency.LATER)


async def _stewards_of(group: Group, ctx: Context) -> list[PersonId]:
    chain = ctx.chain(group.area)
    found = []
    for holder in await ctx.uow.people.holders([role.value for role in _STEWARDS], ctx.now):
        person = await ctx.uow.people.get(holder, ctx.now)
        if person is not None and not _STEWARDS.isdisjoint(person.roles_at(chain, ctx.now)):
            found.append(holder)
    return found


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if ctx.group is None or not isinstance(incoming, IncomingMessage) or incoming.sender.is_chat:
        return False
    is_verified = ctx.sender.badge_at(ctx.chain(ctx.group.area), ctx.now) is not None
    return not is_verified and imitates_authority(incoming.sender.name)


FEATURE = Feature(name=IMPOSTORS, accepts=_accepts, handle=_handle, continues=True)
