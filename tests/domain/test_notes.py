"""Notes: the bot's own words with buttons, for one person or for a room."""

from dataclasses import replace

import pytest

from bot.domain.media_json import media_to_json
from bot.domain.messages import Media, MediaId, MediaKind
from bot.domain.notes import Choice, Note, NoteId
from bot.domain.people import PersonId
from bot.domain.words import words
from tests.domain.examples import NOW

YES, NO, LATER = (Choice(words(f"answer-{n}"), n) for n in ("yes", "no", "later"))
NOTE = Note(
    id=NoteId("n1"),
    feature="consent",
    person=PersonId("anna"),
    words=words("consent-ask"),
    choices=((YES, NO), (), (LATER,)),
    expires_at=NOW,
)


def a_photo(name: str) -> Media:
    """A photo that the bot keeps."""
    return Media(
        id=MediaId(name), kind=MediaKind.PHOTO, mime="image/jpeg", name=name, size_bytes=1
    )


@pytest.mark.parametrize(
    ("number", "choice"),
    [(0, YES), (1, NO), (2, LATER), (3, None), (-1, None)],
)
def test_buttons_are_numbered_row_by_row(number: int, choice: Choice | None):
    """A number that no button has is none, not an error and not the last one."""
    assert NOTE.choice(number) == choice


def test_stamp_tells_when_the_buttons_are_others():
    """A late press must not do what stands in the old button's place now."""
    others = [
        replace(NOTE, choices=((NO, YES), (LATER,))),
        replace(NOTE, choices=((YES, NO),)),
        replace(NOTE, choices=((YES, NO), (replace(LATER, action="never"),))),
        replace(NOTE, choices=()),
    ]

    assert NOTE.stamp == replace(NOTE, words=words("other"), awaits="text").stamp
    assert len({note.stamp for note in (NOTE, *others)}) == 5


def test_files_are_those_shown_and_those_waiting():
    """Both must be found when the note is erased."""
    shown, waiting = a_photo("a"), a_photo("b")
    note = replace(NOTE, media=(shown,), state={"media": media_to_json([waiting])})

    assert note.files == (shown, waiting)
    assert NOTE.files == ()
