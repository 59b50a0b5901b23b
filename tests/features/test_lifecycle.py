"""What becomes of a report, and how everybody who got it learns of it."""

import pytest

from bot.errors import UnknownOutcome
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    DESK,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
    id_on,
    labels_of,
    news_on,
)


async def test_correction_reaches_all_who_got_it_as_an_answer_to_their_card(fire):
    """Rooms, desk and followers, each once; nobody else, and not the one who did it."""
    bystanders = {who: fire.texts(who) for who in (CILLA, DAVID, EVA, SHOPS)}
    before = fire.texts(POLICE)
    await fire.presses(POLICE, fire.card(POLICE), "Klart")

    news = f"Uppdatering av #{fire.report_id()}: det är löst. Tack till er som höll ögonen öppna."
    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert news_on(fire.card(reader), fire.seen(reader)) == [news]
    assert len(fire.texts(POLICE)) == len(before)
    assert {who: fire.texts(who) for who in bystanders} == bystanders


async def test_author_who_resolves_is_not_told_again(fire):
    """The receipt changes in place."""
    before = len(fire.told(ANNA))
    await fire.taps(ANNA, "Det är löst")

    assert len(fire.told(ANNA)) == before
    assert fire.last(ANNA).endswith("är löst. Bra jobbat!")
    assert "det är löst" in fire.last(BO)


@pytest.mark.parametrize(
    ("command", "card", "news"),
    [
        ("resolve", "✅ Löst 13:00", "det är löst"),
        ("klart", "✅ Löst 13:00", "det är löst"),
        ("withdraw", "↩ Tillbakadragen 13:00", "tillbakadragen av den som skrev"),
        ("dra_tillbaka", "↩ Tillbakadragen 13:00", "tillbakadragen av den som skrev"),
    ],
)
async def test_author_ends_a_report_by_command(fire, command, card, news):
    """Author: withdraw, resolve; without a number it is the author's only active one."""
    await fire.writes(ANNA, None, f"/{command}")

    assert card in fire.card(TG_ROOM).text
    assert news in fire.last(BO)
    assert fire.last(ANNA).startswith(f"#{fire.report_id()} är")


@pytest.mark.parametrize(
    ("command", "state"),
    [
        ("resolve", "✅ Löst 13:00"),
        ("confirm", "✔ Bekräftad"),
        ("bekrafta", "✔ Bekräftad"),
        ("false", "✖ Stämde inte (13:00)"),
        ("falsk", "✖ Stämde inte (13:00)"),
    ],
)
async def test_verified_police_decide_by_command(fire, command, state):
    """Verified roles: any; the answer tells what it is now."""
    await fire.writes(POLICE, None, f"!{command} {fire.report_id()}")

    assert state in fire.card(MX_ROOM).text
    assert fire.last(POLICE).startswith(f"#{fire.report_id()} är")


async def test_false_is_told_to_all(fire):
    """Those who were alarmed may calm down."""
    await fire.writes(POLICE, None, f"!false #{fire.report_id()}")

    assert fire.last(BO) == f"#{fire.report_id()} stämde inte. Ingen fara."
    assert labels_of(fire.card(BO)) == []


async def test_moderator_declares_false(fire):
    """Moderator: false, hidden."""
    await fire.writes(OWNER, None, f"/false {fire.report_id().lower()}")

    assert "✖ Stämde inte" in fire.card(TG_ROOM).text


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("resolve", "kan avsluta den. Tryck ✅ på kortet, så frågar jag."),
        ("withdraw", "kan dra tillbaka den. Stämmer den inte? Tryck ⚑"),
        ("confirm", "Tryck ➕ på kortet."),
        ("false", "Tryck ⚑ på kortet, så tittar de."),
    ],
)
async def test_neighbour_may_not_end_another_s_report(fire, command, answer):
    """It is refused, nothing changes, and the answer says what to do instead."""
    before = fire.footprint(), fire.texts(TG_ROOM), fire.texts(ANNA)
    await fire.writes(BO, None, f"/{command} {fire.report_id()}")

    assert answer in fire.last(BO)
    assert (fire.footprint(), fire.texts(TG_ROOM), fire.texts(ANNA)) == before


@pytest.mark.parametrize("command", ["confirm", "false"])
async def test_author_may_not_confirm_or_deny_the_own_report(fire, command):
    """The word of one is not two."""
    before = fire.texts(TG_ROOM)
    await fire.writes(ANNA, None, f"/{command} {fire.report_id()}")

    assert fire.texts(TG_ROOM) == before


async def test_police_who_ended_a_report_by_mistake_open_it_again(fire):
    """A slip of the finger is undone where it was made."""
    await fire.writes(POLICE, None, f"!false {fire.report_id()}")
    await fire.taps(POLICE, "Öppna igen")

    assert "Stämde inte" not in fire.card(TG_ROOM).text
    assert fire.last(POLICE) == f"#{fire.report_id()} är öppen igen."
    assert labels_of(fire.told(POLICE)[-1]) == []


