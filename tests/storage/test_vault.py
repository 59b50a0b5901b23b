"""Sealed fields: closed for whoever has no key, and for ever once the key is destroyed."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.people import Role
from bot.domain.reports import Byline
from bot.domain.richtext import rich
from bot.domain.richtext_json import Json
from bot.domain.web_chat import WebAccount, WebMessage
from bot.storage.database import Database
from bot.storage.sealing import byline_from_json, byline_to_json, text_from_json
from bot.storage.vault import Owner, Vault, person_key, transit_key
from tests.storage.conftest import database_in
from tests.town import FakeClock

ANNA, BO = person_key("anna"), person_key("bo")
FIELD = "reports.content"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def said(now: datetime) -> WebMessage:
    """A line in the web chat."""
    return WebMessage(id=0, room="torget", author=None, text=rich("hej"), sent_at=now)


def update() -> RawUpdate:
    """Something that waits in the inbox."""
    return RawUpdate(platform=Platform.TELEGRAM, update_id="1", lane="a", payload=b"words")


@pytest.fixture
def vault(database: Database) -> Vault:
    """The vault of an installation."""
    return database.vault


async def test_what_is_sealed_opens(vault: Vault) -> None:
    """For its owner and as the same field."""
    sealed = await vault.seal(ANNA, {"text": "Rök ur ett fönster"}, field=FIELD)

    assert await vault.unseal(ANNA, sealed, field=FIELD) == {"text": "Rök ur ett fönster"}
    assert "Rök".encode() not in sealed


async def test_tag_of_a_link_stays_the_same(vault: Vault) -> None:
    """Links stand in print; after a restart they still work."""
    tag = vault.sign("a-albyberget")
    await vault.open()

    assert vault.sign("a-albyberget") == tag
    assert re.fullmatch(r"[A-Za-z0-9_-]{12}", tag)
    assert vault.sign("a-fittja") != tag


@given(value=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_value_opens_as_it_was(value: Json) -> None:
    """Whatever people write."""
    assert Sealing.of(value) == value


class Sealing:
    """One vault for many values: opening a database for each would take all day."""

    runner: asyncio.Runner | None = None
    vault: Vault

    @classmethod
    def of(cls, value: Json) -> Json:
        """Seal and open a value."""
        if cls.runner is None:
            cls.runner = asyncio.Runner()
            cls.runner.run(cls.open())
        return cls.runner.run(cls.there_and_back(value))

    @classmethod
    async def open(cls) -> None:
        """Make the key beforehand."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        cls.vault = Vault(None)  # type: ignore[arg-type]  # it has the key already
        cls.vault._ciphers[ANNA] = AESGCM(AESGCM.generate_key(256))

    @classmethod
    async def there_and_back(cls, value: Json) -> Json:
        """Seal and open."""
        sealed = await cls.vault.seal(ANNA, value, field=FIELD)
        return await cls.vault.unseal(ANNA, sealed, field=FIELD)


async def test_same_words_are_sealed_differently_each_time(vault: Vault) -> None:
    """Nobody sees that two people wrote the same, or one twice."""
    sealed = [await vault.seal(ANNA, "ja", field=FIELD) for _ in range(50)]
    sealed += [await vault.seal(BO, "ja", field=FIELD)]

    assert len(set(sealed)) == 51
    assert len({one[:12] for one in sealed}) == 51


@pytest.mark.parametrize(
    ("owner", "field"), [(ANNA, "notes.content"), (BO, FIELD), (Owner("x"), FIELD), (ANNA, "")]
)
async def test_nothing_opens_as_another_field_or_for_another_owner(
    vault: Vault, owner: Owner, field: str
) -> None:
    """A row that was put elsewhere does not show its words there."""
    sealed = await vault.seal(ANNA, "hemligt", field=FIELD)
    await vault.seal(BO, "annat", field=FIELD)

    assert await vault.unseal(owner, sealed, field=field) is None


