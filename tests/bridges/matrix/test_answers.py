"""What somebody answers, where nobody elsewhere may be able to see it."""

import pytest

from bot.bridges.matrix.updates import ANSWERED
from bot.domain.incoming import IncomingMessage, Quoted
from bot.domain.richtext_json import Json
from tests.bridges.matrix.events import BO, event, reads

REPLY: Json = {
    "msgtype": "m.text",
    "body": "ja",
    "m.relates_to": {"m.in_reply_to": {"event_id": "$0"}},
}
HIDDEN = "det var <span data-mx-spoiler>hon</span>"


def quoted(answered: Json) -> Quoted | None:
    """What the answer quotes of an event."""
    found = reads(event("m.room.message", REPLY), {ANSWERED: answered})
    assert isinstance(found, IncomingMessage)
    return found.quoted


def said(body: str, **unsigned: Json) -> Json:
    """What Bo has said."""
    content: Json = {"msgtype": "m.text", "body": body}
    return event("m.room.message", content, sender=BO, event_id="$0", unsigned=unsigned)


def test_answer_knows_how_the_answered_begins() -> None:
    """Nobody picked these words."""
    assert quoted(said("Städdag?\n" + "x" * 200)) == Quoted(
        text="Städdag? " + "x" * 70 + "…", is_chosen=False
    )


def test_answered_line_reads_as_its_author_has_left_it() -> None:
    """The server tells the latest edit with it."""
    edit = event("m.room.message", {"body": "* nu", "m.new_content": {"body": "nu"}})
    told: dict[str, Json] = {"m.relations": {"m.replace": edit}}

    assert quoted(said("då", **told)) == Quoted(text="nu", is_chosen=False)


def test_what_is_hidden_stays_so() -> None:
    """A quote has no way to hide it."""
    content: Json = {
        "msgtype": "m.text",
        "body": "det var hon",
        "format": "org.matrix.custom.html",
        "formatted_body": HIDDEN,
    }

    assert quoted(event("m.room.message", content)) == Quoted(text="det var ███", is_chosen=False)


@pytest.mark.parametrize(
    "answered",
    [
        said("bort", redacted_because={"type": "m.room.redaction"}),
        event("m.room.encrypted", {"ciphertext": "x"}),
        event("m.room.message", {}),
        {},
        [],
    ],
)
def test_what_is_gone_or_closed_is_not_quoted(answered: Json) -> None:
    """The answer goes on without it."""
    assert quoted(answered) is None
