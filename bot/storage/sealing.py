"""What stands inside sealed fields, as JSON values.

Reading is lenient: a field whose key was destroyed reads as empty, so that what remains of a row
can still be shown, corrected and removed.
"""

from bot.domain.people import Role
from bot.domain.reports import Byline
from bot.domain.richtext import RichText
from bot.domain.richtext_json import Json, from_json, to_json


def text_to_json(text: RichText) -> Json:
    """Write a formatted text."""
    return to_json(text)


def text_from_json(value: Json) -> RichText:
    """Read a formatted text; an unreadable one is empty."""
    return from_json(value) if isinstance(value, list) else RichText()


def byline_to_json(byline: Byline) -> Json:
    """Write under what name somebody is shown."""
    return {
        "alias": byline.alias,
        "name": byline.name,
        "organisation": byline.organisation,
        "role": byline.role.value if byline.role else None,
        "former": byline.is_former,
        "unproved": byline.unproved,
    }


def byline_from_json(value: Json) -> Byline:
    """Read under what name somebody is shown; an unreadable one is nobody's alias."""
    match value:
        case {
            "alias": int(alias),
            "name": name,
            "organisation": organisation,
            "role": role,
            **more,
        }:
            unproved = more.get("unproved")
            return Byline(
                alias=alias,
                name=name if isinstance(name, str) else None,
                organisation=organisation if isinstance(organisation, str) else None,
                role=Role(role) if isinstance(role, str) else None,
                is_former=more.get("former") is True,
                unproved=unproved if isinstance(unproved, str) else None,
            )
        case _:
            return Byline(alias=0)
