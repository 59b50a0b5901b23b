"""The networks that the options name; the libraries of the others are not even loaded.

A bot for the browser alone starts a second sooner for it, and is a quarter smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.messages import Platform, RoomRef
from bot.introductions import introductions
from bot.ports.clock import Clock
from bot.ports.mailer import Mailer
from bot.ports.media import MediaStore
from bot.ports.secrets import Secret
from bot.ports.store import Store
from bot.settings.loading import Installation
from bot.settings.mail import SHAPE, read_smtp_url
from bot.texts import Texts

if TYPE_CHECKING:
    from bot.bridges.matrix.client import MatrixBridge
    from bot.bridges.telegram.client import TelegramBridge


def telegram(
    installation: Installation, *, store: Store, media: MediaStore, texts: Texts, clock: Clock
) -> "TelegramBridge | None":
    """Make the bridge to Telegram, if there is a token for it."""
    options = installation.options.telegram
    if options.token is None:
        return None
    from bot.bridges.telegram.wiring import make_bridge  # noqa: PLC0415

    return make_bridge(
        options.token.get_secret_value(),
        options,
        clock=clock,
        media=media,
        introductions=tuple(introductions(texts, usual=installation.options.language)),
        unmet=partial(unmet, store, Platform.TELEGRAM),
    )


def matrix(
    installation: Installation, *, media: MediaStore, clock: Clock, secret: Secret
) -> "MatrixBridge | None":
    """Make the bridge to Matrix, if there is an account for it."""
    options = installation.options.matrix
    if options.homeserver is None:
        return None
    from bot.bridges.matrix.account import Credentials  # noqa: PLC0415
    from bot.bridges.matrix.invitations import Welcome  # noqa: PLC0415
    from bot.bridges.matrix.wiring import make_bridge  # noqa: PLC0415

    credentials = Credentials(
        homeserver=options.homeserver,
        user_id=options.user_id,
        password=options.password.get_secret_value() if options.password else None,
        token=options.access_token.get_secret_value() if options.access_token else None,
        device_id=options.device_id,
        may_replace_identity=options.replace_identity,
    )
    return make_bridge(
        credentials,
        data_dir=Path(installation.options.data_dir),
        media=media,
        clock=clock,
        secret=secret,
        welcome=Welcome(rooms=_named_on_matrix(installation), people=options.invited_by),
    )


def _named_on_matrix(installation: Installation) -> frozenset[str]:
    """Return the rooms in which the configuration wants the bot to be."""
    named = [room for group in installation.groups for room in group.rooms]
    for configured in installation.organisations:
        named += configured.organisation.desk_rooms
    return frozenset(room.room_id for room in named if room.platform is Platform.MATRIX)


def mailer(installation: Installation) -> Mailer | None:
    """Make what sends mail, if there is a server for it."""
    options = installation.options.mail
    if options.smtp_url is None or options.from_ is None:
        return None
    from bot.bridges.mail.client import SmtpMailer  # noqa: PLC0415

    server = read_smtp_url(options.smtp_url.get_secret_value())
    return SmtpMailer(server=server, sender=options.from_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, and how to mend it.

    Attributes:
        must_be_mended: It was set, and does not work.
    """

    wrong: str
    fix: str
    must_be_mended: bool = True


async def check_mail(installation: Installation) -> Finding | None:
    """Try the mail server without sending anything; None if all is well."""
    options = installation.options.mail
    if options.smtp_url is None:
        fix = f"set it, as {SHAPE}, and mail.from; without it nobody is verified by mail"
        return Finding(wrong="no server is set", fix=fix, must_be_mended=False)
    if options.from_ is None:
        fix = "set mail.from to the address that mail comes from, as grannbro@example.org"
        return Finding(wrong="there is no sender", fix=fix)
    from bot.bridges.mail.client import SmtpMailer  # noqa: PLC0415
    from bot.bridges.mail.errors import ServerTrouble  # noqa: PLC0415

    server = read_smtp_url(options.smtp_url.get_secret_value())
    try:
        await SmtpMailer(server=server, sender=options.from_).check()
    except ServerTrouble as error:
        return Finding(wrong=f"{error.wrong} ({error.reason})", fix=error.fix)
    return None


async def unmet(store: Store, platform: Platform) -> Sequence[RoomRef]:
    """Return the rooms of which the bot has never been told how it stands there."""
    async with store.read() as uow:
        return await uow.rooms.unmet(platform)
