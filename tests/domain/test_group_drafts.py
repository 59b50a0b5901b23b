"""A group in the making."""

import pytest

from bot.domain.group_drafts import GroupDraft
from bot.domain.groups import GroupId
from bot.domain.messages import Platform, RoomRef
from bot.domain.room_news import IncomingTroubles


def test_unfinished_draft_makes_no_group():
    """Nobody's group is without an area or somebody who answers for it."""
    draft = GroupDraft(room=RoomRef(Platform.WEB, "torget"), language="sv", name="Vi")

    with pytest.raises(ValueError, match="area"):
        draft.to_group(GroupId("vi"))


def test_troubles_of_a_platform_happen_in_no_message():
    """Nothing may be redacted for them."""
    assert IncomingTroubles(platform=Platform.WEB, troubles=frozenset()).ref.message_id == ""
