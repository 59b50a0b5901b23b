"""How long what people wrote is kept, seen from outside."""

from pathlib import Path

import pytest

from bot.domain.areas import AreaId
from bot.domain.messages import MediaKind
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.reports import Priority
from bot.domain.richtext import rich
from bot.domain.web_chat import WebMessage, WebRoom
from bot.settings.options import Options
from bot.settings.retention import RetentionOptions
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    IN_ALBYBERGET,
    MX_ROOM,
    SHOPS,
    START,
    TG_ROOM,
    code_on,
    installation,
)


def keeping(folder: Path, **days: int) -> Options:
    """The town's options with other lifetimes."""
    retention = RetentionOptions(**days)
    return installation(folder).options.model_copy(update={"retention": retention})


@pytest.mark.parametrize(
    ("line", "days"),
    [("/gron städdag", 30), ("/gul glas", 90), ("/rod rök", 180)],
    ids=["green", "yellow", "red"],
)
async def test_report_is_erased_in_its_time(town, line, days):
    """With its cards, its picture and all that was added, counted from when it ended."""
    before = town.footprint()
    await town.writes(ANNA, SHOPS, line, photos=(jpeg(),))
    await town.writes(BO, SHOPS, "/update Jag såg det", reply_to=town.card(SHOPS).ref)
    await town.presses(BO, town.card(SHOPS), "Sett")
    await town.passes(days=15)
    await town.passes(days=days - 1)
    assert len(town.cards(SHOPS)) == 1
    await town.passes(days=1)

    assert town.cards(SHOPS) == []
    assert town.footprint() == before


async def test_retention_may_run_any_number_of_times(town):
    """Each run finds what is due, and nothing else."""
    await town.writes(ANNA, SHOPS, "/gul glas")
    before = town.footprint()
    for _ in range(3):
        await town.passes(hours=1)

    assert town.footprint() == before


async def test_old_question_is_forgotten_and_its_buttons_say_so(town):
    """What the bot said is kept for a week after its buttons died."""
    await town.writes(ANNA, None, "/rapport")
    form = town.told(ANNA)[-1]
    await town.passes(days=9)
    await town.presses(ANNA, form, "Röd")

    assert town.last(ANNA).startswith("Den knappen gäller inte längre.")


async def test_of_an_old_line_only_its_place_in_the_rooms_is_kept(town):
    """Neither words nor files nor where somebody was; but its author can still change it."""
    line = await town.writes(ANNA, TG_ROOM, "Möte", photos=(jpeg(),), position=IN_ALBYBERGET)
    await town.passes(days=31)
    assert town.kept_files() == []
    async with town.app.parts.database.read() as uow:
        kept = await uow.relays.by_origin(line)
    assert kept is not None
    assert (kept.text, kept.place, kept.reply_to) == (None, None, None)
    await town.edits(ANNA, line, "Möte klockan 19")

    assert town.texts(MX_ROOM) == ["Granne 1: Möte klockan 19 (ändrat)"]


async def test_lines_of_a_group_that_has_ended_are_forgotten(open_town):
    """The bot is in its rooms no more: nothing there could be changed."""
    town = await open_town()
    await town.agrees(ANNA)
    await town.writes(ANNA, TG_ROOM, "hej")
    town = await open_town(groups=())
    await town.passes(hours=1)

    assert town.footprint()["relays"] == 0


async def test_who_only_passed_by_is_forgotten_after_a_month(town):
    """Somebody who talked where nothing is carried, or said no: account, number, key."""
    before = town.count_rows("identities")
    fia = town.newcomer("Fia")
    await town.writes(fia, SHOPS, "hej alla")
    await town.writes(fia, SHOPS, "/gul glas")
    await town.taps(fia, "Nej tack")
    await town.passes(days=15)
    assert town.count_rows("identities") == before + 1
    await town.passes(days=16)

    assert town.count_rows("identities") == before
    assert town.count_rows("group_members") == 0
    keys = await town.app.parts.database.vault.owners("person:")
    assert len(keys) == town.count_rows("people")


