"""Asking somebody to show once more that their official mailbox is theirs.

A phone is lent, lost or stolen, and what it is logged in as goes with it. So whatever matters most
(giving roles, reading tips, red to a whole area) begins with one line in its handler:

    if await asks_for_proof(ctx, organisation, again="/approve 7K3MQX"):
        return

Nothing is asked within twelve hours of the last code. Otherwise a code is on its way when this
returns, and whoever answers it gets a button that does `again` for them: writes a command, or
presses what waits on another note; or so many mails go out just now that they have been told when
to try again.
"""

from dataclasses import replace
from datetime import datetime

from bot.conversation import answer, choice, note_to_sender
from bot.domain.mail_caps import FullCap
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.people import Person, PersonId, speaks_for
from bot.domain.verification import CODE_WORKS_FOR, Stage, Verification
from bot.domain.words import Moment, words
from bot.errors import Unacceptable
from bot.mail_caps import full_cap, tell_of_full_cap
from bot.ports.features import Context
from bot.ports.store import UnitOfWork

HEARD_BY = "verification"
"""The feature to which codes and addresses are answered."""


async def needs_fresh_proof(
    person: Person, organisation: str, *, uow: UnitOfWork, now: datetime
) -> bool:
    """Whether a person has to answer a mail before what matters most for an organisation.

    Who has no mailbox there and does not speak for it, as coordinators, has nothing to show.
    """
    record = await record_of(person.id, organisation, uow)
    if record is None:
        return speaks_for(person, organisation, now)
    return not record.is_fresh(now)


async def is_to_prove(ctx: Context, organisation: str) -> bool:
    """Whether the sender has to answer a mail now, and can be sent one."""
    found = await ctx.uow.organisations.get(organisation)
    if found is None or not can_ask(found, ctx):
        return False
    return await needs_fresh_proof(ctx.sender, organisation, uow=ctx.uow, now=ctx.now)


async def asks_for_proof(
    ctx: Context, organisation: str, *, again: str, why: str = "again"
) -> bool:
    """Ask the sender for a code by mail if it is time to; whether that was done.

    Args:
        ctx: Whom.
        organisation: For which they are about to act.
        again: What does it, once the mailbox was shown to be theirs: a command, or `press_on` the
            button of a note that waits.
        why: What the question says first: `again`, or `badge` of red words that are out already.

    Raises:
        Unacceptable: So many mails have gone there that no more do for a while.
    """
    if not await is_to_prove(ctx, organisation):
        return False
    record = await record_of(ctx.sender.id, organisation, ctx.uow)
    if record is not None and record.address is not None:
        await send_code(record, ctx, again=again, why=why)
    else:
        await ask_address(organisation, ctx, again=again, why=why)
    return True


def can_ask(organisation: Organisation, ctx: Context) -> bool:
    """Whether people of an organisation can be asked for a code.

    Where they can't, nobody got a role by mail: the configuration vouches.
    """
    return ctx.can_mail and bool(organisation.mail_domains)


async def is_anybody_fresh(organisation: str, uow: UnitOfWork, now: datetime) -> bool:
    """Whether one of those who speak for an organisation has shown lately who they are."""
    proved = await uow.verifications.of_organisation(organisation)
    fresh = {v.person for v in proved if v.stage is not Stage.ASKED and v.is_fresh(now)}
    return not fresh.isdisjoint(await uow.verifications.speakers(organisation, now))


async def record_of(person: PersonId, organisation: str, uow: UnitOfWork) -> Verification | None:
    """Return what a person has proved there: for a role before what still waits for one."""
    found = await uow.verifications.of_person(person)
    proved = (v for v in found if v.organisation == organisation and v.stage is not Stage.ASKED)
    return next(proved, None)