@pytest.mark.parametrize("change", ["flip", "cut", "empty", "short"])
async def test_changed_field_does_not_open(vault: Vault, change: str) -> None:
    """What was tampered with, or cut short, reads as empty."""
    sealed = await vault.seal(ANNA, "hemligt", field=FIELD)
    changed = {
        "flip": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "cut": sealed[:-3],
        "empty": b"",
        "short": sealed[:5],
    }[change]

    assert await vault.unseal(ANNA, changed, field=FIELD) is None
    assert await vault.unseal(ANNA, None, field=FIELD) is None


async def test_destroyed_key_never_opens_again(vault: Vault, folder: Path) -> None:
    """Neither now nor after a restart, nor with a key made anew for the same person."""
    sealed = await vault.seal(ANNA, "hemligt", field=FIELD)
    other = await vault.seal(BO, "kvar", field=FIELD)
    file = await vault.seal_bytes(ANNA, b"hemligt")
    await vault.destroy(ANNA)
    assert await vault.unseal(ANNA, sealed, field=FIELD) is None
    assert await vault.unseal_bytes(ANNA, file) is None

    again = await vault.seal(ANNA, "nytt", field=FIELD)
    assert await vault.unseal(ANNA, sealed, field=FIELD) is None
    assert await vault.unseal_bytes(ANNA, file) is None
    assert await vault.unseal(ANNA, again, field=FIELD) == "nytt"
    restarted = database_in(folder, FakeClock())
    await restarted.open()
    assert await restarted.vault.unseal(ANNA, sealed, field=FIELD) is None
    assert await restarted.vault.unseal(BO, other, field=FIELD) == "kvar"
    await restarted.close()


async def test_destroyed_key_does_not_come_back_from_those_who_used_it_meanwhile(
    vault: Vault,
) -> None:
    """Somebody's card is drawn in the moment in which they are erased."""
    sealed = await vault.seal(ANNA, "hemligt", field=FIELD)
    vault._ciphers.clear()
    for _ in range(20):
        await asyncio.gather(
            vault.unseal(ANNA, sealed, field=FIELD),
            vault.destroy(ANNA),
            vault.unseal(ANNA, sealed, field=FIELD),
        )
        assert await vault.unseal(ANNA, sealed, field=FIELD) is None


async def test_key_outlives_a_restart(vault: Vault, folder: Path) -> None:
    """It was on disk before anything could be sealed with it."""
    sealed = await vault.seal(ANNA, "hemligt", field=FIELD)
    restarted = database_in(folder, FakeClock())
    await restarted.open()

    assert await restarted.vault.unseal(ANNA, sealed, field=FIELD) == "hemligt"
    await restarted.close()


async def test_two_who_need_a_new_key_at_once_get_the_same(vault: Vault) -> None:
    """Else one of them could never be opened."""
    sealed = await asyncio.gather(*(vault.seal(ANNA, n, field=FIELD) for n in range(20)))
    vault._ciphers.clear()

    assert [await vault.unseal(ANNA, one, field=FIELD) for one in sealed] == list(range(20))


async def test_lookup_by_account_is_stable_and_tells_nothing(
    vault: Vault, folder: Path, tmp_path: Path
) -> None:
    """The same here for ever, another in every other installation."""
    user = UserRef(Platform.TELEGRAM, "480912345678")
    found = vault.hash_of(user)
    assert found == vault.hash_of(UserRef(Platform.TELEGRAM, "480912345678"))
    assert len(found) == 32
    assert "480912345678" not in found
    assert found != vault.hash_of(UserRef(Platform.MATRIX, "480912345678"))
    assert found != vault.hash_of(UserRef(Platform.TELEGRAM, "480912345679"))

    restarted = database_in(folder, FakeClock())
    await restarted.open()
    assert restarted.vault.hash_of(user) == found
    await restarted.close()
    elsewhere = database_in(tmp_path / "elsewhere", FakeClock())
    await elsewhere.open()
    assert elsewhere.vault.hash_of(user) != found
    await elsewhere.close()


async def test_room_and_account_of_one_name_differ_by_platform(vault: Vault) -> None:
    """A private room is looked up as rooms are."""
    assert vault.hash_of(RoomRef(Platform.WEB, "a")) != vault.hash_of(
        RoomRef(Platform.TELEGRAM, "a")
    )


