"""What is agreed on about the code and its papers, as far as a machine can see it."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from importlinter.cli import lint_imports_command
from pydantic import BaseModel
from typer.main import get_command

from bot.cli import commands
from bot.settings.loading import load_options
from bot.settings.options import PREFIX, Options
from bot.settings.retention import RetentionOptions
from tests.town import ROOT

BOT = sorted((ROOT / "bot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
READ_WHOLE = {path: path.read_text(encoding="utf-8") for path in [*BOT, *TESTS, *PAPERS]}
TREES = {path: ast.parse(READ_WHOLE[path]) for path in [*BOT, *TESTS]}

SAYS_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
REGISTRIES = re.compile(
    r"\b(?:pypi\.(?:org|python)|test\.pypi|(?:files\.)?pythonhosted|registry\.(?:npmjs|yarnpkg)"
    r"|proxy\.golang|crates\.io|conda\.anaconda)\b|--(?:extra-)?index-url[ =]"
)
PROCESSES = "tests/cli/test_processes.py"
FACTS = {
    "at", "attempt", "bug", "button", "effect", "entry", "failures", "fix", "folder", "foothold",
    "in_a_row", "in_doubt", "key", "missing", "now", "number", "platform", "platforms",
    "police_event", "reason", "room",
    "size_bytes", "to", "update_id", "verb", "wait_s", "waiting", "what", "where",
}  # fmt: skip
"""What a line of the log may be about: ids, counts, names of the bot's own things."""
NOT_YET: set[str] = set()
"""Sections that wait for a later version."""


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file with what is called, such as `asyncio.sleep`."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def _callers(pattern: str, paths: list[Path]) -> set[str]:
    """The files that call what fits a pattern."""
    wanted = re.compile(pattern)
    return {_name(path) for path in paths for _, called in _calls(path) if wanted.search(called)}


def _log_calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{_name(path)}:{call.lineno}", call)
        for path in BOT
        for call, called in _calls(path)
        if called.startswith("log.")
    ]


def _committed() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git working copy")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def _options(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        here = (*path, field.alias or name)
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _options(kind, here)
        else:
            yield here


OPTIONS = sorted(_options(Options))
OFFERED = [option for option in OPTIONS if not NOT_YET.intersection(option)]


def test_layers_are_kept():
    """Data flows one way; the contracts stand in pyproject.toml."""
    arguments = ["--no-cache", "--config", str(ROOT / "pyproject.toml")]
    result = CliRunner().invoke(lint_imports_command, arguments)

    assert result.exit_code == 0, result.output


def test_every_file_is_named_after_its_subject():
    """A name that fits everything collects everything."""
    paths = [path.relative_to(ROOT) for path in [*BOT, *TESTS]]

    assert [p for p in paths if SAYS_NOTHING & {*p.parts[:-1], *p.stem.split("_")}] == []


def test_most_files_and_functions_are_short():
    """A long one has a second subject; a long list of columns has not."""
    lines = [len(READ_WHOLE[path].splitlines()) for path in BOT]
    bodies = [
        (node.end_lineno or 0) - node.body[_has_docstring(node)].lineno + 1
        for path in BOT
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and len(node.body) > _has_docstring(node)
    ]

    assert sum(length <= 150 for length in lines) > 0.75 * len(lines)
    assert sum(length <= 250 for length in lines) > 0.9 * len(lines)
    assert sum(length <= 10 for length in bodies) > 0.75 * len(bodies)
    assert sum(length <= 30 for length in bodies) > 0.99 * len(bodies)


def _has_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return ast.get_docstring(node) is not None


def test_time_comes_from_the_clock_alone():
    """Else a test would have to wait; the demo's player looks at a real screen."""
    now = r"\b(datetime\.(now|utcnow|today)|date\.today|time\.(time|sleep|monotonic))$"

    assert _callers(now, BOT) <= {"bot/clock.py"}
    assert _callers(r"^asyncio\.sleep$", BOT) <= {"bot/clock.py", "bot/demo/player.py"}


def test_every_task_has_an_owner():
    """A task that nobody waits for dies unseen: commits and pages are waited for."""
    loose = r"^(asyncio|loop|\w*loop\(\))\.(create_task|ensure_future)$|ensure_future"

    assert _callers(loose, BOT) <= {
        "bot/dispatch/patience.py", "bot/storage/group_writer.py", "bot/web/server.py",
    }  # fmt: skip


def test_platforms_are_told_apart_by_what_they_can_do():
    """A further platform changes its bridge, and nothing that decides."""
    core = [path for path in BOT if path.parts[len(ROOT.parts) + 1] in DECIDES]
    named = {
        _name(path)
        for path in core
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Platform"
    }

    assert len(core) > 50
    assert named == set()


DECIDES = {"conversation.py", "dispatch", "domain", "handlers", "moderation", "outbox", "ports"}


@pytest.mark.parametrize(("where", "call"), [pytest.param(w, c, id=w) for w, c in _log_calls()])
def test_log_holds_facts_and_never_words(where, call):
    """An event is fixed text, and what stands with it is known to hold nothing of people."""
    event = call.args[0]
    said = {keyword.arg for keyword in call.keywords}

    assert len(call.args) == 1
    assert isinstance(event, ast.Constant), "an event is a fixed name"
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", str(event.value))
    assert said <= FACTS, "add it to FACTS if it never holds what a person wrote or is called"


