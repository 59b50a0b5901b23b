"""Rooms that move or lose the bot, people who block it, chats in whose name somebody writes."""

import pytest

from bot.bridges.memory import private_room
from bot.domain.messages import MessageRef, RoomRef, UserRef
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.domain.rights import Right
from bot.domain.room_news import (
    Coming,
    Foothold,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
)
from bot.domain.senders import Sender
from bot.settings.organisations import ConfiguredOrganisation
from tests.town import (
    ANNA,
    AREAS,
    BO,
    CILLA,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG,
    TG_ROOM,
    Town,
)

NEW_ROOM = RoomRef(TG, "-1001000001")
CHAT = Sender(user=UserRef(TG, "-1001"), name="Alby grannar", is_chat=True)


async def moves(town: Town, old: RoomRef = TG_ROOM, new: RoomRef = NEW_ROOM) -> None:
    """Let a room go on under another id, as both messages tell."""
    for number in range(2):
        moved = IncomingRoomMoved(
            ref=MessageRef(old, f"move{number}"), sender=town.sender(ANNA), to=new
        )
        await town.happens(moved)


async def stands(
    town: Town, foothold: Foothold, room: RoomRef = TG_ROOM, by=ANNA, *, title: str = ""
) -> None:
    """Let the bot's standing in a room, or with a person, change."""
    is_direct = room.room_id.startswith("dm-")
    await town.happens(
        IncomingFoothold(
            ref=MessageRef(room, ""),
            sender=town.sender(by),
            foothold=foothold,
            is_direct=is_direct,
            rights=frozenset(Right) if foothold is Foothold.ADMIN else frozenset(),
            title=title,
        )
    )


async def writes_as_chat(town: Town, text: str, *, room: RoomRef = TG_ROOM) -> MessageRef:
    """Let somebody write in the name of a chat."""
    return await town.sends(ANNA, room, text, sender=CHAT)


async def test_moved_room_goes_on_as_if_nothing_had_happened(town):
    """Talk goes both ways, reports reach it."""
    await moves(town)
    await town.writes(ANNA, NEW_ROOM, "vi har flyttat")
    await town.writes(EVA, MX_ROOM, "välkomna")
    await town.writes(EVA, MX_ROOM, "!gul glas på gångvägen")

    assert town.texts(MX_ROOM)[0] == "Granne 1: vi har flyttat"
    assert town.texts(NEW_ROOM)[0] == "Granne 2: välkomna"
    assert "glas" in town.card(NEW_ROOM).text
    assert town.texts(TG_ROOM) == []


async def test_card_from_before_the_move_comes_anew_when_it_changes(fire):
    """The old one can't be changed there: it is left alone, and nothing is tried in vain."""
    old = fire.card(TG_ROOM)
    before = old.edits
    await moves(fire)
    assert fire.cards(NEW_ROOM) == []
    await fire.writes(ANNA, None, f"/klart {fire.report_id(MX_ROOM)}")

    assert "Löst" in fire.card(NEW_ROOM).text or "löst" in fire.card(NEW_ROOM).text
    assert (fire.card(TG_ROOM).ref, old.edits) == (old.ref, before)
    assert fire.rows("SELECT count(*) FROM effects") == [(0,)]


async def test_card_that_came_anew_lives_on_in_the_new_room(fire):
    """Its buttons work, and the next change is an edit."""
    await moves(fire)
    await fire.presses(EVA, fire.card(MX_ROOM), "👁")
    await fire.passes(seconds=2)
    first = fire.card(NEW_ROOM)
    await fire.presses(BO, first, "👁")
    await fire.passes(seconds=2)

    assert len(fire.cards(NEW_ROOM)) == 1
    assert fire.card(NEW_ROOM).edits == 1
    assert fire.card(NEW_ROOM).text == fire.card(MX_ROOM).text


async def test_button_of_a_card_that_was_left_behind_still_works(fire):
    """Who scrolls back sees it, and presses."""
    old = fire.card(TG_ROOM)
    await moves(fire)
    await fire.presses(BO, old, "👁")
    await fire.passes(seconds=2)

    assert fire.count_rows("report_marks") == 1
    assert len(fire.cards(NEW_ROOM)) == 1


async def test_what_waits_for_the_room_goes_to_the_new_one(town):
    """A report is on its way while the group becomes a supergroup."""
    with town.platforms_down():
        await town.writes(EVA, MX_ROOM, "!rod rök ur ett fönster")
        await town.writes(EVA, MX_ROOM, "ser ni?")
        await moves(town)
    await town.settle()

    assert "rök" in town.card(NEW_ROOM).text
    assert town.last(NEW_ROOM) == "Granne 1: ser ni?"
    assert town.seen(TG_ROOM) == []


