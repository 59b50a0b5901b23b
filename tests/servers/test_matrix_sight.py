"""How events are folded into what people see."""

from hypothesis import given
from hypothesis import strategies as st

from tests.servers.matrix import contents
from tests.servers.matrix.asking import Json
from tests.servers.matrix.sight import look

ANNA, BO = "@anna:grannar.test", "@bo:grannar.test"


def _event(number: int, content: Json, *, kind: str = "m.room.message", by: str = ANNA) -> Json:
    return {"event_id": f"${number}", "type": kind, "sender": by, "content": content}


@given(st.lists(st.sampled_from(["edit", "foreign edit", "react", "redact", "unreact"])))
def test_a_message_stands_as_its_author_last_left_it(steps):
    """Only its author's edits count, each person reacts once with a key, and gone is gone."""
    events = [_event(0, contents.text("0"))]
    words, reacted, is_gone = "0", False, False
    for number, step in enumerate(steps, 1):
        match step:
            case "edit" | "foreign edit":
                by = ANNA if step == "edit" else BO
                new = contents.edit("$0", contents.text(str(number)))
                events.append(_event(number, new, by=by))
                words = str(number) if by == ANNA else words
            case "react":
                events.append(_event(number, contents.reaction("$0", "👍"), kind="m.reaction"))
                reacted = True
            case "unreact":
                given_before = [e["event_id"] for e in events if e["type"] == "m.reaction"]
                events += [
                    _event(1000 * number + n, {"redacts": name}, kind="m.room.redaction")
                    for n, name in enumerate(given_before)
                ]
                reacted = False
            case "redact":
                events.append(_event(number, {"redacts": "$0"}, kind="m.room.redaction"))
                is_gone = True
    (seen,) = look(events)

    assert seen.is_gone == is_gone
    assert seen.text == ("" if is_gone else words)
    assert seen.reactions == ({"👍": 1} if reacted and not is_gone else {})


def test_an_edit_that_was_taken_away_shows_the_words_before():
    """The homeserver empties it; it edits nothing any more."""
    events = [
        _event(0, contents.text("först")),
        _event(1, contents.edit("$0", contents.text("sedan"))),
        _event(2, {"redacts": "$1"}, kind="m.room.redaction"),
    ]

    assert [(seen.text, seen.is_edited) for seen in look(events)] == [("först", False)]
