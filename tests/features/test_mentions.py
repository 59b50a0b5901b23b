"""People mentioned in a line: told in the other room only if they agreed to be shown."""

from bot.domain.mentions import mentioned_in
from bot.domain.messages import RoomRef, UserRef
from bot.domain.richtext import Mention, RichText, Text
from tests.town import ANNA, BO, EVA, MX_ROOM, TG, TG_ROOM, alby, shops

BACKYARD = RoomRef(TG, "-1003")


def to_bo(*, user=BO, shown="Bo") -> RichText:
    """A line that mentions somebody."""
    return RichText((Text("Har du stegen, "), Mention(user, (Text(shown),)), Text("?")))


async def of_two_rooms(open_town):
    """A town whose group has two rooms on Telegram and one on Matrix."""
    rooms = (TG_ROOM, BACKYARD, MX_ROOM)
    town = await open_town(groups=(alby(rooms=rooms), shops()))
    await town.agrees(ANNA, BO, EVA)
    return town


async def test_who_agreed_to_be_shown_is_mentioned_where_they_have_an_account(open_town):
    """On the other platform they are named."""
    town = await of_two_rooms(open_town)
    await town.writes(BO, TG_ROOM, "hej")
    await town.taps(BO, "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, to_bo())

    near, far = town.in_room(BACKYARD)[-1].message, town.in_room(MX_ROOM)[-1].message
    assert mentioned_in(near.text) == {BO: "@Bo"}
    assert near.pings == {BO}
    assert far.text.plain == "Granne 2: Har du stegen, Bo?"
    assert far.pings == frozenset()


async def test_who_is_known_by_a_number_is_not_called(open_town):
    """That would tell who the number is, and the name is not the writer's to show."""
    town = await of_two_rooms(open_town)
    await town.writes(BO, TG_ROOM, "hej")
    await town.writes(ANNA, TG_ROOM, to_bo())

    for room in (BACKYARD, MX_ROOM):
        shown = town.in_room(room)[-1].message
        assert shown.text.plain == "Granne 2: Har du stegen, Granne 1?"
        assert shown.pings == frozenset()


async def test_who_has_not_written_in_the_group_is_not_called(open_town):
    """They may not be there."""
    town = await of_two_rooms(open_town)
    await town.taps(BO, "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, to_bo())

    assert town.last(BACKYARD) == "Granne 1: Har du stegen, Bo?"
    assert town.in_room(BACKYARD)[-1].message.pings == frozenset()


async def test_stranger_is_named_as_they_were(town):
    """With a cleaned name; nothing is stored of them."""
    before = town.count_rows("people")
    await town.writes(ANNA, TG_ROOM, to_bo(user=UserRef(TG, "777"), shown="Bo\u202e Ek ✔"))

    assert town.last(MX_ROOM) == "Granne 1: Har du stegen, Bo Ek?"
    assert town.count_rows("people") == before


async def test_nobody_calls_everybody_in_another_room(town):
    """Nor an account there by typing its name."""
    await town.writes(EVA, MX_ROOM, "@room @anna_b brand!")

    assert town.last(TG_ROOM) == "Granne 1: @\u2060room @\u2060anna_b brand!"


async def test_card_calls_nobody(town):
    """A report is about what happens."""
    await town.taps(BO, "Visa mitt namn")
    await town.writes(BO, TG_ROOM, "hej")
    said = RichText((Text("/gul glas, "), Mention(BO, (Text("Bo"),)), Text(" såg det")))
    await town.writes(ANNA, TG_ROOM, said)

    assert "glas, Bo såg det" in town.card(MX_ROOM).text
    assert town.card(MX_ROOM).message.pings == frozenset()
