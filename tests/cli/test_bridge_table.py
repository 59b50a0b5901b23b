"""The page that tells what becomes of what is said."""

from dataclasses import replace

import pytest

from bot.cli.bridge_table import bridge_table, known_capabilities
from bot.ports.bridge import Capabilities
from tests.town import ROOT

LEAST = Capabilities(repeats_safely=False, can_redact_others=False)


def test_page_is_what_the_bridges_say_of_themselves():
    """Write it anew with `python -m bot.cli.bridge_table > docs/bridge.md`."""
    written = (ROOT / "docs" / "bridge.md").read_text(encoding="utf-8")

    assert written == bridge_table(known_capabilities())


@pytest.mark.parametrize(
    "more",
    [
        {"repeats_safely": True}, {"can_redact_others": True}, {"can_pin": True},
        {"can_keep_text": True}, {"can_mention": True}, {"reactions": 1}, {"reactions": 5},
        {"reactions": 1, "reaction_emoji": frozenset("👍")}, {"command_prefixes": ("!", "/")},
    ],
    ids=str,
)  # fmt: skip
def test_each_capability_makes_a_difference(more):
    """What a bridge can do and the page does not tell would be told by nobody."""
    assert bridge_table({"a": replace(LEAST, **more)}) != bridge_table({"a": LEAST})
