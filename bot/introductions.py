"""Writing how the bot presents itself, in each language it speaks."""

from collections.abc import Iterable, Iterator

from bot.domain.introductions import (
    FOR_ADMINISTRATORS,
    IN_PRIVATE,
    IN_ROOMS,
    SHOWN_AS,
    Introduction,
    Offer,
)
from bot.domain.words import words
from bot.texts import Texts


def introductions(texts: Texts, *, usual: str) -> Iterator[Introduction]:
    """Yield one for everybody, in the usual language, and one for each language.

    Args:
        texts: The bot's sentences.
        usual: The installation's language.
    """
    yield _introduction(texts, usual, shown_to=None)
    for language in texts.languages:
        yield _introduction(texts, language, shown_to=language)


def _introduction(texts: Texts, language: str, *, shown_to: str | None) -> Introduction:
    def offers(names: Iterable[str]) -> tuple[Offer, ...]:
        shown = SHOWN_AS.get(language, {})
        return tuple(
            Offer(
                command=shown.get(name, name),
                says=texts.plain(words(f"command-does-{name}"), language),
            )
            for name in names
        )

    return Introduction(
        language=shown_to,
        about=texts.plain(words("introduction"), language),
        in_short=texts.plain(words("introduction-short"), language),
        in_private=offers(IN_PRIVATE),
        in_rooms=offers(IN_ROOMS),
        for_administrators=offers(FOR_ADMINISTRATORS),
    )
