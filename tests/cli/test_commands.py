"""What each command of `grannbro` does, says and ends with."""

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest

from bot.app import WholeApp, make_parts
from bot.cli import commands
from bot.clock import SystemClock
from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.settings.loading import load_installation
from bot.storage.lock import sole_owner
from tests.town import ROOT

pytestmark = pytest.mark.slow

COMMANDS = [
    "run", "demo", "replay", "db", "db upgrade", "deadletters", "deadletters list",
    "deadletters replay", "web", "web invite", "areas", "areas import",
]  # fmt: skip
WEB = ["web", "invite", "kassa-3", "--name", "Kassa 3", "--room"]


def make_app():
    """The bot over the test's data folder."""
    return WholeApp(make_parts(load_installation(ROOT / "config"), SystemClock()))


def bury(payload=b"hemliga ord"):
    """Let an update fail for good."""

    async def do():
        parts = make_app().parts
        await parts.database.open()
        update = RawUpdate(
            platform=Platform.WEB, update_id="u1", lane="web:dm-4711", payload=payload
        )
        async with parts.database.write() as uow:
            await uow.inbox.put(update, parts.clock.now())
        async with parts.database.write() as uow:
            (entry,) = await uow.inbox.waiting(parts.clock.now(), limit=8, busy=())
            await uow.inbox.bury(entry, "RuntimeError")
        await parts.database.close()

    asyncio.run(do())


def signed_in(link):
    """Whom a personal link lets in, by name."""

    async def do():
        app = make_app()
        await app.open()
        account = await app.platform.sign_in(link.rsplit("/", 1)[-1].strip())
        await app.close()
        return account and account.name

    return asyncio.run(do())


def count(data, table):
    """How many rows a table holds."""
    with closing(sqlite3.connect(data / "grannbro.db")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(grannbro, command):
    """With `--help`, also where it is asked for without a configuration."""
    ended = grannbro(*command.split(), "--help")

    assert ended.exit_code == 0
    assert "Usage: " in ended.out


def test_top_shows_every_command(grannbro):
    """So that nobody needs the papers for it."""
    said = grannbro("--help").out

    for command in {command.split()[0] for command in COMMANDS}:
        assert f" {command} " in said


@pytest.mark.parametrize(
    "arguments",
    [["runn"], ["run", "--confg", "x"], ["web", "invite", "kassa-3"], ["replay"], ["db", "dwn"]],
    ids=" ".join,
)
def test_slip_in_a_command_is_refused(grannbro, arguments):
    """With what there is; nothing is done."""
    ended = grannbro(*arguments)

    assert ended.exit_code == 2
    assert "Usage: " in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "command", ["run", "demo", "replay x.json", "db upgrade", "deadletters list", "web invite a"]
)
def test_wrong_configuration_ends_with_one_line(grannbro, tmp_path, command):
    """File, key and fix; no traceback, and the standard output stays clean."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "grannbro.toml").write_text("[web]\nprot = 1\n", encoding="utf-8")
    more = ["--name", "A", "--room", "a"] if command.startswith("web") else []
    ended = grannbro(*command.split(), *more, config=config)

    assert (ended.exit_code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    for part in ("config.wrong", "grannbro.toml", "web.prot", "did you mean port?"):
        assert part in ended.err


def test_folder_that_is_not_there_is_refused(grannbro, tmp_path):
    """Nothing is made in its place."""
    ended = grannbro("run", config=tmp_path / "nowhere")

    assert ended.exit_code == 2
    assert "nowhere" in ended.err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", ["run", "demo", "db upgrade"])
def test_second_process_over_a_data_folder_is_refused(grannbro, data, command):
    """Two would send everything twice; the first goes on."""
    with sole_owner(data) as alone:
        assert alone
        ended = grannbro(*command.split())

    assert ended.exit_code == 3
    assert "data_dir.in_use" in ended.err
    assert "set GRANNBRO_DATA_DIR to another folder" in ended.err


def test_data_folder_that_is_a_file_is_refused(grannbro, tmp_path, monkeypatch):
    """Named, with what to set."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("GRANNBRO_DATA_DIR", str(tmp_path / "file"))
    ended = grannbro("run")

    assert ended.exit_code == 2
    assert "environment (GRANNBRO_DATA_DIR)" in ended.err
    assert "key=data_dir" in ended.err
    assert "Traceback" not in ended.err


