"""`/language`: choosing what the bot speaks."""

from bot.conversation import answer, choice
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.people import LanguageSource
from bot.domain.words import words
from bot.ports.features import Context, Feature, is_command

NAME = "languages"
_NAMES = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en"}


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    wanted = incoming.command.rest.plain.strip().casefold()
    code = ctx.texts.pick(_NAMES.get(wanted, wanted))
    if code is None:
        rows = [
            [choice("language-button", f"/language {language}", code=language)]
            for language in ctx.texts.languages
        ]
        await answer(ctx, NAME, words("language-which"), rows=rows)
        return
    await ctx.uow.people.set_language(ctx.sender.id, code, LanguageSource.CHOSEN)
    await answer(ctx, NAME, words("language-set"))


FEATURE = Feature(
    name=NAME,
    commands=("language",),
    accepts=lambda incoming, _ctx: is_command(incoming, "language"),
    handle=_handle,
)