async def send_code(
    verification: Verification,
    ctx: Context,
    *,
    again: str = "",
    why: str = "first",
    is_why_said: bool = False,
) -> bool:
    """Send a code to a mailbox, and wait for it in the private chat.

    Args:
        verification: What the code is to prove.
        ctx: Whom.
        again: As for `asks_for_proof`.
        why: The same; whoever asks for another code reads it again.
        is_why_said: They have just read it, and are not told twice.

    Returns:
        Whether one is on its way. If not, so many have gone out to all that none does for a
        while, and the sender knows.

    Raises:
        Unacceptable: So many mails have gone there that no more do for a while.
    """
    organisation = await ctx.uow.organisations.get(verification.organisation)
    if verification.address is None or organisation is None:
        raise Unacceptable("verify-gone")
    sent = await ctx.uow.mail_codes.sent(ctx.sender.id, verification.mailbox, ctx.now)
    if sent.is_enough(is_own=await _has_proved(verification, ctx)):
        raise Unacceptable("verify-too-many")
    is_official = speaks_for(ctx.sender, organisation.id, ctx.now)
    full = await full_cap(organisation, ctx, is_official=is_official)
    if full is not None:
        # Not raised: that would undo what coordinators are told.
        await tell_of_full_cap(full, organisation, ctx)
        await _put_off(full, verification, organisation, ctx, again=again, why=why)
        return False
    code = await ctx.uow.mail_codes.issue(verification, ctx.now, to_official=is_official)
    said = words(
        "verify-code-sent",
        address=verification.address.masked,
        organisation=organisation.name,
        minutes=int(CODE_WORKS_FOR.total_seconds()) // 60,
        why="first" if is_why_said else why,
    )
    rows = [
        [choice("verify-resend", "resend"), choice("verify-other-address", "other")],
        [choice("verify-cancel", "cancel")],
    ]
    note = replace(
        note_to_sender(ctx, HEARD_BY, said, rows=rows),
        awaits="code",
        state={
            "code": code.id,
            "verification": verification.id,
            "organisation": organisation.id,
            "again": again,
            "why": why,
        },
        expires_at=code.expires_at,
    )
    await _ask(note, ctx)
    return True


async def _put_off(
    full: FullCap,
    verification: Verification,
    organisation: Organisation,
    ctx: Context,
    *,
    again: str,
    why: str,
) -> None:
    """Say when the next mail may go, with a button that asks for it."""
    said = words(
        "verify-full",
        cap=full.cap.value,
        organisation=organisation.name,
        time=Moment(full.until_minute),
    )
    is_stored = await ctx.uow.verifications.get(verification.id) is not None
    # What was never stored begins anew: with its address if something waits for the code.
    anew = "other" if again or why != "first" else f"/verify {organisation.id}"
    action = "resend" if is_stored else anew
    note = note_to_sender(ctx, HEARD_BY, said, rows=[[choice("verify-try-again", action)]])
    state = {
        "verification": verification.id,
        "organisation": organisation.id,
        "again": again,
        "why": why,
    }
    await ctx.uow.notes.say(replace(note, state=state), ctx.private)


async def _has_proved(verification: Verification, ctx: Context) -> bool:
    """Whether the sender has shown before that a mailbox is theirs."""
    found = await ctx.uow.verifications.of_person(ctx.sender.id)
    proved = {v.mailbox for v in found if v.stage is not Stage.ASKED}
    return verification.mailbox in proved


async def ask_address(
    organisation: str, ctx: Context, *, again: str = "", why: str = "first"
) -> None:
    """Ask for somebody's official address."""
    found = await ctx.uow.organisations.get(organisation)
    if found is None or not found.mail_domains:
        raise Unacceptable("verify-gone")
    said = words(
        "verify-ask-address",
        organisation=found.name,
        domain=found.mail_domains[0],
        why=why,
    )
    note = replace(
        note_to_sender(ctx, HEARD_BY, said, rows=[[choice("verify-cancel", "cancel")]]),
        awaits="address",
        state={"organisation": organisation, "again": again, "why": why},
        expires_at=ctx.now + 2 * CODE_WORKS_FOR,
    )
    await _ask(note, ctx)


async def _ask(note: Note, ctx: Context) -> None:
    """Wait for one answer at a time: an address is no answer to a question about another."""
    before = await ctx.uow.notes.awaiting(ctx.sender.id, ctx.now)
    if before is not None and before.feature == HEARD_BY:
        ended = replace(before, choices=(), awaits=None, expires_at=ctx.now)
        await ctx.uow.notes.change(ended)
    await ctx.uow.notes.say(note, ctx.private)


async def tell_that_no_mail_goes(ctx: Context) -> None:
    """Say that this installation can't prove who somebody is, and who still can help."""
    await answer(ctx, HEARD_BY, words("verify-no-mail"))
