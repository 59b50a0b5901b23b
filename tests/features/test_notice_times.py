"""Notices at their time: once, also after downtime; over when they said; kept no longer."""

import json
from datetime import timedelta

import pytest

from bot.ports.holdings import Pace, Upkeep
from tests.features.conftest import OpenTown
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    POLICE,
    TG_ROOM,
    Town,
    labels_of,
)

WATER = "Vattnet stängs av kl 13"
LATER = f"/notice albyberget, imorgon 08:00: {WATER}"


async def plans(town: Town, line: str = LATER) -> None:
    """Let the police keep a notice for its time."""
    await town.writes(POLICE, None, line)
    await town.taps(POLICE, "Spara till sin tid")


async def test_scheduled_notice_goes_out_at_its_time(town):
    """By the clock on the wall; its author is told how far it comes."""
    await plans(town)
    assert town.last(POLICE) == "N-1 går ut 22 nov. 08:00. Du hittar det med /notices."
    await town.passes(hours=17, minutes=59)
    assert town.in_room(TG_ROOM) == []
    await town.passes(hours=1, minutes=1)
    await town.passes(seconds=5)

    assert WATER in town.last(TG_ROOM)
    assert "N-1 är ute: 2 av 2 rum" in "".join(town.texts(POLICE))


async def test_scheduled_notice_goes_out_once_after_downtime(folder, open_town: OpenTown):
    """However many starts find it due."""
    first = await open_town()
    await first.agrees(POLICE)
    await plans(first)
    await first.app.close()
    second = await open_town()
    second.clock.at = first.clock.at + timedelta(days=3)
    for _ in range(3):
        await second.passes(seconds=10)

    assert [s.text for s in second.in_room(TG_ROOM) if WATER in s.text] == [second.last(TG_ROOM)]
    assert second.rows("SELECT what FROM occurrences") == [("notice:N-1",)]


async def test_occurrence_is_taken_once(town):
    """A second worker that found it due as well does nothing."""
    at = town.clock.now()
    async with town.app.parts.database.write() as uow:
        assert await uow.occurrences.take("notice:N-1", at, at)
    async with town.app.parts.database.write() as uow:
        assert not await uow.occurrences.take("notice:N-1", at, at)
        assert await uow.occurrences.take("notice:N-1", at + timedelta(days=1), at)


async def test_crash_while_it_goes_out_leaves_it_due(town):
    """All of it happens, or nothing: the next round does it."""
    await plans(town)
    town.clock.at += timedelta(days=1)

    async def dies() -> None:
        async with town.app.parts.database.write() as uow:
            ticks = town.app.ticks
            upkeep: Upkeep = ticks._upkeep(uow)
            chores = [
                c for h in town.app.holdings for c in h.chores if c.name == "send_due_notices"
            ]
            assert await chores[0].do("N-1", upkeep) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await dies()
    assert town.rows("SELECT what FROM occurrences") == []
    await town.app.ticks.round(Pace.SOON)
    await town.settle()

    assert len([s for s in town.in_room(TG_ROOM) if WATER in s.text]) == 1


async def test_scheduled_notice_stands_in_the_list_and_can_be_cancelled(town):
    """Then nobody ever hears of it."""
    await plans(town)
    await town.writes(POLICE, None, "/notices")
    assert f"🟢 N-1 · Albyberget · går ut 22 nov. 08:00 · {WATER}" in town.last(POLICE)
    await town.taps(POLICE, "Ställ in N-1")
    await town.taps(POLICE, "Ja")
    assert town.last(POLICE) == "N-1 är inställt. Ingen har fått det."
    await town.passes(days=2)

    assert town.in_room(TG_ROOM) == []


async def test_scheduled_notice_is_corrected_before_it_goes_out(town):
    """Nobody is told of a mistake that nobody has read."""
    await plans(town)
    await town.writes(POLICE, None, "/correct N-1 Vattnet stängs av kl 14")
    await town.passes(days=1)

    assert "kl 14" in town.last(TG_ROOM)
    assert "kl 13" not in town.last(TG_ROOM)


async def test_role_that_was_taken_back_stops_what_was_scheduled(town):
    """Its author is told; nothing goes out."""
    await plans(town)
    town.changes_rows("DELETE FROM grants WHERE role = 'police'")
    await town.passes(days=1)

    assert town.in_room(TG_ROOM) == []
    assert town.last(POLICE).startswith("N-1 gick inte ut. Rollen")


async def test_what_is_over_by_the_end_of_downtime_does_not_go_out(town):
    """Yesterday's warning warns nobody."""
    await plans(town, f"/notice albyberget, imorgon 08:00, till 22/11 10:00: {WATER}")
    await town.passes(days=2)

    assert town.in_room(TG_ROOM) == []
    assert town.last(POLICE).startswith("N-1 gick inte ut. Tiden")


async def test_end_before_the_beginning_is_refused(town):
    """Rather now than when it should go out."""
    await town.writes(POLICE, None, f"/notice albyberget, imorgon 08:00, till 18:00: {WATER}")
    await town.taps(POLICE, "Spara till sin tid")

    assert town.last(POLICE).startswith("Det skulle vara slut innan det går ut.")
    assert town.rows("SELECT id FROM notices") == []


