"""`/revoke`: a role ends at once, everywhere; whoever owns the mailbox can do it, too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.applications import close_questions, tell_person
from bot.conversation import answer, choice, note_to_sender
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.link_codes import read_code
from bot.domain.messages import UserRef
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.people import VERIFIED_ROLES, Person, PersonId
from bot.domain.permissions import Action, Phase, may
from bot.domain.verification import ID_CHARS, MailCode, Stage, Verification
from bot.domain.words import Moment, words
from bot.errors import Unacceptable
from bot.handlers.verification.telling import tell_desk
from bot.ports.features import Context, Feature, is_command
from bot.standings import actor_before

NAME = "revocation"
OWN = frozenset({"me", "mig", "min", "mine"})
MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Role:
    """What is to end: all that somebody has at an organisation."""

    person: PersonId
    organisation: Organisation


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        said = incoming.command.rest.plain.strip()
        alarm = read_code(said) if ":" not in said else None
        raised = await ctx.uow.mail_codes.raised_by(alarm) if alarm else None
        if raised is not None:
            await _raise_alarm(raised, ctx)
        elif said:
            await _end_those_meant(said, ctx)
        else:
            await _list(ctx)


async def _raise_alarm(code: MailCode, ctx: Context) -> None:
    """End what a code was asked for by somebody else than the mailbox's owner.

    Whoever can read the mailbox decides, from whatever account: it is the proof itself.
    """
    organisation = await ctx.uow.organisations.get(code.organisation)
    if organisation is None:
        raise Unacceptable("revoke-unknown")
    about = f"{organisation.id} {code.verification}"
    await ctx.uow.audit.note("role.alarmed", about, by=ctx.sender.id, now=ctx.now)
    await _end(_Role(person=code.person, organisation=organisation), ctx, how="alarm")
    await answer(ctx, NAME, words("revoke-alarm-done", organisation=organisation.name))


async def _end_those_meant(said: str, ctx: Context) -> None:
    meant = await _meant(said, ctx)
    allowed = [role for role in meant if _may_revoke(role, ctx)]
    if not allowed:
        # The same for a role that there is not: nobody learns here who is verified.
        raise Unacceptable("revoke-unknown")
    for role in allowed:
        await _end(role, ctx, how="own" if role.person == ctx.sender.id else "decided")
        await answer(ctx, NAME, words("revoke-done", organisation=role.organisation.name))


async def _meant(said: str, ctx: Context) -> Sequence[_Role]:
    """Return the roles that a code, an account, or the word for oneself means."""
    first = said.split(maxsplit=1)[0]
    if first.casefold() in OWN:
        return await _roles_of(ctx.sender, ctx)
    code = first.lstrip("#").upper()
    if len(code) == ID_CHARS and ":" not in first:
        found = await ctx.uow.verifications.get(code)
        organisation = await ctx.uow.organisations.get(found.organisation) if found else None
        if found is None or organisation is None:
            return []
        return [_Role(person=found.person, organisation=organisation)]
    try:
        account = UserRef.parse(first)
    except ValueError:
        return []
    person = await ctx.uow.people.known(account, ctx.now)
    return await _roles_of(person, ctx) if person else []


async def _roles_of(person: Person, ctx: Context) -> Sequence[_Role]:
    held = {g.organisation or "" for g in person.grants if g.role in VERIFIED_ROLES}
    asked = {v.organisation for v in await ctx.uow.verifications.of_person(person.id)}
    found = [await ctx.uow.organisations.get(slug) for slug in sorted(held | asked)]
    return [_Role(person=person.id, organisation=one) for one in found if one is not None]


def _may_revoke(role: _Role, ctx: Context) -> bool:
    actor = actor_before(role.organisation, ctx, own=role.person == ctx.sender.id)
    return may(actor, Action.REVOKE_ROLE, Phase.ACTIVE)


async def _end(role: _Role, ctx: Context, *, how: str) -> None:
    """End a role in all that is stored; what shows it is written anew."""
    person, organisation, uow = role.person, role.organisation, ctx.uow
    known = await uow.verifications.of_person(person)
    theirs = [found.id for found in known if found.organisation == organisation.id]
    for one in theirs:
        ended = words("approval-ended", id=one, organisation=organisation.name, how="revoked")
        await close_questions(one, ended, uow)
    await uow.mail_codes.void(person, organisation.id)
    was_there = await uow.verifications.revoke(person, organisation.id, ctx.now)
    for holding in ctx.holdings:
        await holding.unbadge(person, organisation.id, ctx.upkeep)
    about = " ".join((organisation.id, *theirs))
    await uow.audit.note("role.revoked", about, by=ctx.sender.id, now=ctx.now)
    if was_there:
        told = words("role-revoked", organisation=organisation.name, how=how)
        await tell_person(person, told, uow=uow, now=ctx.now)
        desk = words(
            "role-desk-revoked",
            organisation=organisation.name,
            how=how,
            id=", ".join(theirs),
            has_id="yes" if theirs else "no",
        )
        await tell_desk(organisation, desk, uow=uow, now=ctx.now)


async def _list(ctx: Context) -> None:
    """Show whose roles the sender may end."""
    found = [v for v in await _granted(ctx) if v.stage is Stage.GRANTED][:MOST_LISTED]
    rows = [[choice("revoke-this", f"ask {v.id}", address=_address(v), id=v.id)] for v in found]
    said = "yes" if rows else "unlisted" if await _may_end_any(ctx) else "no"
    await answer(ctx, NAME, words("revoke-which", any=said), rows=rows)


async def _may_end_any(ctx: Context) -> bool:
    """Whether the sender may end roles that the configuration gives, which bear no code."""
    here = await ctx.uow.organisations.all()
    others = [_Role(person=PersonId(""), organisation=one) for one in here]
    return any(_may_revoke(role, ctx) for role in others)


async def _granted(ctx: Context) -> Sequence[Verification]:
    found: list[Verification] = []
    for organisation in await ctx.uow.organisations.all():
        for one in await ctx.uow.verifications.of_organisation(organisation.id):
            if _may_revoke(_Role(person=one.person, organisation=organisation), ctx):
                found.append(one)  # noqa: PERF401 - what is awaited in between reads worse inside
    return found


def _address(verification: Verification) -> str:
    return str(verification.address) if verification.address else verification.id


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    verb, _, code = action.partition(" ")
    if verb == "ask":
        rows = [[choice("revoke-yes", f"/revoke {code}"), choice("revoke-no", "keep")]]
        found = await ctx.uow.verifications.get(code)
        if found is None:
            raise Unacceptable("revoke-unknown")
        said = words(
            "revoke-sure",
            address=_address(found),
            until=Moment(found.expires_at, with_day=True),
        )
        await ctx.uow.notes.say(note_to_sender(ctx, NAME, said, rows=rows), ctx.private)
    else:
        await ctx.uow.notes.change(replace(note, words=words("revoke-kept"), choices=()))


FEATURE = Feature(
    name=NAME,
    commands=("revoke",),
    accepts=lambda incoming, ctx: is_command(incoming, "revoke") or ctx.has_pressed(NAME),
    handle=_handle,
)
