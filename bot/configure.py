"""What the config folder says: whether it can be done, and into the database at each start."""

from collections.abc import Collection, Sequence
from datetime import datetime

import structlog

from bot.applications import take_back, tell_person
from bot.domain.areas import AreaMap
from bot.domain.known_areas import KnownArea, changes_since, known
from bot.domain.mail_addresses import is_official
from bot.domain.messages import Platform, UserRef
from bot.domain.organisations import Organisation
from bot.domain.people import Grant, Role
from bot.domain.verification import HeldRole, LostBadge, Stage, Verification
from bot.domain.web_chat import WebRoom
from bot.domain.words import words
from bot.errors import ConfigError
from bot.ports.store import Store, UnitOfWork
from bot.settings.groups import FILE as GROUPS_FILE
from bot.settings.loading import Installation
from bot.settings.mail import SHAPE
from bot.storage.database import path_of

log = structlog.get_logger("app")


async def configure(installation: Installation, store: Store, now: datetime) -> None:
    """Store groups, organisations and the roles given by the configuration; drop what left it."""
    async with store.write() as uow:
        await _settle_areas(installation.areas, uow, now)
        held = await uow.verifications.held()
        for group in installation.groups:
            await uow.groups.put(group)
        await uow.groups.keep_only([group.id for group in installation.groups])
        for configured in installation.organisations:
            await uow.organisations.put(configured.organisation)
            await uow.verifications.follow(configured.organisation)
        for organisation in await _leaving(installation, uow):
            await _end_roles(organisation, uow, now)
        await uow.organisations.keep_only(
            [configured.organisation.id for configured in installation.organisations]
        )
        await uow.verifications.end_orphans()
        for configured in installation.organisations:
            await _end_unproved(configured.organisation, uow, now)
        await _give_roles(installation, uow, now)
        await _note_lost_badges(held, uow, now)
        await _open_web_rooms(installation, uow)


async def _settle_areas(areas: AreaMap, uow: UnitOfWork, now: datetime) -> None:
    """Let what names an area follow it to its new slug, and note which have left the map."""
    if not len(areas):
        return  # A list that was lost is no reason to tell everybody that their area is gone.
    before = {one.id: one for one in await uow.known_areas.all()}
    changes = changes_since(list(before.values()), areas, now)
    await uow.known_areas.rename(changes.renamed)
    today = [known(area) for area in areas]
    await uow.known_areas.put(one for one in today if before.get(one.id) != one)
    unknown = [
        KnownArea(id=slug, identity=slug, name=slug, gone_at=now)
        for slug in await uow.known_areas.followed_unknown()
    ]
    gone = [*changes.gone, *unknown]
    await uow.known_areas.put(one for one in gone if before.get(one.id) != one)
    news = sum(one.gone_at == now for one in gone)
    if news:
        fix = "bring it back within an hour, or let its followers be told"
        log.warning("areas.gone", number=news, fix=fix)


async def _end_unproved(organisation: Organisation, uow: UnitOfWork, now: datetime) -> None:
    """End what was proved at a mail domain that is the organisation's no more."""
    for found in await uow.verifications.of_organisation(organisation.id):
        if found.address and not is_official(found.address, organisation.mail_domains):
            await _end_role(found, organisation, uow, now)


async def _leaving(installation: Installation, uow: UnitOfWork) -> Sequence[Organisation]:
    """Return the organisations that the configuration named until now."""
    named = {configured.organisation.id for configured in installation.organisations}
    others = [one for one in await uow.organisations.all() if one.id not in named]
    return [one for one in others if not await uow.organisations.is_by_chat(one.id)]


async def _end_roles(organisation: Organisation, uow: UnitOfWork, now: datetime) -> None:
    """End what somebody has proved for an organisation that is no more."""
    for found in await uow.verifications.of_organisation(organisation.id):
        await _end_role(found, organisation, uow, now)
    await uow.audit.note("organisation.removed", organisation.id, by=None, now=now)


async def _end_role(
    found: Verification, organisation: Organisation, uow: UnitOfWork, now: datetime
) -> None:
    """End one way to a role; whoever held it, or waits for it, is told."""
    await take_back(found, organisation, uow=uow, now=now)
    await uow.verifications.end(found.id)
    await uow.mail_codes.void(found.person, organisation.id)
    if found.stage is Stage.GRANTED:
        about = f"{organisation.id} {found.id}"
        await uow.audit.note("role.revoked", about, by=None, now=now)
        said = words("role-revoked", organisation=organisation.name, how="decided")
        await tell_person(found.person, said, uow=uow, now=now)


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
            if await uow.verifications.is_barred(person, organisation.id):
                fix = (
                    "take it out of organisations.toml; a mail code and an approval bring it back"
                )
                log.warning("organisations.revoked", key=organisation.id, fix=fix)
            else:
                await uow.people.grant(person, badge, now)