async def test_change_on_its_way_to_the_old_room_is_shown_in_the_new_one(fire):
    """It is not lost and not tried where it can't be."""
    old = fire.card(TG_ROOM)
    with fire.platforms_down():
        await fire.writes(ANNA, None, f"/klart {fire.report_id(MX_ROOM)}")
        await moves(fire)
    await fire.settle()

    assert len(fire.cards(NEW_ROOM)) == 1
    assert old.edits == 0


async def test_line_from_before_the_move_stays_where_it_was_said(town):
    """A change of it can't be shown there; it is no reason to say it again."""
    ref = await town.writes(EVA, MX_ROOM, "mötet är kl 18")
    await moves(town)
    await town.edits(EVA, ref, "mötet är kl 19")

    assert town.texts(TG_ROOM) == ["Granne 1: mötet är kl 18"]
    assert town.texts(NEW_ROOM) == []


async def test_configuration_that_names_the_old_id_means_the_new_room(town, open_town):
    """Until somebody writes the new one into the file; a restart breaks nothing."""
    await moves(town)
    await town.app.close()
    await town.app.open()
    await town.writes(EVA, MX_ROOM, "hej")

    assert town.texts(NEW_ROOM) == ["Granne 1: hej"]
    assert town.rows("SELECT room FROM rooms WHERE room LIKE 'telegram:-1001%'") == [
        (str(NEW_ROOM),)
    ]


async def test_room_that_moves_twice_is_found(town):
    """Rooms are upgraded more than once on some platforms."""
    newest = RoomRef(TG, "-1009")
    await moves(town)
    await moves(town, NEW_ROOM, newest)
    await town.app.close()
    await town.app.open()
    await town.writes(EVA, MX_ROOM, "hej")

    assert town.texts(newest) == ["Granne 1: hej"]


async def test_coordinators_are_told_once_that_a_room_has_moved(town):
    """With what to write where."""
    await town.writes(OWNER, None, "/start")
    told = len(town.told(OWNER))
    await moves(town)

    (note,) = town.texts(OWNER)[told:]
    assert str(TG_ROOM) in note
    assert str(NEW_ROOM) in note


async def test_desk_moves_along(open_town):
    """Organisations are reached, too."""
    desk, new = RoomRef(TG, "-1005"), RoomRef(TG, "-1006")
    guards = ConfiguredOrganisation(
        organisation=Organisation(
            id=OrganisationId("vakt"),
            name="Vakten",
            role=Role.GUARD,
            areas=frozenset({AREAS.chain("botkyrka")[0]}),
            mail_domains=(),
            desk_rooms=(desk,),
        ),
        people=(),
    )
    town = await open_town(organisations=(guards,))
    await moves(town, desk, new)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert "rök" in town.card(new).text
    assert town.cards(desk) == []


async def test_coordinators_are_told_once_that_the_bot_was_put_out(town):
    """In their words; the other rooms go on, and nothing is tried in vain."""
    await town.writes(OWNER, None, "/start")
    told = len(town.told(OWNER))
    for _ in range(2):
        await stands(town, Foothold.GONE)
    await town.writes(EVA, MX_ROOM, "hej")
    await town.writes(EVA, MX_ROOM, "!gul glas på gångvägen")

    (note,) = town.texts(OWNER)[told:]
    assert "Alby grannar" in note
    assert town.texts(TG_ROOM) == []
    assert "glas" in town.card(MX_ROOM).text


async def test_bot_that_is_let_in_again_goes_on_there(town):
    """And says so to those who were told."""
    await town.writes(OWNER, None, "/start")
    await stands(town, Foothold.GONE)
    await stands(town, Foothold.ADMIN)
    await town.writes(EVA, MX_ROOM, "hej")

    assert "igen" in town.last(OWNER)
    assert town.texts(TG_ROOM) == ["Granne 1: hej"]


async def test_silenced_bot_is_told_to_coordinators(town):
    """They can give it back the right."""
    await town.writes(OWNER, None, "/start")
    await stands(town, Foothold.MUTED, SHOPS)

    assert "Butikerna" in town.last(OWNER)


@pytest.mark.parametrize("foothold", list(Foothold))
async def test_unknown_room_is_nobody_s_business(town, foothold):
    """Whoever adds the bot somewhere, or puts it out."""
    await town.writes(OWNER, None, "/start")
    told = town.texts(OWNER)
    await stands(town, foothold, RoomRef(TG, "-777"))

    assert town.texts(OWNER) == told


