"""A notice in the making, kept between two answers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId
from bot.domain.notice_drafts import NoticeDraft, notice_draft_from_json
from bot.domain.notice_reach import Count, NoticeReach
from bot.domain.reports import Priority

TIMES = st.none() | st.datetimes(
    min_value=datetime.fromisoformat("2026-01-01"),
    max_value=datetime.fromisoformat("2030-01-01"),
    timezones=st.just(UTC),
)
DRAFTS = st.builds(
    NoticeDraft,
    speaker=st.none() | st.text(max_size=8),
    areas=st.lists(st.text(max_size=8).map(AreaId)).map(tuple),
    groups=st.lists(st.text(max_size=8).map(GroupId)).map(tuple),
    texts=st.dictionaries(st.sampled_from(["sv", "en", "fi"]), st.text(max_size=30)),
    priority=st.sampled_from(Priority),
    due_at=TIMES,
    expires_at=TIMES,
)


@given(DRAFTS)
def test_draft_is_read_back_as_it_was(draft: NoticeDraft) -> None:
    """With the order of its languages: the first is everybody's who has no other."""
    read = notice_draft_from_json(draft.to_json())

    assert read == draft
    assert list(read.texts) == list(draft.texts)


def test_draft_of_nothing_is_empty_and_green() -> None:
    """The mildest, until somebody says more."""
    assert notice_draft_from_json({}) == NoticeDraft()
    assert NoticeDraft().priority is Priority.GREEN
    with pytest.raises(ValueError, match="language"):
        notice_draft_from_json({"texts": [1]})


def test_those_who_are_nowhere_are_lost() -> None:
    """Planned, and neither reached, nor waiting, nor told later, nor refused."""
    people = Count(planned=10, reached=4, waiting=1, later=2, failed=1)
    reach = NoticeReach(rooms=Count(), people=people)

    assert people.lost == 2
    assert not reach.is_settled
    assert Count(planned=1, reached=2).lost == 0
