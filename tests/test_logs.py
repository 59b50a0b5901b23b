"""The log: facts for the operator, and nobody's words."""

import json
import logging

import pytest
import structlog

from bot.logs import set_up_logs

log = structlog.get_logger("test")


@pytest.fixture(autouse=True)
def _as_before():
    """Leave no trace in other tests' logs."""
    handlers = list(logging.root.handlers)
    yield
    logging.root.handlers[:] = handlers
    structlog.reset_defaults()


def burst(words: str) -> None:
    """Fail as code does that has somebody's words at hand."""
    raise ValueError(f"can't read {words}")


def test_error_shows_its_place_and_not_its_message(capsys):
    """A message may quote what somebody wrote."""
    set_up_logs(level="info", json_lines=True)
    try:
        burst("hemliga ord")
    except ValueError as error:
        log.error("test.bug", bug=error)  # noqa: TRY400 - that is what is tested
    said = capsys.readouterr().err

    line = json.loads(said)
    assert (line["event"], line["error"], line["level"]) == ("test.bug", "ValueError", "error")
    assert line["at"].startswith("test_logs.py:") or "/test_logs.py:" in line["at"]
    assert "hemliga" not in said


def test_line_without_an_error_stays_as_it_is(capsys):
    """Facts beside the event, and letters as people write them."""
    set_up_logs(level="info", json_lines=True)
    log.info("test.done", what="åäö")
    said = capsys.readouterr().err

    assert '"what": "åäö"' in said
    assert "error" not in json.loads(said)


@pytest.mark.parametrize(("level", "shown"), [("debug", 2), ("info", 1), ("error", 0)])
def test_level_decides_what_is_shown(capsys, level, shown):
    """And nothing goes to the standard output, which belongs to the commands."""
    set_up_logs(level=level, json_lines=False)
    log.debug("test.detail")
    log.info("test.fact")
    said = capsys.readouterr()

    assert said.err.count("test.") == shown
    assert said.out == ""


def test_library_s_own_words_are_left_out(capsys):
    """It may print a payload: where it warns, of which type and by which pattern must do."""
    logging.root.handlers.clear()
    set_up_logs(level="info", json_lines=True)
    library = logging.getLogger("a.library")
    library.warning("got %s from %s", "hemliga ord", "Anna")
    library.warning("hemliga ord")
    try:
        burst("hemliga ord")
    except ValueError as error:
        library.exception(error)
    said = capsys.readouterr().err

    pattern, text, failed = map(json.loads, said.splitlines())
    assert "hemliga" not in said
    assert "Anna" not in said
    assert (pattern["event"], pattern["what"]) == ("library.said", "got %s from %s")
    assert pattern["where"].startswith("a.library test_logs:")
    assert text["what"] == ""
    assert (failed["level"], failed["error"], failed["what"]) == ("error", "ValueError", "")
