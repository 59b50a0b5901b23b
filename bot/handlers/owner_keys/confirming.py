"""`/vouch`: somebody who knows them says that another identity is their own doing.

A word and no button: most apps send emoji in the clear, and a server could make one.
"""

from dataclasses import replace

from bot.conversation import answer, note_to_sender
from bot.domain.copies import PersonRef
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.link_codes import read_code
from bot.domain.owner_keys import OwnerKey, confirming_code
from bot.domain.people import Person
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.words import words
from bot.errors import NotPermitted, Unacceptable
from bot.handlers.owner_keys.asking import ask_no_more
from bot.ports.features import Context, Feature, is_command

NAME = "owner_keys"
COMMAND = "vouch"


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    waiting, owner = await _named(incoming.command.rest.plain, ctx)
    if owner.id == ctx.sender.id or not may(_actor(owner, ctx), Action.VOUCH, Phase.NEW):
        raise NotPermitted("report-may-not-vouch")
    await ask_no_more(waiting, uow=ctx.uow, now=ctx.now)
    await ctx.uow.owner_keys.confirm(waiting.awaited or "", ctx.now)
    await ctx.uow.audit.note("role.vouched", owner.id, by=ctx.sender.id, now=ctx.now)
    await answer(ctx, NAME, words("owner-key-confirmed"))
    told = replace(note_to_sender(ctx, NAME, words("owner-key-in-force")), person=owner.id)
    await ctx.uow.notes.say(told, PersonRef(owner.id))


async def _named(typed: str, ctx: Context) -> tuple[OwnerKey, Person]:
    code = read_code(typed)
    for waiting in await ctx.uow.owner_keys.awaited():
        owner = await ctx.uow.people.get(waiting.person, ctx.now)
        if owner is not None and code == confirming_code(waiting.awaited or ""):
            return waiting, owner
    raise Unacceptable("owner-key-no-such-code")


def _actor(owner: Person, ctx: Context) -> Actor:
    own = ctx.sender.organisations(ctx.now)
    return Actor(
        roles=frozenset(grant.role for grant in ctx.sender.held(ctx.now)),
        is_colleague=not own.isdisjoint(owner.organisations(ctx.now)),
    )


FEATURE = Feature(
    name=NAME,
    commands=(COMMAND,),
    accepts=lambda incoming, _ctx: is_command(incoming, COMMAND),
    handle=_handle,
)
