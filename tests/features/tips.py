"""What the tests of tips have in common: who is there, and what they do."""

from dataclasses import replace

from bot.bridges.memory import Shown
from bot.domain.messages import RoomRef, UserRef
from bot.domain.organisations import OrganisationId
from bot.domain.people import Role
from bot.settings.organisations import ConfiguredOrganisation
from tests.town import ANNA, AREAS, DESK, TG, Town, police

SECRET = "Kalle på tvåan säljer stulna cyklar"
SECOND_DESK = RoomRef(TG, "-1999")
COUNCIL_DESK = RoomRef(TG, "-1888")
CLERK = UserRef(TG, "50")


def council() -> ConfiguredOrganisation:
    """The municipality, with a desk on Telegram."""
    known = police()
    organisation = replace(
        known.organisation,
        id=OrganisationId("botkyrka"),
        name="Botkyrka kommun",
        role=Role.MUNICIPALITY,
        desk_rooms=(COUNCIL_DESK,),
    )
    return ConfiguredOrganisation(organisation=organisation, people=(CLERK,))


def landlord() -> ConfiguredOrganisation:
    """Somebody without a desk, who looks after another place."""
    known = police()
    organisation = replace(
        known.organisation,
        id=OrganisationId("hyresbostader"),
        name="Stadens hyresbostäder",
        role=Role.LANDLORD,
        areas=frozenset({AREAS.chain("gamla-stan")[0]}),
        desk_rooms=(),
    )
    return ConfiguredOrganisation(organisation=organisation, people=())


def police_with(*desks: RoomRef) -> ConfiguredOrganisation:
    """The police, with these desks."""
    known = police()
    organisation = replace(known.organisation, desk_rooms=desks)
    return replace(known, organisation=organisation)


async def sends_tip(town: Town, user: UserRef = ANNA, text: str = SECRET) -> None:
    """Let somebody send a tip to the police in one line."""
    await town.writes(user, None, f"/tip polisen {text}")
    await town.taps(user, "Skicka till Polisen")
    await town.passes(seconds=5)


def tip_card(town: Town, desk: RoomRef = DESK) -> Shown:
    """The latest tip card in a desk's room."""
    return [s for s in town.in_room(desk) if "Tips T-" in s.text][-1]


def tip_cards(town: Town, desk: RoomRef = DESK) -> list[Shown]:
    """The tip cards in a desk's room, oldest first."""
    return [s for s in town.in_room(desk) if "Tips T-" in s.text]


def rooms_with(town: Town, words: str) -> set[object]:
    """Who sees a message of the bot's with these words: rooms, and people in private."""
    return {s.to for s in town.everything_shown() if words in s.text}
