"""Bringing what the config folder says into the database, at each start."""

from datetime import datetime

from bot.domain.messages import Platform, UserRef
from bot.domain.people import Grant, Role
from bot.domain.web_chat import WebRoom
from bot.ports.store import Store, UnitOfWork
from bot.settings.loading import Installation


async def configure(installation: Installation, store: Store, now: datetime) -> None:
    """Store groups, organisations and the roles given by the configuration; drop what left it."""
    async with store.write() as uow:
        for group in installation.groups:
            await uow.groups.put(group)
        await uow.groups.keep_only([group.id for group in installation.groups])
        for configured in installation.organisations:
            await uow.organisations.put(configured.organisation)
        await uow.organisations.keep_only(
            [configured.organisation.id for configured in installation.organisations]
        )
        await _give_roles(installation, uow, now)
        await _open_web_rooms(installation, uow)


async def _give_roles(installation: Installation, uow: UnitOfWork, now: datetime) -> None:
    # First all go, in the same transaction: whatever the clock says, only what is written stays.
    await uow.people.drop_configured_grants()
    for owner in installation.options.owners:
        await uow.people.grant(UserRef.parse(owner), Grant(role=Role.COORDINATOR), now)
    for configured in installation.organisations:
        organisation = configured.organisation
        badge = Grant(
            role=organisation.role,
            organisation=organisation.id,
            areas=frozenset(organisation.areas),
        )
        for person in configured.people:
            await uow.people.grant(person, badge, now)


async def _open_web_rooms(installation: Installation, uow: UnitOfWork) -> None:
    """Open every room that the configuration names on the web."""
    titles = installation.options.web.rooms
    named = {room: group.name for group in installation.groups for room in group.rooms}
    for configured in installation.organisations:
        organisation = configured.organisation
        named |= dict.fromkeys(organisation.desk_rooms, organisation.name)
    for room, name in named.items():
        if room.platform is Platform.WEB:
            title = titles.get(room.room_id, name)
            await uow.web_chat.put_room(WebRoom(id=room.room_id, title=title))
