"""HTML of strangers, cleaned before anything is made of it.

What remains is well formed, holds none but these tags and attributes, and leads nowhere but to
pages, letters and accounts.

Source: Matrix client-server API, m.room.message, "org.matrix.custom.html".
"""

import nh3

from bot.bridges.matrix.profiles import FALLBACK

MAX_TAGS = 5_000
"""More than fit into what people write; what it takes to clean them grows with their square."""
_TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "del", "details", "div", "em", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "s",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_SILENT = {"mx-reply", "script", "style", "head", "title", "template", "noscript", "textarea"}
"""What stands in these is nothing that anybody says."""
_ATTRIBUTES = {
    "*": {FALLBACK},
    "a": {"href"},
    "code": {"class"},
    "img": {"alt", "title"},
    "span": {"data-mx-spoiler"},
}
_SCHEMES = {"http", "https", "ftp", "mailto", "magnet", "matrix"}


class TooManyTags(Exception):
    """It is nothing that a person has written."""


def cleaned(html: str) -> str:
    """Return HTML of which nothing is left but what a message can show.

    Raises:
        TooManyTags: Cleaning it would hold up everybody else.
    """
    if html.count("<") > MAX_TAGS:
        raise TooManyTags
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
