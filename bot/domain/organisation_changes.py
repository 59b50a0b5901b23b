"""What coordinators change of an organisation, one thing at a time."""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from bot.domain.areas import AreaId
from bot.domain.mail_addresses import normal_domain
from bot.domain.opening_hours import read_opening_hours
from bot.domain.organisation_drafts import MAX_NAME_CHARS
from bot.domain.organisations import Organisation
from bot.errors import Unacceptable

MAX_ASK_CHARS = 200
NOTHING = frozenset({"-", "none", "nothing", "off", "ingen", "inga", "inget", "av"})
_PHONE = re.compile(r"\+?\d[\d ()/-]{1,30}")


class Field(StrEnum):
    """One thing that can be changed."""

    NAME = "name"
    DOMAIN = "domain"
    AREA = "area"
    PHONE = "phone"
    HOURS = "hours"
    ASK = "ask"


FIELDS: Mapping[str, Field] = {
    **{field.value: field for field in Field},
    "namn": Field.NAME, "domän": Field.DOMAIN, "doman": Field.DOMAIN, "område": Field.AREA,
    "omrade": Field.AREA, "telefon": Field.PHONE, "tider": Field.HOURS, "öppet": Field.HOURS,
    "fråga": Field.ASK, "fraga": Field.ASK,
}  # fmt: skip
"""As they are written after `/organisation`."""


def with_words(
    organisation: Organisation, field: Field, said: str, *, language: str
) -> Organisation:
    """Return it with what was said of one thing; a domain that is there already is taken out.

    Raises:
        Unacceptable: That can't be used, and why.
    """
    text = "" if said.casefold() in NOTHING else " ".join(said.split())
    match field:
        case Field.NAME:
            return replace(organisation, name=fitting_name(text))
        case Field.DOMAIN:
            return _with_domain(organisation, text)
        case Field.PHONE:
            if text and not _PHONE.fullmatch(text):
                raise Unacceptable("organisation-phone-unfit")
            return replace(organisation, phone=text)
        case Field.HOURS:
            return _with_hours(organisation, text)
        case Field.ASK:
            return _with_ask(organisation, text, language)
        case Field.AREA:
            raise ValueError("an area is looked up on the map")


def with_area(organisation: Organisation, area: AreaId) -> Organisation:
    """Return it with an area more, or without it if it was there.

    Raises:
        Unacceptable: It was the last, and without any it would look after everything.
    """
    areas = organisation.areas ^ {area}
    if not areas:
        raise Unacceptable("organisation-area-last")
    return replace(organisation, areas=areas)


def fitting_name(text: str) -> str:
    """Let pass a name.

    Raises:
        Unacceptable: There is none, or it is too long.
    """
    if not text or len(text) > MAX_NAME_CHARS:
        raise Unacceptable("organisation-name-unfit", most=MAX_NAME_CHARS)
    return text


def fitting_domain(text: str) -> str:
    """Let pass a mail domain that is an organisation's own.

    Raises:
        Unacceptable: It is none, or anybody gets an address there.
    """
    try:
        return normal_domain(text)
    except ValueError as error:
        raise Unacceptable("organisation-domain-unfit") from error


def _with_domain(organisation: Organisation, text: str) -> Organisation:
    domain = fitting_domain(text)
    others = tuple(one for one in organisation.mail_domains if one != domain)
    is_there = len(others) < len(organisation.mail_domains)
    return replace(organisation, mail_domains=others if is_there else (*others, domain))


def _with_hours(organisation: Organisation, text: str) -> Organisation:
    try:
        return replace(organisation, hours=read_opening_hours(text) if text else ())
    except ValueError as error:
        raise Unacceptable("organisation-hours-unfit") from error


def _with_ask(organisation: Organisation, text: str, language: str) -> Organisation:
    if len(text) > MAX_ASK_CHARS:
        raise Unacceptable("report-too-long", length=len(text), most=MAX_ASK_CHARS)
    asks = {key: value for key, value in organisation.asks.items() if key != language}
    return replace(organisation, asks={**asks, language: text} if text else asks)