@pytest.mark.parametrize("reader", [BO, EVA], ids=["sent-again", "sent-once"])
async def test_alert_that_may_have_arrived_is_corrected(town, reader):
    """Whoever may have been alarmed is told that it is over; a doubt is no reason to be silent."""
    author = CILLA if reader is EVA else POLICE
    await town.writes(reader, None, "/bevaka gamla stan")
    await town.writes(author, None, "/bevaka gamla stan")
    town.bridge(reader.platform).fail_after_next = UnknownOutcome("cut off")
    await town.writes(author, None, "/rod det brinner")
    assert "det brinner" in town.card(reader).text
    await town.writes(author, None, "/resolve")
    await town.passes(minutes=1)

    assert "✅ Löst 13:00" in town.card(reader).text


async def test_police_of_another_place_are_neighbours_here(fire):
    """A verified role ends at the border of its area."""
    await fire.writes(CILLA, SHOPS, "/rod stöldliga i butiken")
    number, before = fire.report_id(SHOPS), fire.texts(SHOPS)
    await fire.writes(POLICE, None, f"!resolve {number}")

    assert fire.last(POLICE).startswith("Jag hittar ingen rapport")
    assert fire.texts(SHOPS) == before


async def test_command_as_a_reply_needs_no_number(fire):
    """Replying to the card names it."""
    await fire.writes(POLICE, MX_ROOM, "!confirm", reply_to=fire.card(MX_ROOM).ref)

    assert "✔ Bekräftad" in fire.card(TG_ROOM).text


async def test_command_in_a_group_is_taken_away_and_answered_by_the_card(fire):
    """It was meant for the bot; the room sees what came of it."""
    before = fire.texts(ANNA)
    command = await fire.writes(ANNA, TG_ROOM, "/klart")

    assert command in fire.telegram.redacted
    assert "det är löst" in fire.last(TG_ROOM)
    assert len(fire.texts(ANNA)) == len(before)


async def test_number_of_no_report_is_answered(fire):
    """The number stands on top of the card."""
    await fire.writes(ANNA, None, "/klart 22222X")

    assert fire.last(ANNA) == "Jag hittar ingen rapport #22222X. Numret står överst på kortet."


@pytest.mark.parametrize("own", [0, 2])
async def test_command_without_a_number_asks_which_if_it_is_unclear(town, own):
    """Nothing is guessed."""
    for text in ("rök", "glas")[:own]:
        await town.writes(ANNA, TG_ROOM, f"/gul {text}")
    await town.writes(ANNA, None, "/klart")

    assert town.last(ANNA).startswith("Vilken rapport menar du?")
    assert all("Löst" not in card.text for card in town.cards(TG_ROOM))


async def test_reply_to_an_erased_card_asks_which(fire):
    """A card may stand a moment longer than its report."""
    card = fire.card(BO).ref
    async with fire.app.parts.database.write() as uow:
        await uow.reports.erase(fire.report_id())
    await fire.writes(BO, None, "/klart", reply_to=card)

    assert fire.last(BO).startswith("Vilken rapport menar du?")


async def test_what_is_over_can_t_end_again(fire):
    """Everybody was told once."""
    await fire.writes(ANNA, None, "/klart")
    number, before = fire.report_id(), fire.texts(TG_ROOM)
    await fire.writes(ANNA, None, f"/klart {number}")

    assert "är redan avslutad" in fire.last(ANNA)
    assert fire.texts(TG_ROOM) == before


@pytest.mark.parametrize(
    ("line", "lives"),
    [("/rod rök", {"hours": 6}), ("/gul rök", {"hours": 24}), ("/gron rök", {"days": 14})],
    ids=["red", "yellow", "green"],
)
async def test_untouched_report_ends_by_itself(town, line, lives):
    """Red after 6 h, yellow after 24 h, green after 14 d; in silence, on every card."""
    await town.writes(ANNA, TG_ROOM, line)
    before = len(town.in_room(MX_ROOM))
    await town.passes(**lives, seconds=-1)
    assert "Avslutad" not in town.card(MX_ROOM).text
    await town.passes(seconds=1)

    assert "Avslutad av sig själv" in town.card(MX_ROOM).text
    assert labels_of(town.card(MX_ROOM)) == []
    assert len(town.in_room(MX_ROOM)) == before
    assert "har tagit slut av sig själv" in town.last(ANNA)


@pytest.mark.parametrize("touch", ["mark", "update", "edit", "priority"])
async def test_touched_report_lives_on(town, touch):
    """It lives from when somebody last did something with it."""
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur ett fönster")
    await town.passes(hours=5)
    card = town.card(MX_ROOM)
    match touch:
        case "mark":
            await town.presses(POLICE, card, "Sett")
        case "update":
            await town.writes(POLICE, MX_ROOM, "Vi är på väg", reply_to=card.ref)
        case "edit":
            await town.edits(EVA, line, "!rod rök ur två fönster")
        case "priority":
            await town.writes(EVA, MX_ROOM, f"!rod #{id_on(card)}")
    await town.passes(hours=5)
    assert "Avslutad" not in town.card(TG_ROOM).text
    await town.passes(hours=1)

    assert "Avslutad av sig själv" in town.card(TG_ROOM).text