async def test_who_blocks_the_bot_is_sent_nothing_and_keeps_what_was_followed(town):
    """Until it is let in again; nothing piles up meanwhile."""
    await town.writes(BO, None, "/bevaka albyberget")
    await stands(town, Foothold.GONE, private_room(BO), by=BO)
    seen = len(town.told(BO))
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
    assert len(town.told(BO)) == seen
    assert town.rows("SELECT count(*) FROM effects") == [(0,)]
    await stands(town, Foothold.MEMBER, private_room(BO), by=BO)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett annat fönster")

    assert [card.text for card in town.cards(BO)] != []
    assert "annat" in town.card(BO).text
    assert len(town.cards(BO)) == 1


async def test_who_has_blocked_the_bot_and_writes_is_heard_again(town):
    """Whatever was missed of it."""
    await town.writes(BO, None, "/bevaka albyberget")
    await stands(town, Foothold.GONE, private_room(BO), by=BO)
    await town.writes(BO, None, "/start")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert "rök" in town.card(BO).text


async def test_what_waits_for_who_blocks_the_bot_is_dropped(fire):
    """And a card that stands there is not changed."""
    card = fire.card(BO)
    with fire.platforms_down():
        await fire.presses(EVA, fire.card(MX_ROOM), "👁")
        await stands(fire, Foothold.GONE, private_room(BO), by=BO)
    await fire.passes(seconds=2)
    await fire.writes(ANNA, None, f"/klart {fire.report_id(MX_ROOM)}")

    assert (card.edits, fire.told(BO)[-1].ref) == (0, card.ref)
    assert fire.rows("SELECT count(*) FROM effects") == [(0,)]


async def test_who_leaves_is_no_part_of_the_group(town):
    """What its members may, others may not."""
    await town.writes(BO, SHOPS, "hej")
    left = IncomingMembership(
        ref=MessageRef(SHOPS, ""),
        sender=town.sender(BO),
        people=(town.sender(BO),),
        coming=Coming.LEFT,
    )
    assert town.count_rows("group_members") == 1
    for _ in range(2):
        await town.happens(left)

    assert town.count_rows("group_members") == 0


@pytest.mark.parametrize("coming", [Coming.JOINED, Coming.ASKS])
async def test_who_comes_is_not_announced_elsewhere(town, coming):
    """The room itself tells it."""
    came = IncomingMembership(
        ref=MessageRef(TG_ROOM, "1"),
        sender=town.sender(CILLA),
        people=(town.sender(CILLA),),
        coming=coming,
    )
    await town.happens(came)

    assert town.everything_shown() == [s for s in town.everything_shown() if s.to != MX_ROOM]


async def test_line_in_the_name_of_a_chat_is_carried_under_its_title(town):
    """It is public, and nobody's name."""
    await writes_as_chat(town, "Håll tonen, tack")

    assert town.texts(MX_ROOM) == ["Alby grannar (Telegram): Håll tonen, tack"]


async def test_title_that_claims_a_badge_is_not_shown(town):
    """Only the bot prints badges."""
    chat = Sender(user=UserRef(TG, "-1009"), name="Polisen Botkyrka", is_chat=True)
    await town.sends(ANNA, TG_ROOM, "lugn", sender=chat)

    assert town.last(MX_ROOM) == "Granne 1: lugn"


async def test_chat_has_no_rights_whatever_was_configured(open_town):
    """Everybody who administers it could use them."""
    town = await open_town(
        organisations=(
            ConfiguredOrganisation(
                organisation=Organisation(
                    id=OrganisationId("polisen"),
                    name="Polisen",
                    role=Role.POLICE,
                    areas=frozenset({AREAS.chain("botkyrka")[0]}),
                    mail_domains=(),
                    desk_rooms=(),
                ),
                people=(CHAT.user,),
            ),
        )
    )
    await writes_as_chat(town, "vi är på plats")

    assert "Polisen" not in town.last(MX_ROOM)


@pytest.mark.parametrize("text", ["/language", "/gul glas", "🟡 glas på gångvägen", "/help"])
async def test_chat_that_wants_more_than_to_talk_is_told_to_come_in_person(town, text):
    """In the room, since nobody is known; nothing is left behind."""
    before = town.footprint()
    await writes_as_chat(town, text)

    assert "som dig själv" in town.last(TG_ROOM)
    assert town.texts(MX_ROOM) == []
    assert town.footprint() == before


async def test_red_report_in_the_name_of_a_chat_goes_out(town):
    """A life may hang on it."""
    await writes_as_chat(town, "/rod rök ur ett fönster")

    assert "rök" in town.card(MX_ROOM).text
    assert town.cards(POLICE) == []
    assert [shown for shown in town.telegram.shown if shown.to == CHAT.user] == []
