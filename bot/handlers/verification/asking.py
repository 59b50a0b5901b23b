"""`/verify`: which organisation, which address, and the code that comes there."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.applications import close_questions
from bot.conversation import answer, choice, note_to_sender
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.mail_addresses import read_address, require_official
from bot.domain.messages import UserRef
from bot.domain.notes import Note
from bot.domain.organisations import Organisation, named
from bot.domain.reports import ID_ALPHABET
from bot.domain.verification import ID_CHARS, MailCode, Stage, Verification, VerificationId
from bot.domain.words import words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.verification.proving import take_code
from bot.ports.features import Context, Feature, is_command
from bot.proofs import HEARD_BY, ask_address, record_of, send_code, tell_that_no_mail_goes

NAME = HEARD_BY
MOST_OFFERED = 12
_CODE = re.compile(r"\d{3}[ -]?\d{3}")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not ctx.can_mail:
        await tell_that_no_mail_goes(ctx)
    elif ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, incoming.sender.user, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        await _verify(incoming.command.rest.plain.strip(), incoming, ctx)


async def _verify(said: str, incoming: IncomingMessage, ctx: Context) -> None:
    if _CODE.fullmatch(said):
        code = await ctx.uow.mail_codes.latest(ctx.sender.id, ctx.now)
        if code is None:
            raise Unacceptable("verify-no-code")
        asked = await _question_for(code, ctx)
        await take_code(code.id, said, incoming.sender, ctx, asked=asked)
        return
    address = next((word for word in said.split() if "@" in word), "")
    name = " ".join(word for word in said.split() if word != address)
    verifying = [o for o in await ctx.uow.organisations.all() if o.mail_domains]
    organisation = _meant(name, address, verifying)
    if organisation is None:
        await _ask_which(name, verifying, ctx)
    elif address:
        await _begin(organisation, address, incoming.sender.user, ctx)
    else:
        await _ask_address(organisation, ctx)


async def _question_for(code: MailCode, ctx: Context) -> Note | None:
    """Return what waits for a code: whoever writes it with the command goes on as well."""
    note = await ctx.uow.notes.awaiting(ctx.sender.id, ctx.now)
    return note if note is not None and note.state.get("code") == code.id else None


def _meant(name: str, address: str, among: Sequence[Organisation]) -> Organisation | None:
    """Return the organisation that is named, or whose domain the address alone tells."""
    if name or not address:
        return named(among, name)
    domain = read_address(address).domain
    having = [o for o in among if domain in o.mail_domains]
    return having[0] if len(having) == 1 else None


async def _ask_which(name: str, among: Sequence[Organisation], ctx: Context) -> None:
    rows = [
        [choice("verify-organisation", f"/verify {o.id}", name=o.name)]
        for o in among[:MOST_OFFERED]
    ]
    said = words(
        "verify-which",
        name=name[:60],
        is_known="no" if name else "unsaid",
        any="yes" if rows else "no",
    )
    await answer(ctx, NAME, said, rows=rows)


async def _ask_address(organisation: Organisation, ctx: Context) -> None:
    """Offer the address that is known, or ask for one."""
    record = await record_of(ctx.sender.id, organisation.id, ctx.uow)
    if record is None or record.address is None:
        await ask_address(organisation.id, ctx)
        return
    said = words(
        "verify-known-address", organisation=organisation.name, address=record.address.masked
    )
    rows = [[choice("verify-send", "send"), choice("verify-other-address", "other")]]
    note = note_to_sender(ctx, NAME, said, rows=rows)
    state = {"verification": record.id, "organisation": organisation.id}
    await ctx.uow.notes.say(replace(note, state=state), ctx.private)


async def _begin(
    organisation: Organisation,
    typed: str,
    user: UserRef,
    ctx: Context,
    *,
    again: str = "",
    why: str = "first",
) -> None:
    address = read_address(typed)
    require_official(address, typed, organisation.mail_domains)
    application = Verification(
        id=await _free_id(ctx),
        person=ctx.sender.id,
        organisation=organisation.id,
        address=address,
        mailbox=await ctx.uow.verifications.mailbox(str(address)),
        expires_at=ctx.now + ctx.lifetimes.application,
    )
    await _apply(application, user, ctx, again=again, why=why)


async def _apply(
    application: Verification,
    user: UserRef,
    ctx: Context,
    *,
    again: str = "",
    why: str = "first",
) -> None:
    if not await send_code(application, ctx, again=again, why=why, is_why_said=True):
        # An earlier one, which may wait for approval, stays as it is.
        return
    await _end_earlier(application, ctx)
    await ctx.uow.verifications.ask(application, user)
    about = f"{application.organisation} {application.id}"
    await ctx.uow.audit.note("verification.asked", about, by=ctx.sender.id, now=ctx.now)


async def _end_earlier(application: Verification, ctx: Context) -> None:
    """Let nobody vouch for an address whose owner has begun anew."""
    organisation = await ctx.uow.organisations.get(application.organisation)
    for own in await ctx.uow.verifications.of_person(application.person):
        is_same = own.organisation == application.organisation
        if organisation is not None and is_same and own.stage is not Stage.GRANTED:
            ended = words("approval-ended", id=own.id, organisation=organisation.name, how="anew")
            await close_questions(own.id, ended, ctx.uow)


async def _free_id(ctx: Context) -> VerificationId:
    while True:
        drawn = "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_CHARS))
        if await ctx.uow.verifications.get(drawn) is None:
            return VerificationId(drawn)


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    """Take an address or a code; the question stays open until it is answered well."""
    said = incoming.text.plain.strip()
    if note.awaits == "code":
        await take_code(str(note.state["code"]), said, incoming.sender, ctx, asked=note)
        return
    organisation = await ctx.uow.organisations.get(str(note.state["organisation"]))
    if organisation is None:
        raise Unacceptable("verify-gone")
    again, why = _purpose_of(note)
    await _begin(organisation, said, incoming.sender.user, ctx, again=again, why=why)
    await _close(note, ctx)


async def _pressed(note: Note, action: str, user: UserRef, ctx: Context) -> None:
    if action == "cancel":
        await ctx.uow.notes.change(
            replace(note, words=words("form-cancelled"), choices=(), awaits=None, state={})
        )
        return
    await _close(note, ctx)
    again, why = _purpose_of(note)
    if action == "other":
        await ask_address(str(note.state["organisation"]), ctx, again=again, why=why)
        return
    found = await ctx.uow.verifications.get(str(note.state.get("verification")))
    if found is None or found.person != ctx.sender.id or found.address is None:
        raise UnknownButton
    if action == "send":
        await _renew(found, user, ctx)
    else:
        await send_code(found, ctx, again=again, why=why)


def _purpose_of(asked: Note) -> tuple[str, str]:
    """Return what a question wants a code for: what is done after it, and why it was asked."""
    return str(asked.state.get("again", "")), str(asked.state.get("why", "first"))


async def _renew(record: Verification, user: UserRef, ctx: Context) -> None:
    """Apply again with the address that is known: a role ends, and its renewal is another."""
    renewal = Verification(
        id=await _free_id(ctx),
        person=record.person,
        organisation=record.organisation,
        address=record.address,
        mailbox=record.mailbox,
        expires_at=ctx.now + ctx.lifetimes.application,
    )
    organisation = await ctx.uow.organisations.get(record.organisation)
    if organisation is None or record.address is None:
        raise UnknownButton
    # The organisation may have given up the domain since.
    require_official(record.address, str(record.address), organisation.mail_domains)
    await _apply(renewal, user, ctx)


async def _close(note: Note, ctx: Context) -> None:
    await ctx.uow.notes.change(replace(note, choices=(), awaits=None, expires_at=ctx.now))


FEATURE = Feature(
    name=NAME,
    commands=("verify",),
    accepts=lambda incoming, ctx: (
        is_command(incoming, "verify") or ctx.has_pressed(NAME) or ctx.is_awaited(NAME)
    ),
    handle=_handle,
)