async def test_who_is_still_needed_is_not_forgotten(town):
    """Lines of theirs stand in other rooms, or they hold a role: `/forget` must find them."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "hej alla")
    before = town.count_rows("people")
    await town.passes(days=31)
    assert town.count_rows("people") == before
    await town.taps_after(fia, "/glom", "Ja, radera allt")

    assert town.texts(MX_ROOM) == []


async def test_talk_that_goes_nowhere_leaves_nothing(town):
    """A group with one room has nowhere to carry it."""
    await town.writes(BO, SHOPS, "hej alla", photos=(jpeg(),))

    assert town.footprint()["relays"] == 0
    assert town.kept_files() == []


async def test_line_that_never_arrived_is_forgotten_too(town):
    """With its picture, when its month is over."""
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "Hej", photos=(jpeg(),))
        await town.passes(days=31)
    await town.settle()

    assert town.texts(MX_ROOM) == []
    assert town.kept_files() == []


async def test_exported_file_is_not_kept_for_ever(town):
    """A copy of everything held is itself held."""
    await town.writes(ANNA, None, "/export")
    assert len(town.kept_files()) == 1
    await town.passes(days=9)

    assert town.kept_files() == []


async def test_update_is_seen_once_within_two_days(town):
    """After that the mark of it is gone, and with it what it would have to be compared to."""
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.passes(days=3)
    with_marks = town.count_rows("inbox")
    await town.writes(ANNA, TG_ROOM, "hej igen")

    assert with_marks == 0
    assert len(town.texts(MX_ROOM)) == 2


async def test_notice_is_forgotten_after_a_month(town):
    """The message stands; nothing about it is stored."""
    notice = Notice(
        id=NoticeId("polisen-1"),
        organisation=OrganisationId("polisen"),
        areas=(AreaId("albyberget"),),
        priority=Priority.YELLOW,
        title="Inbrott",
        text="Flera källarinbrott i natt.",
        link=None,
        happened_at=None,
        published_at=START,
    )
    await town.publishes(notice)
    await town.passes(days=31)

    assert town.count_rows("notices") == 0
    assert "Inbrott" in town.last(TG_ROOM)
    await town.writes(BO, None, f"/kolla {code_on(town.last(TG_ROOM))}")
    assert "är äkta. Polisen" in town.last(BO)
    await town.passes(days=335)
    assert town.count_rows("official_posts") == 0


async def test_web_messages_are_forgotten_in_their_time(town):
    """The web chat keeps half a year, and destroys its files with it."""
    file = await town.app.parts.media.keep(jpeg(), kind=MediaKind.PHOTO, name="x.jpg")
    async with town.app.parts.database.write() as uow:
        await uow.web_chat.put_room(WebRoom(id="torget", title="Torget"))
        said = WebMessage(
            id=0,
            room="torget",
            author=None,
            text=rich("hej"),
            media=(file,),
            sent_at=town.clock.now(),
        )
        await uow.web_chat.post(said, key="k")
    await town.passes(days=181)

    assert town.count_rows("web_messages") == 0
    assert town.kept_files() == []


async def test_shorter_lifetime_is_applied_and_told(open_town, folder):
    """What the config says is what happens, and what people are told when they are asked."""
    town = await open_town(options=keeping(folder, report_green_days=16, report_yellow_days=20))
    await town.writes(ANNA, None, "/start")
    assert "raderas efter 16–180 dagar" in town.last(ANNA)
    await town.taps(ANNA, "Läs mer")
    assert "efter 180 dagar, gula efter 20 och gröna efter 16." in town.last(ANNA)
    await town.taps(ANNA, "Ja, det är okej")
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.writes(ANNA, None, "/integritet")
    assert "Gröna raderas efter 16 dagar, gula 20 och röda 180" in town.last(ANNA)
    await town.passes(days=2)  # it is over, and its time begins
    await town.passes(days=19)
    assert town.count_rows("reports") == 1
    await town.passes(days=1)

    assert town.count_rows("reports") == 0


async def test_new_lifetime_takes_hold_of_what_is_stored_already(open_town, folder):
    """Whoever shortens it means what lies there, too."""
    town = await open_town()
    await town.agrees(ANNA)
    await town.writes(ANNA, SHOPS, "/rod rök")
    await town.passes(days=1)  # it is over, and its time begins
    await town.passes(days=15)
    town = await open_town(
        clock=town.clock,
        options=keeping(folder, report_green_days=16, report_yellow_days=16, report_red_days=16),
    )
    await town.passes(hours=1)
    assert town.count_rows("reports") == 1
    await town.passes(days=1)

    assert town.count_rows("reports") == 0


async def test_one_lifetime_for_all_reports_is_told_as_one(open_town, folder):
    """A range from 30 to 30 days would look like a slip."""
    same = {f"report_{colour}_days": 30 for colour in ("green", "yellow", "red")}
    town = await open_town(options=keeping(folder, **same))
    await town.writes(ANNA, None, "/start")

    assert "raderas efter 30 dagar" in town.last(ANNA)


async def test_privacy_tells_the_lifetime_of_each_thing(open_town, folder):
    """Each in its own line, as the config has it."""
    options = keeping(
        folder, note_days=1, audit_days=365, passer_by_days=9, dead_letter_days=8,
        relayed_message_days=5,
    )  # fmt: skip
    town = await open_town(options=options)
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "hej alla")
    await town.writes(fia, TG_ROOM, "/gul glas")
    await town.writes(fia, None, "/integritet")
    before = town.last(fia)
    await town.agrees(fia)
    await town.writes(fia, None, "/integritet")

    assert "högst 8 dagar" in before
    assert "senast efter 5 dagar" in before
    assert "så att knapparna fungerar, och en dag till" in before
    assert "glömmer jag dig helt efter 9 dagar" in before
    assert "utan innehåll, i ett år, för uppföljning" in town.last(fia)
    assert "glömmer jag dig helt" not in town.last(fia)
