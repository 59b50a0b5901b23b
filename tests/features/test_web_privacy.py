"""The chat in the browser is our own platform: what it keeps is shown, handed out and erased."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import WholeApp, make_parts
from bot.domain.messages import Platform, RoomRef
from bot.domain.web_chat import WebAccount, WebMessage
from bot.ports.holdings import Pace
from bot.storage.vault import Owner
from tests.pictures import jpeg
from tests.town import IN_ALBYBERGET, FakeClock, alby, installation

SQUARE, HILL = RoomRef(Platform.WEB, "torget"), RoomRef(Platform.WEB, "backen")
YES = "Ja, det är okej"


class Browsers:
    """The bot with its web chat, and two people before their browsers."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        group = alby(rooms=(SQUARE, HILL))
        town = installation(folder, groups=(group,), organisations=())
        self.app = WholeApp(make_parts(town, self.clock))

    async def open(self) -> None:
        await self.app.open()
        await self.invites("anna", "Anna Andersson", "torget")
        await self.invites("bo", "Bo", "torget", "backen")

    async def invites(self, account: str, name: str, *rooms: str) -> str:
        invited = WebAccount(id=account, name=name, language="sv")
        return await self.app.platform.invite(invited, rooms)

    async def writes(self, account: str, room: str, typed: str, **more: object) -> int:
        number = await self.app.platform.write(account, room, typed, **more)  # type: ignore[arg-type]
        await self.settle()
        return number

    async def settle(self) -> None:
        while await self.app.web._offer(self.app.inbox.accept):
            await self.app.inbox.drain()
            for outbox in self.app.outboxes:
                await outbox.drain()

    async def taps(self, account: str, label: str) -> None:
        message, data = next(
            (message, button.data)
            for message in reversed(await self.sees("@" + account))
            for row in message.rows
            for button in row
            if label in button.label
        )
        await self.app.platform.press(account, message.id, data)
        await self.settle()

    async def sees(self, room: str) -> list[WebMessage]:
        return list(await self.app.platform.messages(room))

    async def texts(self, room: str) -> list[str]:
        return [message.text.plain for message in await self.sees(room)]

    async def passes(self, **duration: float) -> None:
        await self.clock.sleep(_seconds(**duration))
        for pace in Pace:
            await self.app.ticks.round(pace)
        await self.settle()

    async def exported(self, account: str) -> tuple[dict[str, object], list[bytes]]:
        await self.writes(account, "@" + account, "/export")
        files = (await self.sees("@" + account))[-1].media
        read = [await self.app.parts.media.read(file.id) or b"" for file in files]
        return json.loads(read[0]), read[1:]

    async def keys(self) -> list[Owner]:
        vault = self.app.parts.database.vault
        return [*await vault.owners("web:"), *await vault.owners("web-account:")]


def _seconds(*, minutes: float = 0, days: float = 0) -> float:
    return minutes * 60 + days * 86_400


@pytest.fixture
async def browsers(folder: Path) -> AsyncIterator[Browsers]:
    """Anna has said yes and written here and there."""
    browsers = Browsers(folder)
    await browsers.open()
    await browsers.writes("anna", "@anna", "/start")
    await browsers.taps("anna", YES)
    await browsers.taps("anna", "Använd min plats")
    await browsers.writes("anna", "@anna", "", position=IN_ALBYBERGET)
    await browsers.writes("anna", "@anna", "min rad till boten")
    await browsers.writes("anna", "torget", "hej alla")
    yield browsers
    await browsers.app.close()


async def test_privacy_speaks_of_the_web_chat(browsers):
    """What stands there is held here."""
    await browsers.writes("anna", "@anna", "/privacy")

    said = (await browsers.texts("@anna"))[-1]
    assert "• 5 rader du skrivit i webbchatten, ditt namn där" in said


async def test_privacy_of_another_platform_does_not(town):
    """It would only puzzle."""
    from tests.town import ANNA

    await town.writes(ANNA, None, "/privacy")
    assert "webbchatten" not in town.last(ANNA)


