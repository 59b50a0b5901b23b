"""Private chats into which others have come."""

from bot.domain.messages import Platform, RoomRef
from tests.town import EVA, Town

SHARED = RoomRef(Platform.MATRIX, "!evas:hem.se")


async def test_who_writes_where_others_read_is_told_once_in_private(town: Town) -> None:
    """And from there on nothing that is said there is taken as said in private."""
    for text in ("hej", "hallå?", "!privacy"):
        await town.sends(EVA, SHARED, text, was_private=True)

    told = [text for text in town.texts(EVA) if "bara vi två är" in text]
    assert len(told) == 1
    assert "Det här har jag om dig" in town.last(EVA)
    assert town.texts(SHARED) == []


async def test_place_that_others_saw_answers_no_question(town: Town) -> None:
    """The question was asked in private."""
    await town.writes(EVA, None, "!bevaka")
    await town.sends(EVA, SHARED, "albyberget", was_private=True)

    assert town.count_rows("subscriptions") == 0
