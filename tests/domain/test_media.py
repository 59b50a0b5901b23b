"""Files: which ones belong to something, kept as JSON values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import Media, MediaId, Original, Platform
from bot.domain.richtext_json import Json
from tests.domain.examples import json_objects, json_values, media_kinds, texts

files = st.builds(
    Media,
    id=texts.map(MediaId),
    kind=media_kinds,
    mime=st.sampled_from(["image/jpeg", "application/pdf"]),
    name=texts,
    size_bytes=st.integers(0, 50_000_000),
    original=st.none() | st.builds(Original, st.sampled_from(Platform), texts),
    alt=st.none() | texts.filter(bool),
)
PHOTO: dict[str, Json] = {
    "id": "a1",
    "kind": "photo",
    "mime": "image/jpeg",
    "name": "dörr.jpg",
    "size": 5,
}


@given(st.lists(files, max_size=4).map(tuple))
def test_files_come_back_from_json(media: tuple[Media, ...]):
    """All of them, in their order."""
    assert media_from_json(json.loads(json.dumps(media_to_json(media)))) == media


@pytest.mark.parametrize("value", [None, [], {}, "a1", 0], ids=str)
def test_no_list_means_no_files(value: Json):
    """What was kept before there were files has none."""
    assert media_from_json(value) == ()


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "a1",
        {},
        PHOTO | {"kind": "hologram"},
        PHOTO | {"size": "large"},
        PHOTO | {"id": 7},
        {key: value for key, value in PHOTO.items() if key != "mime"},
    ],
    ids=["nothing", "an id", "empty", "unknown kind", "size in words", "number as id", "no mime"],
)
def test_what_is_no_file_is_refused(entry: Json):
    """A file that can't be named can't be sent or erased."""
    with pytest.raises(ValueError, match=r"file|MediaKind"):
        media_from_json([PHOTO, entry])


@given(st.one_of(json_values, st.lists(json_objects(*PHOTO))))
def test_malformed_json_raises_value_error_alone(value: Json):
    """What can't be read is refused by one error, whatever is wrong with it."""
    try:
        media = media_from_json(value)
    except ValueError:
        return

    assert media_from_json(media_to_json(media)) == media
