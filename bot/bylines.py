"""Saying under what name somebody is shown."""

from bot.domain.bylines import byline_words
from bot.domain.reports import Byline
from bot.domain.words import Words
from bot.ports.store import UnitOfWork


async def byline_said(byline: Byline, uow: UnitOfWork) -> Words:
    """Say a byline, with the organisation behind a badge as it is called now."""
    organisation = None
    if byline.organisation is not None:
        organisation = await uow.organisations.get(byline.organisation)
    return byline_words(byline, organisation=organisation.name if organisation else None)