async def test_export_has_the_account_and_all_it_wrote(browsers):
    """Name, rooms, lines, emoji; the files come with it."""
    photo = await browsers.app.platform.keep_file(jpeg(), name="x.jpg", is_picture=True)
    number = await browsers.writes("anna", "torget", "se här", files=[photo])
    await browsers.app.platform.react("anna", number, "👍", on=True)
    held, files = await browsers.exported("anna")

    (account,) = held["web_chat"]
    assert (account["name"], account["rooms"]) == ("Anna Andersson", ["torget", "@anna"])
    assert [m["text"] for m in account["messages"]][-3:-1] == ["hej alla", "se här"]
    assert "Albyberget" in [m["place"] for m in account["messages"]]
    assert account["reactions"] == [{"message": number, "emoji": "👍"}]
    assert b"\xff\xd8" in [file[:2] for file in files]


async def test_forget_asks_about_the_account_too(browsers):
    """Who confirms knows that the link ends."""
    await browsers.writes("anna", "@anna", "/glom")

    assert "Ditt konto i webbchatten upphör." in (await browsers.texts("@anna"))[-1]


async def test_forget_removes_the_lines_at_once(browsers):
    """In every room, in the talk with the bot, with keys, files and emoji; others' stay."""
    photo = await browsers.app.platform.keep_file(jpeg(), name="x.jpg", is_picture=True)
    await browsers.writes("anna", "torget", "se här", files=[photo])
    number = await browsers.writes("bo", "torget", "hej Anna")
    await browsers.app.platform.react("anna", number, "👍", on=True)
    seen: list[str] = []
    browsers.app.web.changes.listen(seen.append)
    await browsers.writes("anna", "@anna", "/glom")
    await browsers.taps("anna", "Ja, radera allt")

    assert await browsers.texts("torget") == ["hej Anna"]
    assert (await browsers.sees("torget"))[0].reactions == {}
    assert [text for text in await browsers.texts("backen") if "Granne 1" in text] == []
    last = (await browsers.texts("@anna"))[-1]
    assert "Dina 6 rader i webbchatten är borta." in last
    assert await browsers.app.parts.media.read(photo.id) is None


async def test_forget_ends_the_account_after_the_last_word(browsers):
    """Ten minutes later there is no profile, no membership, no key, and the old link is dead."""
    before = await browsers.keys()
    link = await browsers.invites("anna", "Anna Andersson", "torget")
    await browsers.writes("anna", "@anna", "/glom")
    await browsers.taps("anna", "Ja, radera allt")
    assert "Klart. Raderat" in (await browsers.texts("@anna"))[-1]
    await browsers.passes(minutes=11)

    assert await browsers.app.platform.sign_in(link) is None
    assert await browsers.texts("@anna") == []
    assert Owner("web-account:anna") in before
    assert await browsers.keys() == ["web-account:bo"]
    async with browsers.app.parts.database.read() as uow:
        assert await uow.web_accounts.rooms_of("anna") == []
        assert await uow.groups.member_count([SQUARE]) == 1


async def test_who_comes_back_at_once_keeps_the_account(browsers):
    """What was before is gone; what is written after is somebody new's."""
    await browsers.writes("anna", "@anna", "/glom")
    await browsers.taps("anna", "Ja, radera allt")
    await browsers.writes("anna", "torget", "här igen")
    await browsers.passes(minutes=11)

    assert await browsers.texts("torget") == ["här igen"]
    assert await browsers.app.platform.account("anna") is not None


async def test_news_that_the_bot_has_not_heard_is_dropped(browsers):
    """What waits is erased as well; another's waits on."""
    async with browsers.app.parts.database.write() as uow:
        await uow.web_chat.tell(b"{}", browsers.clock.now())
    await browsers.app.platform.write("bo", "torget", "strax")
    await browsers.app.platform.write("anna", "torget", "strax hemligt")
    holding = next(h for h in browsers.app.holdings if h.name == "web")
    async with browsers.app.parts.database.write() as uow:
        anna = await uow.people.by_user(_user("anna"), browsers.clock.now())
        await holding.erase(anna.id, browsers.app.ticks._upkeep(uow))

    async with browsers.app.parts.database.read() as uow:
        waiting = await uow.web_chat.untold(limit=10)
    assert [b"strax" in told.payload for told in waiting] == [False, True]
    assert not any(b"hemligt" in told.payload for told in waiting)


def _user(account: str) -> object:
    from bot.domain.messages import UserRef

    return UserRef(Platform.WEB, account)
