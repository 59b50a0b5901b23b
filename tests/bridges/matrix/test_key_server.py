"""What a homeserver may say when it is asked about keys."""

from collections.abc import AsyncIterator
from pathlib import Path

import nio
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.key_server import must_post
from bot.bridges.matrix.key_upkeep import keep_stock, key_stock
from bot.bridges.matrix.own_device import prepare_device
from bot.bridges.matrix.signing_seeds import SeedsFile
from bot.errors import ConfigError, PermanentFailure, TemporaryFailure
from tests.bridges.matrix.nio_device import SEALER
from tests.servers.matrix.asking import Json

BOT = "@granne:grannar.test"
APPROVE = "https://konto.grannar.test/reset"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
KIND = "signed_curve25519"
OAUTH: Json = {
    "flows": [{"stages": ["m.oauth"]}],
    "params": {"m.oauth": {"url": APPROVE}},
    "session": "1",
}


class Says:
    """A homeserver that gives fixed answers, by the end of the path."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Json]] = {}
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        """Give the answer for a path; an empty object where none is fixed."""
        self.asked.append(request.path)
        fixed = [said for end, said in self.answers.items() if request.path.endswith(end)]
        status, body = fixed[0] if fixed else (200, {})
        return web.json_response(body, status=status)


@pytest.fixture
async def says() -> Says:
    """What the homeserver says."""
    return Says()


@pytest.fixture
async def client(says: Says, tmp_path: Path) -> AsyncIterator[nio.AsyncClient]:
    """The bot's library, with a store, at that homeserver."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", says.answer)
    async with TestServer(app) as server:
        config = nio.AsyncClientConfig(store_sync_tokens=False, encryption_enabled=True)
        found = nio.AsyncClient(
            str(server.make_url("")), BOT, store_path=str(tmp_path), config=config
        )
        found.restore_login(BOT, "GRANNE", "token")
        yield found
        await found.close()
        found.store.database.close()


@pytest.mark.parametrize(
    ("status", "body", "wait_s"),
    [
        pytest.param(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}, 1.5, id="wait"),
        pytest.param(502, {}, None, id="out of order"),
    ],
)
async def test_trouble_that_passes_is_told_as_such(says, client, status, body, wait_s):
    """And for how long, where the homeserver says it."""
    says.answers["keys/query"] = (status, body)

    with pytest.raises(TemporaryFailure) as failure:
        await must_post(client, "keys/query", {})
    assert failure.value.retry_after_s == wait_s


async def test_nobody_there_is_trouble_that_passes(client):
    """Nothing listens on port 1."""
    client.homeserver = "http://127.0.0.1:1"

    with pytest.raises(TemporaryFailure, match="ClientConnectorError"):
        await must_post(client, "keys/query", {})


async def test_refusal_is_told_by_its_code_alone(says, client):
    """A reason could hold somebody's words."""
    says.answers["keys/query"] = (403, {"errcode": "M_FORBIDDEN", "error": "du Anna"})

    with pytest.raises(PermanentFailure, match=r"^keys/query: 403 M_FORBIDDEN$"):
        await must_post(client, "keys/query", {})


async def test_operator_is_sent_to_the_page_that_approves(says, client, tmp_path):
    """Accounts that sign in through a browser have no password to give."""
    own = client.olm.account.identity_keys
    keys = {f"{kind}:GRANNE": own[kind] for kind in ("ed25519", "curve25519")}
    device = {"user_id": BOT, "device_id": "GRANNE", "keys": keys}
    says.answers["keys/query"] = (200, {"device_keys": {BOT: {"GRANNE": device}}})
    says.answers["device_signing/upload"] = (401, OAUTH)

    with pytest.raises(ConfigError, match=APPROVE):
        await prepare_device(
            client, SeedsFile(path=tmp_path / "signing.json", user_id=BOT, sealer=SEALER)
        )
    assert not any(path.endswith("signatures/upload") for path in says.asked)


@pytest.mark.parametrize(
    ("sync", "one_time", "needs_fallback"),
    [
        pytest.param({}, None, False, id="says nothing"),
        pytest.param({"device_one_time_keys_count": {KIND: 0}}, 0, False, id="all gone"),
        pytest.param({"device_one_time_keys_count": {}}, None, False, id="of another kind"),
        pytest.param({"device_unused_fallback_key_types": []}, None, True, id="fallback used"),
        pytest.param({"device_unused_fallback_key_types": [KIND]}, None, False, id="all is there"),
    ],
)
def test_stock_is_read_from_a_sync(sync, one_time, needs_fallback):
    """None left is a number like any other."""
    stock = key_stock(sync)

    assert (stock.one_time, stock.needs_fallback) == (one_time, needs_fallback)


@given(JSON, JSON)
def test_strange_syncs_say_nothing_of_the_stock(counts, unused):
    """A homeserver may be of any make."""
    sync = {"device_one_time_keys_count": {KIND: counts}}
    stock = key_stock(sync | {"device_unused_fallback_key_types": unused})

    assert stock.one_time is None or isinstance(counts, int)
    assert stock.needs_fallback == (isinstance(unused, list) and KIND not in unused)


async def test_full_stock_is_left_alone(says, client):
    """A request after each message that somebody begins would be one too many."""
    client.olm.account.shared = True
    await keep_stock(client, key_stock({"device_one_time_keys_count": {KIND: 26}}))
    assert says.asked == []
    says.answers["keys/upload"] = (200, {"one_time_key_counts": {KIND: 50}})
    await keep_stock(client, key_stock({"device_one_time_keys_count": {KIND: 25}}))

    assert [path.rpartition("/v3/")[2] for path in says.asked] == ["keys/upload"]
    assert client.olm.uploaded_key_count == 50


async def test_refused_keys_are_not_offered_again(says, client):
    """The homeserver has others by the same ids: the next time new ones are made."""
    says.answers["keys/upload"] = (400, {"errcode": "M_UNKNOWN"})
    with pytest.raises(PermanentFailure, match="400 M_UNKNOWN"):
        await keep_stock(client, key_stock({}))

    assert client.olm.account.one_time_keys == {"curve25519": {}}
