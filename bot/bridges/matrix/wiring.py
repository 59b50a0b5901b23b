"""Putting the bridge together."""

import asyncio
from pathlib import Path

from bot.bridges.matrix.account import Credentials, SignIn
from bot.bridges.matrix.api import Api
from bot.bridges.matrix.asking import Asking
from bot.bridges.matrix.client import MatrixBridge
from bot.bridges.matrix.encryption import Encryption
from bot.bridges.matrix.entries import Entries
from bot.bridges.matrix.forgetting import Forgetting
from bot.bridges.matrix.gaps import Gaps
from bot.bridges.matrix.hearing import Hearing
from bot.bridges.matrix.invitations import Invitations, Welcome
from bot.bridges.matrix.known import Known
from bot.bridges.matrix.lateness import Lateness
from bot.bridges.matrix.library import set_up_library
from bot.bridges.matrix.limits import Limits
from bot.bridges.matrix.media import Files
from bot.bridges.matrix.mirrors import Mirrors
from bot.bridges.matrix.noticing import Noticing
from bot.bridges.matrix.outage import Outage
from bot.bridges.matrix.posting import Posting
from bot.bridges.matrix.privates import Privates
from bot.bridges.matrix.sealing import Sealer
from bot.bridges.matrix.standing import Standing
from bot.bridges.matrix.threads import Threads
from bot.bridges.matrix.troubles import Troubles
from bot.bridges.matrix.upgrades import Upgrades
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.secrets import Secret


def make_bridge(
    credentials: Credentials,
    *,
    data_dir: Path,
    media: MediaStore,
    clock: Clock,
    welcome: Welcome,
    secret: Secret,
) -> MatrixBridge:
    """Make the bridge for an account; nothing is opened or asked yet.

    Args:
        credentials: What opens the account.
        data_dir: Where its token and device are kept.
        media: The bot's files.
        clock: Time.
        welcome: Whose invitations are taken.
        secret: What closes the account's token and keys; not asked for before the bridge runs.
    """
    set_up_library()
    sealer = Sealer(secret=secret)
    sign_in = SignIn(credentials=credentials, data_dir=data_dir, sealer=sealer)
    account = sign_in.known()
    api = Api(
        homeserver=credentials.homeserver,
        user_id=account.user_id,
        device_id=account.device_id,
        store=data_dir / "matrix",
    )
    limits, known, asking = Limits(clock=clock), Known(), Asking(api=api)
    outage = Outage(clock=clock)
    threads = Threads(asking=asking)
    encryption = Encryption(
        api=api,
        clock=clock,
        folder=data_dir / "matrix",
        sealer=sealer,
        password=credentials.password,
        may_replace=credentials.may_replace_identity,
    )
    standing = Standing(api=api, encryption=encryption)
    privates = Privates(api=api, limits=limits)
    files = Files(api=api, store=media, limits=limits)
    mirrors = Mirrors(api=api, clock=clock, limits=limits, outage=outage, mark=account.mark)
    invitations = Invitations(
        api=api, clock=clock, limits=limits, privates=privates, welcome=welcome
    )
    noticing = Noticing(
        me=account.user_id,
        known=known,
        privates=privates,
        standing=standing,
        asking=asking,
        gaps=Gaps(api=api, known=known),
        upgrades=Upgrades(asking=asking, invitations=invitations),
        invitations=invitations,
        mirrors=mirrors,
        threads=threads,
    )
    hearing = Hearing(
        api=api,
        sign_in=sign_in,
        clock=clock,
        known=known,
        privates=privates,
        encryption=encryption,
        invitations=invitations,
        noticing=noticing,
        lateness=Lateness(api=api, encryption=encryption, noticing=noticing),
        troubles=Troubles(),
        outage=outage,
        account=account,
        signed_in=asyncio.Event(),
    )
    posting = Posting(
        api=api,
        limits=limits,
        files=files,
        standing=standing,
        encryption=encryption,
        threads=threads,
    )
    return MatrixBridge(
        api=api,
        hearing=hearing,
        posting=posting,
        privates=privates,
        files=files,
        mirrors=mirrors,
        asking=asking,
        entries=Entries(api=api, asking=asking),
        outage=outage,
        encryption=encryption,
        forgetting=Forgetting(clock=clock, privates=privates, encryption=encryption),
    )