async def _note_lost_badges(before: Collection[HeldRole], uow: UnitOfWork, now: datetime) -> None:
    """Let what somebody has said be looked at whose role has ended, changed or shrunk."""
    ended = set(before).difference(await uow.verifications.held())
    lost = {LostBadge(role.person, role.organisation) for role in ended}
    await uow.lost_badges.note(sorted(lost), now)


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


def require_possible(installation: Installation, languages: Sequence[str]) -> None:
    """Let pass what this version can do.

    Args:
        installation: What is asked for.
        languages: Those that there are texts in.

    Raises:
        ConfigError: It asks for more, and says where.
    """
    _require_texts(installation, languages)
    _require_matrix(installation)
    _require_mail(installation)
    _require_file(installation)


def _require_texts(installation: Installation, languages: Sequence[str]) -> None:
    if installation.options.language not in languages:
        where = installation.sources.of("language")
        fix = f"use one of {', '.join(languages)}"
        raise ConfigError(where=where, key="language", fix=fix)
    for number, group in enumerate(installation.groups):
        unknown = [language for language in group.languages if language not in languages]
        if unknown:
            where = str(installation.sources.folder / GROUPS_FILE)
            key = f"group.{number} ({group.id}).languages"
            fix = f"there are no texts in {', '.join(unknown)}; use {' or '.join(languages)}"
            raise ConfigError(where=where, key=key, fix=fix)


def _require_matrix(installation: Installation) -> None:
    """Let pass what opens an account, or nothing at all."""
    matrix = installation.options.matrix
    opens = matrix.access_token is not None or (
        matrix.user_id is not None and matrix.password is not None
    )
    if matrix.homeserver is not None and not opens:
        where = installation.sources.of("matrix", "homeserver")
        fix = "set matrix.access_token, too, or matrix.user_id and matrix.password"
        raise ConfigError(where=where, key="matrix.homeserver", fix=fix)
    if matrix.homeserver is None and opens:
        where = installation.sources.of("matrix", "homeserver")
        fix = "set it to the address that clients use, as https://matrix.example.org"
        raise ConfigError(where=where, key="matrix.homeserver", fix=fix)


def _require_mail(installation: Installation) -> None:
    """Let pass what sends mail, or nothing at all."""
    mail = installation.options.mail
    if mail.smtp_url is not None and mail.from_ is None:
        where = installation.sources.of("mail", "from")
        fix = "set the address that mail comes from, as grannbro@example.org"
        raise ConfigError(where=where, key="mail.from", fix=fix)
    if mail.smtp_url is None and mail.from_ is not None:
        where = installation.sources.of("mail", "smtp_url")
        fix = f"set the mail server, as {SHAPE}, or remove mail.from"
        raise ConfigError(where=where, key="mail.smtp_url", fix=fix)


def _require_file(installation: Installation) -> None:
    options = installation.options
    for key, url in (("database_url", options.database_url), ("keys_url", options.keys_address)):
        try:
            path_of(url)
        except ValueError as error:
            where = installation.sources.of(key)
            raise ConfigError(where=where, key=key, fix=str(error)) from error


def tell_who_is_missing(installation: Installation) -> None:
    """Say where nobody is who could be told that something is wrong."""
    options = installation.options
    used = {Platform.TELEGRAM: options.telegram.token, Platform.MATRIX: options.matrix.homeserver}
    for platform, opens in used.items():
        if opens and not any(owner.startswith(f"{platform}:") for owner in options.owners):
            where = installation.sources.of("owners")
            fix = (
                f'add yours as "{platform}:…"; the bot shows it to whoever writes /privacy '
                "(!privacy on Matrix)"
            )
            log.warning("owners.none", platform=platform.value, where=where, fix=fix)


def tell_what_is_missing(installation: Installation) -> None:
    """Say what people will ask for and this installation can't do."""
    wants_mail = any(one.organisation.mail_domains for one in installation.organisations)
    if wants_mail:
        where = installation.sources.of("mail", "smtp_url")
        fix = f"set it, as {SHAPE}, so that people of organisations can be verified"
        log.warning("mail.none", where=where, key="mail.smtp_url", fix=fix)