async def test_time_is_chosen_in_the_preview(town):
    """By button or in words, and taken back."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Tid")
    await town.taps(POLICE, "I morgon 08:00")
    assert "Det går ut 22 nov. 08:00." in town.last(POLICE)
    await town.taps(POLICE, "Tid")
    await town.writes(POLICE, None, "fredag kl 17")
    assert "Det går ut 27 nov. 17:00." in town.last(POLICE)
    await town.taps(POLICE, "Tid")
    await town.taps(POLICE, "Nu")

    assert "Skicka" in labels_of(town.told(POLICE)[-1])


async def test_unclear_time_is_asked_again(town):
    """With an example; the draft waits."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Tid")
    await town.writes(POLICE, None, "snart")
    assert town.last(POLICE).startswith('Jag förstår inte tiden "snart"')
    await town.writes(POLICE, None, "imorgon 9")

    assert "Det går ut 22 nov. 09:00." in town.last(POLICE)


async def test_notice_says_until_when_it_holds_and_when_it_is_over(town):
    """Where it stands; who has not got it by then is spared."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(BO, None, "/digest daily 18:00")
    await town.writes(POLICE, None, f"/notice albyberget, till 15:00: {WATER}")
    await town.taps(POLICE, "Skicka")
    assert "Gäller till 21 nov. 15:00." in town.last(TG_ROOM)
    await town.passes(hours=2, seconds=1)
    assert "Gällde till 21 nov. 15:00." in town.last(TG_ROOM)
    await town.passes(days=1)

    assert WATER not in town.last(BO)


async def test_notice_that_is_over_can_still_be_recalled(town):
    """What is wrong in it stands there all the same."""
    await town.writes(POLICE, None, f"/notice albyberget, till 15:00: {WATER}")
    await town.taps(POLICE, "Skicka")
    await town.passes(hours=3)
    await town.writes(POLICE, None, "/recall N-1")

    assert WATER not in town.last(TG_ROOM)


async def test_written_notice_is_forgotten_after_a_month(town):
    """With its picture, its places and where it stood; the message stays."""
    before = town.kept_files()
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}", photos=(jpeg(),))
    await town.taps(POLICE, "Skicka")
    await town.passes(days=29)
    assert town.count_rows("notices") == 1
    await town.passes(days=2)

    assert town.count_rows("notices") == town.count_rows("notice_areas") == 0
    assert town.rows("SELECT id FROM copies WHERE subject_kind = 'notice'") == []
    assert town.kept_files() == before
    assert WATER in town.last(TG_ROOM)


async def test_scheduled_notice_outlives_the_lifetime_until_it_goes_out(town):
    """It is kept from then on."""
    await plans(town, f"/notice albyberget, 2027-02-01 08:00: {WATER}")
    await town.passes(days=40)
    assert town.count_rows("notices") == 1
    await town.passes(days=33)
    assert WATER in town.last(TG_ROOM)
    await town.passes(days=29)
    assert town.count_rows("notices") == 1
    await town.passes(days=2)

    assert town.count_rows("notices") == 0


async def test_author_is_told_and_given_what_is_kept(town):
    """In `/privacy` and `/export`, with the pictures."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}", photos=(jpeg(),))
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, "/privacy")
    told = town.last(POLICE)
    await town.writes(POLICE, None, "/export")
    handed_out = [s for s in town.told(POLICE) if s.message.media][-1].message.media
    files = {media.name: await town.app.parts.media.read(media.id) for media in handed_out}
    export = json.loads(next(data or b"" for name, data in files.items() if "json" in name))

    assert "1 meddelande som du har skickat i tjänsten" in told
    assert [(n["id"], n["texts"]) for n in export["notices"]] == [("N-1", {"sv": WATER})]


async def test_forgotten_author_leaves_the_office_s_words_without_a_link(town):
    """What waits is let go; what went out stands, and a colleague can recall it."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")
    await plans(town)
    await town.writes(POLICE, None, "/forget")
    assert "Meddelanden som du har skickat i tjänsten står kvar" in town.last(POLICE)
    await town.taps(POLICE, "Ja")
    await town.passes(days=1)

    assert town.rows("SELECT id, author_id FROM notices") == [("N-1", None)]
    assert len([s for s in town.in_room(TG_ROOM) if WATER in s.text]) == 1


async def test_list_of_somebody_without_notices_offers_to_write_one(town):
    """And to a resident it says who can."""
    await town.writes(POLICE, None, "/notices")
    assert town.last(POLICE) == "Du har inte skickat något meddelande än."
    await town.writes(ANNA, None, "/meddelanden")

    assert town.last(ANNA).startswith("Meddelanden till områden skickas av verifierade")


async def test_list_shows_how_far_each_has_come(town):
    """Own ones and the organisation's, with what can be done."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, "/notices")

    assert town.last(POLICE) == (
        "Dina senaste meddelanden:\n"
        f"🟢 N-1 · Albyberget · 21 nov. 13:00, 2 rum och 1 person · {WATER}"
    )
    assert labels_of(town.told(POLICE)[-1]) == ["Rätta N-1", "Återkalla N-1"]
