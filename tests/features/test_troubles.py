"""Troubles of a platform, or of the bot in a room: told to coordinators once, and their end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.messages import MessageRef, RoomRef
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.rights import Right
from bot.domain.room_news import Foothold, IncomingFoothold, IncomingTroubles
from bot.errors import PermanentFailure, TemporaryFailure, Why
from bot.settings.options import Options
from tests.features.test_rooms import stands
from tests.town import ANNA, EVA, MX_ROOM, OWNER, SHOPS, TG, TG_ROOM, Town, alby

TOKEN, CONFLICT = PlatformTrouble.TOKEN_REFUSED, PlatformTrouble.HEARD_ELSEWHERE


async def goes_wrong(town: Town, *troubles: PlatformTrouble) -> None:
    """Let Telegram's bridge tell all that is wrong by now."""
    await town.happens(IncomingTroubles(platform=TG, troubles=frozenset(troubles)))


@pytest.fixture
async def eva(open_town, folder) -> Town:
    """Eva, on Matrix, is a coordinator, and so is the owner on Telegram; both are known."""
    options = Options(
        database_url=f"sqlite+aiosqlite:///{folder}/grannbro.db",
        data_dir=folder,
        owners=(str(OWNER), str(EVA)),
    )
    town: Town = await open_town(options=options)
    await town.writes(EVA, None, "!start")
    await town.writes(OWNER, None, "/start")
    for bridge in (town.telegram, town.matrix):
        bridge.shown.clear()
    return town


@pytest.mark.parametrize("trouble", PlatformTrouble)
async def test_coordinators_elsewhere_are_told_what_is_wrong_and_what_to_do(eva, trouble):
    """Once while it lasts, and once when it is over."""
    for _ in range(3):
        await goes_wrong(eva, trouble)
    (wrong,) = eva.texts(EVA)
    assert "Telegram" in wrong
    assert "Be den som sköter mig att" in wrong
    for _ in range(3):
        await goes_wrong(eva)

    assert len(eva.texts(EVA)) == 2
    assert eva.last(EVA).startswith("Telegram fungerar igen")


async def test_trouble_is_remembered_over_a_restart(eva):
    """A new token takes one: what was told before is over after it."""
    await goes_wrong(eva, TOKEN)
    await eva.app.close()
    await eva.app.open()
    await goes_wrong(eva, TOKEN)
    assert len(eva.texts(EVA)) == 1
    await goes_wrong(eva)

    assert len(eva.texts(EVA)) == 2


async def test_trouble_that_comes_back_is_told_again(eva):
    """It is another one."""
    for _ in range(2):
        await goes_wrong(eva, CONFLICT)
        await goes_wrong(eva)

    assert len(eva.texts(EVA)) == 4


async def test_each_trouble_is_told_by_itself(eva):
    """One may end while another lasts."""
    await goes_wrong(eva, TOKEN)
    await goes_wrong(eva, CONFLICT)

    assert [text.split()[0] for text in eva.texts(EVA)] == ["Telegram", "Telegram", "Ett"]


async def test_nothing_is_said_while_all_goes_well(eva):
    """Each start tells so."""
    await goes_wrong(eva)

    assert eva.texts(EVA) == []


async def test_who_could_not_be_reached_meanwhile_is_not_told_when_it_is_over(eva):
    """Whose only account is where nothing gets through: it would be old news."""
    eva.telegram.fail_for[OWNER] = TemporaryFailure("the token is refused", retry_after_s=300.0)
    await goes_wrong(eva, TOKEN)
    await goes_wrong(eva)
    eva.telegram.fail_for.clear()
    await eva.passes(minutes=6)

    assert eva.texts(OWNER) == []
    assert len(eva.texts(EVA)) == 2
    assert eva.rows("SELECT count(*) FROM effects") == [(0,)]


@pytest.mark.parametrize("foothold", [Foothold.GONE, Foothold.MUTED])
async def test_room_that_shuts_the_bot_up_is_told_once_and_once_when_it_is_over(eva, foothold):
    """In their words, with its name."""
    for _ in range(2):
        await stands(eva, foothold, SHOPS)
    (wrong,) = eva.texts(EVA)
    assert "Butikerna" in wrong
    for _ in range(2):
        await stands(eva, Foothold.ADMIN, SHOPS)

    assert len(eva.texts(EVA)) == 2
    assert "med i Butikerna i Gamla stan igen" in eva.last(EVA)


async def test_silenced_and_then_put_out_is_over_once(eva):
    """The latter takes the place of the former."""
    await stands(eva, Foothold.MUTED, SHOPS)
    await stands(eva, Foothold.GONE, SHOPS)
    await stands(eva, Foothold.ADMIN, SHOPS)

    assert len(eva.texts(EVA)) == 3