@pytest.mark.parametrize(
    ("line", "lives"),
    [("/rod rök", {"hours": 6}), ("/gul rök", {"hours": 24}), ("/gron rök", {"days": 14})],
    ids=["red", "yellow", "green"],
)
async def test_author_opens_it_again_within_48_hours(town, line, lives):
    """The card lives again, with its buttons, in silence."""
    await town.writes(ANNA, TG_ROOM, line)
    await town.passes(**lives)
    await town.passes(hours=47)
    before = len(town.in_room(MX_ROOM))
    await town.taps(ANNA, "Öppna igen")

    assert "Avslutad" not in town.card(MX_ROOM).text
    assert "👁 Sett" in labels_of(town.card(MX_ROOM))
    assert len(town.in_room(MX_ROOM)) == before
    assert town.last(ANNA).endswith("är öppen.")


async def test_after_48_hours_it_stays_closed(town):
    """The button is dead, and nothing changes."""
    await town.writes(ANNA, TG_ROOM, "/gul rök")
    await town.passes(hours=24)
    await town.passes(hours=48, seconds=1)
    before = town.card(TG_ROOM).text
    await town.taps(ANNA, "Öppna igen")

    assert "Den knappen gäller inte längre" in town.last(ANNA)
    assert town.card(TG_ROOM).text == before


async def test_what_is_withdrawn_can_be_brought_back_by_its_author(fire):
    """Its words come back to every card."""
    await fire.writes(ANNA, None, "/withdraw")
    assert "rök ur ett fönster" not in fire.card(BO).text
    await fire.taps(ANNA, "Öppna igen")

    assert "rök ur ett fönster" in fire.card(BO).text


async def test_long_lived_report_still_tells_its_author_when_it_ends(town):
    """Though the receipt itself is long forgotten by then."""
    await town.writes(ANNA, TG_ROOM, "/gron Städdag i maj, anmäl er här")
    for _ in range(4):
        await town.passes(days=8)
        await town.writes(BO, TG_ROOM, "Jag kommer", reply_to=town.card(TG_ROOM).ref)
    await town.passes(days=14)

    assert "har tagit slut av sig själv" in town.last(ANNA)
    assert labels_of(town.told(ANNA)[-1]) == ["Öppna igen"]


async def test_card_that_waited_until_it_was_over_alarms_nobody(town):
    """Who had not got it yet is left alone; a room gets the card as it is now."""
    await town.writes(CILLA, None, "/bevaka albyberget")
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "/rod det brinner i en bil")
        number = await _newest_report(town)
        await town.writes(ANNA, None, f"/klart {number}")
    await town.settle()

    assert town.cards(CILLA) == []
    assert f"#{number}" in town.card(MX_ROOM).text
    assert "✅ Löst" in town.card(MX_ROOM).text


async def test_report_from_a_private_chat_can_be_ended_in_private(town):
    """What began without a room ends without one."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/rod rök ur ett fönster")
    await town.writes(ANNA, None, "/klart")

    assert "✅ Löst" in town.card(TG_ROOM).text


async def test_stranger_can_t_find_a_locked_group_s_report_by_its_number(town):
    """A number is no key: to others there is no such report."""
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    number, before = town.report_id(SHOPS), town.footprint()
    for command in ("update", "resolve", "withdraw", "confirm", "false"):
        await town.writes(DAVID, None, f"/{command} {number} hej hej")
        await town.writes(DAVID, None, f"/{command} {number}")
        assert "stöldliga" not in town.last(DAVID)
        assert town.last(DAVID).startswith(("Jag hittar ingen rapport", "Vilken rapport"))

    assert town.footprint() == before


async def test_member_finds_the_group_s_report_by_its_number(town):
    """Who writes in the group may name it, there and in private."""
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    number = town.report_id(SHOPS)
    await town.writes(BO, SHOPS, f"/uppdatera {number} De går mot torget")
    await town.writes(BO, None, f"/uppdatera {number} De är kvar")

    assert "De går mot torget" in town.card(SHOPS).text
    assert "De är kvar" in town.card(SHOPS).text


async def test_coordinator_finds_a_locked_group_s_report_by_its_number(town):
    """Whoever answers for the data may end it."""
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    await town.writes(OWNER, None, f"/false {town.report_id(SHOPS)}")

    assert "✖ Stämde inte" in town.card(SHOPS).text


async def _newest_report(town: Town) -> str:
    async with town.app.parts.database.read() as uow:
        return (await uow.reports.active(limit=1))[0].id
