"""Texts with a form, as people write them."""

from bot.domain.richtext import RichText, Style, Styled, Text


def bold(text: str) -> RichText:
    """Wrap characters in bold."""
    return RichText((Styled(Style.BOLD, (Text(text),)),)) if text else RichText()
