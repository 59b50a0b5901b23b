"""A report in the making: what the guided form knows and asks next."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.drafts import Draft, Step, draft_from_json
from bot.domain.groups import GroupId
from bot.domain.kinds import Kind
from bot.domain.reports import Priority
from bot.domain.richtext import rich
from bot.domain.richtext_json import Json
from tests.domain.examples import ALBY, json_leaves, json_objects, texts, trees
from tests.domain.test_media import files

KEYS = ("priority", "kind", "kind_known", "area", "text", "media", "group", "audience_known")
FULL = Draft(
    priority=Priority.RED,
    kind=Kind.FIRE,
    kind_known=True,
    area=ALBY,
    text=rich("rök"),
    audience_known=True,
)
drafts = st.builds(
    Draft,
    priority=st.none() | st.sampled_from(Priority),
    kind=st.none() | st.sampled_from(Kind),
    kind_known=st.booleans(),
    area=st.none() | texts.map(AreaId),
    text=trees,
    media=st.lists(files, max_size=2).map(tuple),
    group=st.none() | texts.map(GroupId),
    audience_known=st.booleans(),
)


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (Draft(), Step.PRIORITY),
        (replace(FULL, priority=None), Step.PRIORITY),
        (replace(FULL, kind=None, kind_known=False), Step.KIND),
        (replace(FULL, kind_known=False), Step.KIND),
        (replace(FULL, kind=None), Step.PREVIEW),
        (replace(FULL, area=None), Step.PLACE),
        (replace(FULL, text=rich("  ")), Step.TEXT),
        (replace(FULL, audience_known=False), Step.AUDIENCE),
        (FULL, Step.PREVIEW),
    ],
    ids=[
        "nothing known",
        "no priority",
        "no kind",
        "a guessed kind",
        "kind left open on purpose",
        "no place",
        "nothing but white space",
        "nobody chosen to see it",
        "complete",
    ],
)
def test_form_asks_for_the_first_thing_missing(draft: Draft, step: Step):
    """Priority, kind, place, text, audience, then what it will look like."""
    assert draft.next_step is step


@given(drafts)
def test_form_never_previews_what_is_incomplete(draft: Draft):
    """Nothing is sent without a priority, a place and something said."""
    if draft.next_step is Step.PREVIEW:
        assert draft.priority is not None
        assert draft.area is not None
        assert draft.text


@given(drafts)
def test_draft_comes_back_from_json(draft: Draft):
    """A form half filled in goes on where it was left, over a restart too."""
    assert draft_from_json(json.loads(json.dumps(draft.to_json()))) == draft


def test_empty_json_is_an_empty_draft():
    """A form that knows nothing asks everything."""
    assert draft_from_json({}) == Draft()


@pytest.mark.parametrize(
    "value",
    [{"priority": 7}, {"kind": "alien"}, {"text": "rök"}, {"media": ["photo"]}],
    ids=["priority", "kind", "text", "media"],
)
def test_values_of_another_version_are_refused(value: dict[str, Json]):
    """What is not understood is not guessed."""
    with pytest.raises(ValueError, match=r"\w"):
        draft_from_json(value)


@given(st.dictionaries(st.sampled_from(KEYS), st.one_of(json_leaves, json_objects(*KEYS))))
def test_malformed_json_raises_value_error_alone(value: dict[str, Json]):
    """What can't be read is refused by one error, whatever is wrong with it."""
    try:
        draft = draft_from_json(value)
    except ValueError:
        return

    assert draft_from_json(draft.to_json()) == draft
