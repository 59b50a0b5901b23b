"""`/approve`: the second pair of eyes."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.applications import APPROVAL, close_questions, tell_person
from bot.conversation import answer, choice
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.mail_addresses import is_official
from bot.domain.organisations import Organisation
from bot.domain.people import PersonId, is_lasting
from bot.domain.permissions import Action, Phase, may
from bot.domain.verification import VOTES_FOR_THE_FIRST, Stage, Verification, Vouching
from bot.domain.words import Moment, Words, under_each_other, words
from bot.errors import NotPermitted, Unacceptable
from bot.handlers.verification.telling import tell_desk
from bot.ports.features import Context, Feature, is_command
from bot.proofs import asks_for_proof
from bot.standings import actor_before

MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    application: Verification
    organisation: Organisation
    colleagues: Collection[PersonId]


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        verification = str(ctx.pressed.note.state.get("verification"))
        await _decide(verification, ctx, approves=ctx.pressed.action == "approve")
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        typed = incoming.command.rest.plain.strip().lstrip("#").upper()
        if typed:
            await _decide(typed, ctx, approves=True)
        else:
            await _list(ctx)


async def _decide(verification: str, ctx: Context, *, approves: bool) -> None:
    matter = await _matter(verification, ctx)
    if matter.application.person == ctx.sender.id:
        raise Unacceptable("approval-not-yourself")
    vouching = Vouching(
        application=matter.application,
        voucher=ctx.sender.id,
        own_mailboxes=await _mailboxes(ctx.sender.id, ctx),
        colleagues=matter.colleagues,
    )
    if vouching.is_self:
        raise Unacceptable("approval-same-mailbox")
    if not _may_vouch(matter, ctx):
        raise NotPermitted(f"report-may-not-{_action(matter).value.replace('_', '-')}")
    if not approves:
        await _refuse(matter, ctx)
    elif await asks_for_proof(ctx, matter.organisation.id, again=f"/approve {verification}"):
        return
    elif vouching.is_for_the_first:
        await _count(matter, vouching.own_mailboxes, ctx)
    else:
        await ctx.uow.verifications.approve(matter.application.id, ctx.sender.id, ctx.now)
        await _grant(matter, ctx)


async def _matter(verification: str, ctx: Context) -> _Matter:
    """Return what is to be decided.

    Raises:
        Unacceptable: It is decided, taken back, or too old.
    """
    found = await ctx.uow.verifications.get(verification)
    organisation = await ctx.uow.organisations.get(found.organisation) if found else None
    if found is None or organisation is None or not await _is_open(found, ctx):
        raise Unacceptable("approval-gone")
    if not is_official(found.address, organisation.mail_domains):
        # The organisation may have given up the domain since.
        raise Unacceptable("approval-gone")
    colleagues = await ctx.uow.verifications.colleagues(found, ctx.now)
    return _Matter(application=found, organisation=organisation, colleagues=colleagues)


async def _is_open(found: Verification, ctx: Context) -> bool:
    """Whether it waits for approval; what the configuration gives needs none."""
    person = await ctx.uow.people.get(found.person, ctx.now)
    waits = found.is_application(ctx.now, ctx.lifetimes.application)
    return waits and person is not None and not is_lasting(person, found.organisation)


def _may_vouch(matter: _Matter, ctx: Context) -> bool:
    return may(actor_before(matter.organisation, ctx), _action(matter), Phase.NEW)


def _action(matter: _Matter) -> Action:
    return Action.APPROVE_ROLE if matter.colleagues else Action.APPROVE_FIRST_ROLE


async def _mailboxes(person: PersonId, ctx: Context) -> frozenset[str]:
    found = await ctx.uow.verifications.of_person(person)
    return frozenset(v.mailbox for v in found if v.stage is not Stage.ASKED)


async def _count(matter: _Matter, mailboxes: Collection[str], ctx: Context) -> None:
    """Count a coordinator's yes; two of one human are one, and who is none any more is none."""
    application = matter.application
    voters = await ctx.uow.verifications.vote(application.id, ctx.sender.id, ctx.now)
    agreed, seen = 1, {application.mailbox, *mailboxes}
    for voter in voters:
        person = await ctx.uow.people.get(voter, ctx.now)
        others = await _mailboxes(voter, ctx)
        if person is None or voter == ctx.sender.id or not seen.isdisjoint(others):
            continue
        actor = actor_before(matter.organisation, ctx, person=person)
        if may(actor, Action.APPROVE_FIRST_ROLE, Phase.NEW):
            agreed, seen = agreed + 1, seen | others
    about = f"{matter.organisation.id} {application.id}"
    await ctx.uow.audit.note("verification.vouched", about, by=ctx.sender.id, now=ctx.now)
    if agreed >= VOTES_FOR_THE_FIRST:
        await _grant(matter, ctx)
    else:
        await answer(ctx, APPROVAL, words("approval-one-more", id=application.id))