@pytest.mark.parametrize("why", [Why.NOT_IN_ROOM, Why.NO_SUCH_ROOM, Why.NO_RIGHTS])
async def test_room_that_refuses_what_is_said_is_told_as_well(eva, why):
    """The platform's word of it may never come: rights of all members are no news to bots."""
    eva.telegram.fail_for[TG_ROOM] = PermanentFailure("Forbidden", why=why)
    for _ in range(2):
        await eva.writes(EVA, MX_ROOM, "hej")
    await eva.settle()

    assert sum("Alby grannar" in text for text in eva.texts(EVA)) == 1


async def test_room_that_is_not_found_is_tried_no_more_until_it_answers(eva):
    """A removed topic, or a wrong number: not each line becomes a dead letter."""
    eva.telegram.fail_for[TG_ROOM] = PermanentFailure("thread not found", why=Why.NO_SUCH_ROOM)
    for _ in range(3):
        await eva.writes(EVA, MX_ROOM, "hej")
    (wrong,) = eva.texts(EVA)
    assert str(TG_ROOM) in wrong
    assert eva.rows("SELECT count(*) FROM effects WHERE state = 'given_up'") == [(1,)]

    eva.telegram.fail_for.clear()
    await eva.writes(ANNA, TG_ROOM, "hallå")
    await eva.writes(EVA, MX_ROOM, "där är du ju")

    assert "igen" in eva.last(EVA)
    assert eva.last(TG_ROOM).endswith("där är du ju")


async def test_line_that_has_waited_does_not_bring_a_room_back(eva):
    """It was written while the bot was still in."""
    await stands(eva, Foothold.GONE)
    told = eva.texts(EVA)
    before = eva.clock.now() - timedelta(hours=2)
    await eva.sends(ANNA, TG_ROOM, "hej", sent_at=before)

    assert eva.texts(EVA) == told


async def test_lost_room_is_named(eva):
    """A group may have several; coordinators know them by their titles."""
    await stands(eva, Foothold.GONE, title="Torget i Alby")

    assert "Alby grannar (Telegram: Torget i Alby)" in eva.last(EVA)


async def test_lost_topic_is_named_by_its_chat_and_number(open_town):
    """All topics of a forum share its title."""
    town = await open_town(groups=(alby(rooms=(RoomRef(TG, "-1001/7"), MX_ROOM)),))
    town.telegram.capabilities = replace(town.telegram.capabilities, inner_room_mark="/")
    await town.writes(OWNER, None, "/start")
    await stands(town, Foothold.GONE, RoomRef(TG, "-1001"), title="Torget")

    assert "Alby grannar (Telegram: Torget /7)" in town.last(OWNER)


async def test_nobody_else_is_told(eva):
    """Residents can do nothing about it."""
    await eva.writes(ANNA, None, "/start")
    told = eva.texts(ANNA)
    await goes_wrong(eva, TOKEN)

    assert eva.texts(ANNA) == told
    assert eva.texts(MX_ROOM) == []


async def test_room_that_a_refusal_tells_of_is_called_as_its_people_call_it(eva):
    """Its number says nothing to anybody; its title was told when the bot came in."""
    await _stands_with(eva, *Right)
    eva.telegram.fail_for[TG_ROOM] = PermanentFailure("kicked", why=Why.NOT_IN_ROOM)
    await eva.writes(EVA, MX_ROOM, "hej")
    await eva.settle()

    assert "(Telegram: Alby torg)" in eva.last(EVA)


async def _stands_with(town: Town, *rights: Right) -> None:
    """Let Telegram tell what the bot may do in a group's room."""
    await town.happens(
        IncomingFoothold(
            ref=MessageRef(TG_ROOM, ""),
            sender=town.sender(ANNA),
            foothold=Foothold.MEMBER,
            is_direct=False,
            rights=frozenset(rights),
            title="Alby torg",
        )
    )


async def test_coordinators_and_the_log_are_told_of_rights_that_a_room_withholds(eva):
    """Once while they lack, and once when they are given; the right to pin is none of these."""
    with capture_logs() as logs:
        for _ in range(2):
            await _stands_with(eva, Right.POSTS)
        await _stands_with(eva, Right.POSTS, Right.READS_ALL, Right.DELETES)
        await _stands_with(eva, Right.POSTS, Right.READS_ALL, Right.DELETES)
    (lacking, given) = eva.texts(EVA)
    (line, _) = [line for line in logs if line["event"] == "room.rights_missing"]

    assert "(Telegram: Alby torg) saknar jag en rättighet" in lacking
    assert given.startswith("Jag har de rättigheter jag behöver i")
    assert line["missing"] == ["deletes", "reads_all"]
