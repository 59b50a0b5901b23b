"""The code that came by mail: right, wrong, or too late."""

import re
from dataclasses import replace

from bot.conversation import Rows, answer, choice
from bot.domain.cleaning import clean_name
from bot.domain.mail_addresses import is_official
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.people import is_lasting
from bot.domain.senders import Sender
from bot.domain.verification import (
    VOTES_FOR_THE_FIRST,
    MailCodeId,
    Stage,
    Tried,
    Verification,
)
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.verification.telling import ask_for_approval, tell_desk
from bot.ports.features import Context
from bot.proofs import HEARD_BY

_DIGITS = 6
_NO_DIGIT = re.compile(r"\D")


async def take_code(
    code_id: str, typed: str, sender: Sender, ctx: Context, *, asked: Note | None = None
) -> None:
    """Take what was typed for a code.

    A wrong one is counted, so it is answered and not raised: that would undo the count.

    Args:
        code_id: Which.
        typed: What was typed.
        sender: Who typed it, as their platform names them.
        ctx: The sender.
        asked: The question that this answers.
    """
    digits = _NO_DIGIT.sub("", typed)
    if len(digits) != _DIGITS:
        raise Unacceptable("verify-code-digits")
    code = await ctx.uow.mail_codes.get(MailCodeId(code_id))
    if code is None or code.person != ctx.sender.id:
        raise Unacceptable("verify-no-code")
    tried = await ctx.uow.mail_codes.try_code(code, digits, ctx.now)
    if tried is Tried.WRONG:
        await answer(ctx, HEARD_BY, words("verify-code-wrong", left=code.tries_left - 1))
        return
    if asked is not None:
        await ctx.uow.notes.change(replace(asked, choices=(), awaits=None, expires_at=ctx.now))
    verification = await ctx.uow.verifications.get(code.verification)
    organisation = await ctx.uow.organisations.get(code.organisation)
    is_over = (
        verification is None
        or organisation is None
        or not is_official(verification.address, organisation.mail_domains)
    )
    if tried is Tried.SPENT or is_over or verification is None or organisation is None:
        rows = [[choice("verify-new-code", f"/verify {code.organisation}")]]
        await answer(ctx, HEARD_BY, words("verify-code-spent"), rows=rows)
        return
    again = str(asked.state.get("again", "")) if asked else ""
    await _proved(verification, organisation, sender, ctx, again=again)


async def _proved(
    before: Verification,
    organisation: Organisation,
    sender: Sender,
    ctx: Context,
    *,
    again: str,
) -> None:
    about = f"{organisation.id} {before.id}"
    await ctx.uow.audit.note("verification.proved", about, by=ctx.sender.id, now=ctx.now)
    proved = replace(before, proved_at=ctx.now)
    rows: Rows = [[choice("proof-go-on", again)]] if again else ()
    if before.stage is not Stage.ASKED:
        await ctx.uow.verifications.save(proved)
        await _badge(organisation, ctx)
        await answer(ctx, HEARD_BY, words("proof-done"), rows=rows)
    elif is_lasting(ctx.sender, organisation.id):
        # The operator vouches already; from now on there is a mailbox to ask, too.
        until = ctx.now + ctx.lifetimes.verified_role
        await ctx.uow.verifications.save(replace(proved, stage=Stage.PROVED, expires_at=until))
        said = words("proof-desk-told", address=str(before.address), name=_name(sender))
        await tell_desk(organisation, said, uow=ctx.uow, now=ctx.now)
        await _badge(organisation, ctx)
        await answer(ctx, HEARD_BY, words("proof-done"), rows=rows)
    else:
        await _announce(replace(proved, stage=Stage.PROVED), organisation, sender, ctx)


async def _badge(organisation: Organisation, ctx: Context) -> None:
    for holding in ctx.holdings:
        await holding.badge(ctx.sender.id, organisation.id, ctx.upkeep)


async def _announce(
    application: Verification, organisation: Organisation, sender: Sender, ctx: Context
) -> None:
    """Ask those who can vouch; whoever renews a role has proved that it is still theirs."""
    await ctx.uow.verifications.save(application)
    for own in await ctx.uow.verifications.of_person(ctx.sender.id):
        if own.stage is Stage.GRANTED and own.mailbox == application.mailbox:
            await ctx.uow.verifications.save(replace(own, proved_at=ctx.now))
    is_first = not await ctx.uow.verifications.colleagues(application, ctx.now)
    asks = words(
        "approval-asks",
        name=_name(sender),
        platform=sender.user.platform.value,
        address=str(application.address),
        organisation=organisation.name,
        id=application.id,
        is_first="yes" if is_first else "no",
        votes=VOTES_FOR_THE_FIRST,
    )
    is_asked = await ask_for_approval(application, organisation, asks, ctx)
    said = words(
        "verify-proved",
        organisation=organisation.name,
        who=("coordinators" if is_first else "colleagues") if is_asked else "nobody",
        days=ctx.lifetimes.application.days,
    )
    await answer(ctx, HEARD_BY, said)


def _name(sender: Sender) -> str:
    """Return how an applicant is called where they asked; a name that looks official is none."""
    return clean_name(sender.name) or "?"