SILENCING = {"bot/logs.py", "bot/bridges/telegram/library.py", "bot/bridges/matrix/library.py"}
"""Where what libraries would say themselves is silenced."""


def test_log_is_the_only_way_out():
    """Tracebacks quote values: the log shows frames, and nobody else prints any."""
    assert _callers(r"^(log|logger)\.exception$|^print$|^traceback\.(print|format)_", BOT) == set()
    assert _callers(r"^logging\.getLogger$", BOT) <= SILENCING


def test_tests_neither_patch_nor_sleep():
    """What was patched is not tested, and a pause is either too long or too short."""
    imported = {
        _name(path)
        for path in TESTS
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest")
    }

    assert imported == set()
    assert _callers(r"\bmock\.|^mocker\.", TESTS) == set()
    assert _callers(r"^time\.sleep$", TESTS) <= {"tests/chaos/killing.py", PROCESSES}


def test_no_committed_file_names_a_package_registry():
    """Packages come from where the machine that installs gets them."""
    named = {
        f"{_name(path)}: {found.group()}"
        for path in _committed()
        if path != Path(__file__).resolve() and path.suffix not in {".png", ".jpg", ".gz"}
        if (found := REGISTRIES.search(path.read_text(encoding="utf-8", errors="ignore")))
    }

    assert named == set()


@pytest.mark.parametrize("option", OFFERED, ids=".".join)
def test_every_option_stands_in_the_example(option):
    """The README says so; what waits for a later version is not offered yet."""
    *section, key = option
    example = (ROOT / "config" / "grannbro.toml").read_text(encoding="utf-8")
    part = example.split(f"[{'.'.join(section)}]")[1] if section else example
    has_line = re.search(rf"^(?:# )?{key} = ", part.split("\n[")[0], re.MULTILINE)

    assert has_line or f"\n[{'.'.join(option)}]" in example


def test_every_commented_line_of_the_example_can_be_used(tmp_path):
    """Whoever takes the sign of a comment away gets what stands there."""
    example = (ROOT / "config" / "grannbro.toml").read_text(encoding="utf-8")
    wanted = re.sub(r"^# (?=\w+ = )", "", example, flags=re.MULTILINE)
    (tmp_path / "grannbro.toml").write_text(wanted, encoding="utf-8")

    assert wanted != example
    assert load_options(tmp_path).database_url == Options.model_fields["database_url"].default


def test_lifetimes_in_the_papers_are_those_of_the_program():
    """docs/privacy.md is what people are promised."""
    paper = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    row = re.compile(
        r"^\| `(\w+_(?:days|hours))` \| (\d+) \| (\d+)[^|]* \| (\d+) \|$", re.MULTILINE
    )
    promised = {name: tuple(map(int, numbers)) for name, *numbers in row.findall(paper)}
    schema = RetentionOptions.model_json_schema()["properties"]

    assert promised == {
        name: (field["default"], field["minimum"], field["maximum"])
        for name, field in schema.items()
    }


def test_lifetimes_of_the_example_are_the_usual_ones():
    """Its commented lines show what holds without them."""
    example = (ROOT / "config" / "grannbro.toml").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^# (\w+_(?:days|hours)) = (\d+)", example, re.MULTILINE))

    assert {k: int(v) for k, v in shown.items()} == RetentionOptions().model_dump()


@pytest.mark.parametrize("paper", PAPERS, ids=_name)
def test_papers_name_only_commands_that_there_are(paper):
    """Somebody will type them."""
    known = _command_names()
    named = re.findall(r"(?:^|[`/\"(])grannbro ((?:[a-z]+ ?)+)", READ_WHOLE[paper], re.MULTILINE)

    assert [said for said in named if not any(f"{said} ".startswith(f"{k} ") for k in known)] == []


@pytest.mark.parametrize("paper", PAPERS, ids=_name)
def test_papers_name_only_variables_and_targets_that_there_are(paper):
    """A slip in a name would cost an operator an evening."""
    variables = {PREFIX + "__".join(option).upper() for option in OPTIONS}
    variables |= {f"{name}_FILE" for name in variables}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+", READ_WHOLE[paper])) <= variables
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", READ_WHOLE[paper], re.MULTILINE)) <= targets


@pytest.mark.parametrize("paper", PAPERS, ids=_name)
def test_links_between_papers_lead_somewhere(paper):
    """Pages and files of our own; the web is not asked."""
    links = re.findall(r"(?<!!)\[[^]]*\]\(([^)#\s]+)[^)]*\)", READ_WHOLE[paper])
    own = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in own if not (paper.parent / link).exists()] == []


def _command_names() -> set[str]:
    """What can stand after `grannbro`."""
    found = set()
    top = get_command(commands)
    for name, command in getattr(top, "commands", {}).items():
        inner = getattr(command, "commands", {})
        found |= {f"{name} {sub}" for sub in inner} if inner else {name}
    return found
