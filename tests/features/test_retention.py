"""How long what people wrote is kept, seen from outside."""

import pytest

from bot.domain.areas import AreaId
from bot.domain.messages import MediaKind
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.reports import Priority
from bot.domain.richtext import rich
from bot.domain.web_chat import WebMessage, WebRoom
from tests.pictures import jpeg
from tests.town import ANNA, BO, MX_ROOM, SHOPS, START, TG_ROOM, labels_of


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


async def test_carried_line_is_forgotten_after_a_month(town):
    """The rooms keep it; the bot knows no more what was what, so an edit stays where it is."""
    line = await town.writes(ANNA, TG_ROOM, "Möte klockan 18", photos=(jpeg(),))
    await town.passes(days=31)
    await town.edits(ANNA, line, "Möte klockan 19")

    assert town.texts(MX_ROOM) == ["Granne 1: Möte klockan 18"]
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
        area=AreaId("albyberget"),
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
    assert labels_of(town.in_room(TG_ROOM)[0]) == []


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