async def _grant(matter: _Matter, ctx: Context) -> None:
    application, organisation = matter.application, matter.organisation
    before = await ctx.uow.verifications.of_person(application.person)
    is_renewal = any(
        v.stage is Stage.GRANTED and v.organisation == organisation.id for v in before
    )
    granted = replace(
        application,
        stage=Stage.GRANTED,
        expires_at=ctx.now + ctx.lifetimes.verified_role,
        reminded_days=None,
    )
    await ctx.uow.verifications.grant(granted, organisation, ctx.now)
    verb = "role.renewed" if is_renewal else "role.granted"
    about = f"{organisation.id} {application.id}"
    await ctx.uow.audit.note(verb, about, by=ctx.sender.id, now=ctx.now)
    said = words(
        "role-granted",
        organisation=organisation.name,
        until=Moment(granted.expires_at, with_day=True),
        id=granted.id,
    )
    await tell_person(granted.person, said, uow=ctx.uow, now=ctx.now)
    await _tell_how_it_ended(matter, ctx, how="granted")


async def _refuse(matter: _Matter, ctx: Context) -> None:
    application, organisation = matter.application, matter.organisation
    await ctx.uow.verifications.end(application.id)
    about = f"{organisation.id} {application.id}"
    await ctx.uow.audit.note("role.refused", about, by=ctx.sender.id, now=ctx.now)
    said = words("role-refused", organisation=organisation.name)
    await tell_person(application.person, said, uow=ctx.uow, now=ctx.now)
    await _tell_how_it_ended(matter, ctx, how="refused")


async def _tell_how_it_ended(matter: _Matter, ctx: Context, *, how: str) -> None:
    ended = words(
        "approval-ended", id=matter.application.id, organisation=matter.organisation.name, how=how
    )
    await close_questions(matter.application.id, ended, ctx.uow)
    await tell_desk(matter.organisation, ended, uow=ctx.uow, now=ctx.now)
    await answer(ctx, APPROVAL, ended)


async def _list(ctx: Context) -> None:
    """Show what waits for the sender."""
    waiting: list[_Matter] = []
    for organisation in await ctx.uow.organisations.all():
        for found in await ctx.uow.verifications.of_organisation(organisation.id):
            if found.person == ctx.sender.id or not await _is_open(found, ctx):
                continue
            if not is_official(found.address, organisation.mail_domains):
                continue
            matter = await _matter(found.id, ctx)
            if _may_vouch(matter, ctx):
                waiting.append(matter)
    lines = [_line(matter) for matter in waiting[:MOST_LISTED]]
    rows = [
        [choice("approval-show", f"/approve {m.application.id}", id=m.application.id)]
        for m in waiting[:MOST_LISTED]
    ]
    if lines:
        await answer(
            ctx, APPROVAL, words("approval-list", lines=under_each_other(lines)), rows=rows
        )
    else:
        await answer(ctx, APPROVAL, words("approval-nothing"))


def _line(matter: _Matter) -> Words:
    return words(
        "approval-line",
        id=matter.application.id,
        organisation=matter.organisation.name,
        address=str(matter.application.address),
    )


FEATURE = Feature(
    name=APPROVAL,
    commands=("approve",),
    accepts=lambda incoming, ctx: is_command(incoming, "approve") or ctx.has_pressed(APPROVAL),
    handle=_handle,
)