async def test_few_keys_in_memory_are_enough(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A country's worth of people does not fill the memory with keys."""
    from bot.storage import vault as module

    monkeypatch.setattr(module, "_CACHED", 3)
    owners = [person_key(str(number)) for number in range(8)]
    sealed = [await vault.seal(owner, owner, field=FIELD) for owner in owners]

    assert len(vault._ciphers) <= 3
    for owner, one in zip(owners, sealed, strict=True):
        assert await vault.unseal(owner, one, field=FIELD) == owner


async def test_day_s_keys_are_destroyed_when_nothing_needs_them(database: Database) -> None:
    """Updates that were handled open no more, not even from a backup of yesterday."""
    night = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
    vault = database.vault
    await vault.seal(transit_key(night), "x", field=FIELD)
    await database.destroy_unused(night + timedelta(minutes=30))
    assert await vault.owners("transit:") == ["transit:2026-11-20"], "it may be on its way"

    await database.destroy_unused(night + timedelta(hours=2))
    assert await vault.owners("transit:") == []
    await database.destroy_unused(night + timedelta(hours=2))


@pytest.mark.parametrize("at_once", [1, 2, 3, 1000])
async def test_sweep_destroys_what_is_unused_and_nothing_else(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """However few keys it looks at in one go: of people, days, accounts, messages and files."""
    from bot.storage import database as module

    monkeypatch.setattr(module, "KEYS_AT_ONCE", at_once)
    vault = database.vault
    async with database.write() as uow:
        for number in range(5):
            await uow.people.by_user(UserRef(Platform.TELEGRAM, str(number)), clock.now())
        await uow.web_accounts.put(WebAccount(id="kassa", name="K"), login="k")
        for number in range(3):
            await uow.web_chat.post(said(clock.now()), key=f"k{number}")
        await uow.web_chat.tell(b"{}", clock.now() - timedelta(days=3))
        await uow.inbox.put(update(), clock.now() - timedelta(days=5))
    kept = await vault.owners("")
    for left in ("person:0", "person:zz", "web:0", "web-account:x", "transit:2020-01-01"):
        await vault.seal(Owner(left), 1, field=FIELD)
    await vault.seal(Owner("media:0"), 1, field=FIELD)

    assert await database.destroy_unused(clock.now()) == 5
    assert sorted(await vault.owners("")) == sorted([*kept, "media:0"])


async def test_others_write_while_a_sweep_goes_on(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep that held the database would stop a town of people; and theirs is not taken."""
    from bot.storage import database as module

    monkeypatch.setattr(module, "KEYS_AT_ONCE", 1)
    for number in range(20):
        await database.vault.seal(person_key(str(number)), 1, field=FIELD)
    swept: list[bool] = []
    written_before_its_end = []

    async def sweep() -> None:
        await database.destroy_unused(clock.now())
        swept.append(True)

    async def write() -> None:
        for number in range(5):
            async with database.write() as uow:
                await uow.people.by_user(UserRef(Platform.TELEGRAM, str(number)), clock.now())
            written_before_its_end.append(not swept)

    await asyncio.gather(sweep(), write())

    assert any(written_before_its_end)
    assert len(await database.vault.owners("person:")) == 5


async def test_owners_are_found_by_their_beginning(vault: Vault) -> None:
    """Letter by letter: nothing in a name is a wildcard."""
    for owner in ("transit:1", "transit_2", "person:1"):
        await vault.seal(Owner(owner), 1, field=FIELD)

    assert await vault.owners("transit_") == ["transit_2"]


def test_unreadable_fields_read_as_nobody_s() -> None:
    """What remains of a row can still be shown, corrected and removed."""
    byline = Byline(alias=3, name="Anna", organisation="polisen", role=Role.POLICE)

    assert byline_from_json(byline_to_json(byline)) == byline
    assert byline_from_json(byline_to_json(Byline(alias=4))) == Byline(alias=4)
    assert byline_from_json(None) == Byline(alias=0)
    assert not text_from_json(None)
