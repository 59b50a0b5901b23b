"""Taking back a line whose author has put another file in the place of what it came with."""

import secrets
from dataclasses import replace

from bot.carried_lines import take_back
from bot.domain.cleaning import clean_spoken_as
from bot.domain.incoming import IncomingEdit
from bot.domain.relays import Relay
from bot.domain.reports import Byline
from bot.domain.trails import goes_on
from bot.handlers.relay.bursting import bring
from bot.handlers.relay.quoting import quoted_words
from bot.ports.features import Context


async def carry_anew(relay: Relay, edit: IncomingEdit, byline: Byline, ctx: Context) -> None:
    """Carry a line with its new file as another, and take the old one out of all rooms.

    Of an album all goes: which of its copies shows the file is not known, and it may be one that
    nobody should have sent. Its other files stand in the room where it was written. What was
    written later below the picture goes with it.
    """
    if ctx.group is None:
        return
    album = await ctx.uow.relays.album_of(edit.ref)
    if album is not None and album.id != relay.id:
        await take_back(relay, ctx)
        relay = album
    quote = relay.quote or await quoted_words(edit, relay.reply_to, ctx)
    await take_back(relay, ctx)
    media = ctx.files.take_as_sent()
    line = replace(
        relay,
        id=secrets.token_urlsafe(9),
        byline=byline,
        origin=edit.ref,
        text=edit.text,
        media=media,
        had_media=bool(media),
        quote=quote,
        spoken_as=clean_spoken_as(edit.spoken_as or ""),
        is_edited=True,
        sent_at=ctx.now,
    )
    await ctx.uow.relays.add(line, files=edit.attachments)
    others = [room for room in ctx.group.others(ctx.here) if goes_on(line.trail, room)]
    await bring(line, others, ctx)