def test_database_that_cannot_be_opened_has_its_own_exit_code(grannbro, data):
    """A supervisor may start again after that, but not after a wrong setting."""
    (data / "grannbro.db").write_bytes(b"no database, " * 100)
    ended = grannbro("deadletters", "list")

    assert ended.exit_code == 4
    assert "storage.unavailable" in ended.err
    assert "Traceback" not in ended.err


def test_log_is_json_if_the_configuration_says_so(grannbro, monkeypatch, data):
    """One object a line, for machines that collect it."""
    monkeypatch.setenv("GRANNBRO_LOG__JSON", "true")
    with sole_owner(data):
        ended = grannbro("run")

    line = json.loads(ended.err)
    assert (line["event"], line["level"], line["folder"]) == (
        "data_dir.in_use",
        "error",
        str(data),
    )


def test_crash_shows_no_values():
    """A bug's frames help to mend it; what stood in its variables is somebody's."""
    assert not commands.pretty_exceptions_show_locals


def test_upgrade_makes_the_tables_and_nothing_else(grannbro, data):
    """Groups are stored by a start; run again, it finds nothing to do."""
    (data / "grannbro.db").unlink()
    for _ in range(2):
        ended = grannbro("db", "upgrade")
        assert (ended.exit_code, ended.out) == (0, "The database has this version's shape.\n")

    assert count(data, "groups") == 0


def test_nothing_dead_is_said_so(grannbro):
    """An empty table would leave doubts."""
    assert grannbro("deadletters", "list").out == "Nothing has failed for good.\n"


def test_dead_letters_are_listed_and_put_back(grannbro, data):
    """By id; the list shows what failed and why, and nobody's words."""
    bury()
    listed = grannbro("deadletters", "list").out
    assert "in-1" in listed
    assert "RuntimeError" in listed
    assert "hemliga" not in listed
    assert "4711" not in listed

    ended = grannbro("deadletters", "replay", "in-1")
    assert (ended.exit_code, ended.out.split(".")[0]) == (0, "Put back: 1")
    assert grannbro("deadletters", "list").out == "Nothing has failed for good.\n"


def test_all_dead_letters_are_put_back_without_an_id(grannbro):
    """None is no error: there was nothing to do."""
    bury()

    assert grannbro("deadletters", "replay").out.startswith("Put back: 1.")
    again = grannbro("deadletters", "replay")
    assert (again.exit_code, again.out.split(".")[0]) == (0, "Put back: 0")


@pytest.mark.parametrize("letter", ["in-2", "out-1", "in-", "x"])
def test_dead_letter_that_is_not_there_is_an_error(grannbro, letter):
    """A script would else believe that it worked."""
    bury()
    ended = grannbro("deadletters", "replay", letter)

    assert ended.exit_code == 1
    assert ended.out.startswith(f"Nothing to put back as {letter};")
    assert "in-1" in grannbro("deadletters", "list").out


def test_invitation_is_a_link_that_lets_in(grannbro):
    """The latest one: an earlier one may have got into wrong hands."""
    first = grannbro(*WEB, "butikerna").out
    second = grannbro(*WEB, "butikerna", "--room", "alby-torget", "--language", "en").out

    assert second.startswith("http://127.0.0.1:8080/i/")
    assert signed_in(second) == "Kassa 3"
    assert signed_in(first) is None


def test_invitation_to_a_room_that_is_not_there_is_refused(grannbro, data):
    """And nobody is let in anywhere."""
    ended = grannbro(*WEB, "butikerna", "--room", "butiken")

    assert (ended.exit_code, ended.out) == (2, "")
    assert "there is no such room; name it in groups.toml" in ended.err
    assert count(data, "web_accounts") == 0
