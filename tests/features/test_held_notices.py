"""A notice whose author's role is revoked while it is on its way: the rest waits, and is asked."""

import pytest

from tests.features.conftest import OpenTown
from tests.features.test_organisations import OFFICE, add, code_in_any
from tests.features.test_verification import ANNA_AT_WORK, coordinate, is_verified, proves
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
    TG_ROOM,
    Town,
    code_on,
    data_of,
    labels_of,
)

WATER = "Vattnet stängs av kl 13"
GO_ON, RECALL = "Skicka resten utan märke", "Återkalla N-1"


async def is_half_sent(town: Town, priority: str = "gul") -> None:
    """Anna, of the police, tells Alby something; Matrix has not got it when her role ends."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(EVA, None, "!bevaka albyberget")
    outboxes, town.app.outboxes = town.app.outboxes, town.app.outboxes[:1]
    await town.writes(ANNA, None, f"/notice {priority}, albyberget: {WATER}")
    await town.taps(ANNA, "Skicka")
    assert "Polisen ✔ verifierad" in notice_in(town, BO)
    await town.writes(POLICE, None, f"!revoke {code}")
    town.app.outboxes = outboxes
    await town.settle()
    await town.passes(seconds=4)


async def it_waits_for_the_evening(town: Town) -> str:
    """Anna, of the police, tells Alby something, and Cilla, too; Bo wants it summed up at six."""
    code: str = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, "/digest 18:00")
    await town.writes(EVA, None, "!bevaka albyberget")
    await town.writes(EVA, None, "!quiet 00-23:59")
    await town.writes(ANNA, None, f"/notice gul, albyberget: {WATER}")
    await town.taps(ANNA, "Skicka")
    await town.writes(CILLA, TG_ROOM, "/gul glas på marken")
    return code


def summary(town: Town) -> str:
    """The latest digest that Bo sees; empty if none."""
    heads = ("Det här har hänt", "This has happened")
    return next((text for text in town.texts(BO)[::-1] if text.startswith(heads)), "")


def notice_in(town: Town, where: object) -> str:
    """The card of the notice that somebody or a room sees; empty if none."""
    cards = [s.text for s in town.seen(where) if "Meddelande" in s.text and "Albyberget" in s.text]  # type: ignore[arg-type]  # a room or a user
    return cards[-1] if cards else ""


def asked(town: Town) -> str:
    """What the desk is asked about the notice."""
    return next(s.text for s in town.in_room(DESK) if GO_ON in labels_of(s))


async def test_what_is_not_out_waits_and_what_stands_says_formerly(town):
    """Nothing more goes out in the name of the police, on either platform."""
    await is_half_sent(town)

    for reader in (MX_ROOM, EVA):
        assert notice_in(town, reader) == ""
    for reader in (TG_ROOM, BO):
        assert "— tidigare Polisen" in notice_in(town, reader)
        assert "⏸ Stoppat." in notice_in(town, reader)
        assert "✔" not in notice_in(town, reader)
    assert town.rows("SELECT state FROM notices") == [("held",)]


async def test_desk_is_told_how_far_it_has_come(town):
    """With the words, and what can be done; its author sees that it was stopped, and no button."""
    await is_half_sent(town)
    progress = next(s for s in town.told(ANNA) if "N-1 är stoppat" in s.text)

    assert "Det har nått 1 av 2 rum och 1 av 2 personer" in asked(town)
    assert WATER in asked(town)
    assert "N-1 är stoppat: 1 av 2 rum, 1 av 2 personer." in progress.text
    assert labels_of(progress) == []


async def test_desk_sends_the_rest_without_a_badge(town):
    """Each gets it once, and who had it no second time."""
    await is_half_sent(town)
    await town.presses(POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)
    await town.passes(seconds=4)

    for reader in (TG_ROOM, MX_ROOM, BO, EVA):
        cards = [s.text for s in town.seen(reader) if WATER in s.text and "Stoppat" not in s.text]
        assert len(cards) == 1
        assert "— tidigare Polisen" in cards[0]
        assert "✔" not in cards[0]
    assert "N-1 går ut till resten, utan märke." in town.texts(DESK)
    assert town.rows("SELECT state FROM notices") == [("sent",)]


async def test_desk_recalls_it(town):
    """Who has it reads so, and nobody else ever gets it."""
    await is_half_sent(town)
    await town.presses(
        POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), RECALL
    )
    await town.taps(POLICE, "Ja")
    await town.passes(seconds=4)

    assert "↩ Återkallat" in notice_in(town, TG_ROOM)
    assert WATER not in notice_in(town, TG_ROOM)
    for reader in (MX_ROOM, EVA):
        assert notice_in(town, reader) == ""
    assert "N-1 är återkallat." in town.texts(DESK)


@pytest.mark.parametrize(
    ("language", "stopped", "holds"),
    [
        ("sv", "Det är stoppat och ses över", "Det gäller fortfarande."),
        ("en", "It is stopped and being looked into", "It still holds."),
    ],
    ids=["sv", "en"],
)
async def test_whoever_checks_it_hears_that_it_is_stopped(town, language, stopped, holds):
    """Not that it holds: that is for the organisation to say, and it has not said so yet."""
    await town.writes(CILLA, None, f"/language {language}")
    await is_half_sent(town)
    code = code_on(notice_in(town, TG_ROOM))
    await town.writes(CILLA, None, f"/kolla {code}")
    waiting = town.last(CILLA)
    await town.presses(POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)
    await town.writes(CILLA, None, f"/kolla {code}")

    assert stopped in waiting
    assert holds not in waiting
    assert holds in town.last(CILLA)


@pytest.mark.parametrize("user", [ANNA, CILLA], ids=["author", "neighbour"])
async def test_only_the_organisation_decides(town, user):
    """Whoever was put out presses in vain, and nothing goes out."""
    await is_half_sent(town)
    await town.presses(user, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)

    assert town.last(user).startswith("N-1 kan rättas av den organisation som skickade det")
    assert notice_in(town, MX_ROOM) == ""


async def test_it_is_decided_once(town):
    """Neither the question nor the list of notices sends it twice."""
    await is_half_sent(town)
    await town.writes(POLICE, None, "!notices")
    question = next(s for s in town.in_room(DESK) if s.text == asked(town))
    pressed = data_of(question, GO_ON)
    await town.presses_data(POLICE, question.ref, pressed)
    await town.presses_data(POLICE, question.ref, pressed)
    again = town.last(POLICE)
    await town.taps(POLICE, GO_ON)

    assert again.startswith("Den knappen är redan använd.")
    assert town.last(POLICE).startswith("Det är redan bestämt vad som händer med N-1.")
    assert len([text for text in town.texts(MX_ROOM) if WATER in text]) == 1


async def test_red_one_asks_whoever_sends_it_on_for_a_code(town):
    """It is as red to whole areas as when it was written; one tap after the code it goes."""
    await is_half_sent(town, "röd")
    news = town.texts(BO)
    await town.passes(hours=13)
    await town.presses(POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)
    before = notice_in(town, MX_ROOM)
    await town.writes(POLICE, None, town.mailbox.code_to("pia.polis@polisen.se"))
    await town.taps(POLICE, "Fortsätt")

    assert any("N-1 är stoppat." in text for text in news)
    assert before == ""
    assert "— tidigare Polisen" in notice_in(town, MX_ROOM)


async def test_notice_that_is_out_stays_the_organisation_s_word(town):
    """It was said while the role held, and the organisation can recall it."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(ANNA, None, f"/notice gul, albyberget: {WATER}")
    await town.taps(ANNA, "Skicka")
    await town.passes(seconds=4)
    await town.writes(POLICE, None, f"!revoke {code}")
    await town.passes(seconds=4)

    assert "Polisen ✔ verifierad" in notice_in(town, MX_ROOM)
    assert town.rows("SELECT state FROM notices") == [("sent",)]


async def test_who_waits_for_the_morning_never_gets_it_with_a_badge(town):
    """What is held back for quiet hours is on its way, too; it is held anew when it goes on."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, "/quiet 00-23:59")
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(ANNA, None, f"/notice gul, albyberget: {WATER}")
    await town.taps(ANNA, "Skicka")
    await town.writes(POLICE, None, f"!revoke {code}")
    held = town.count_rows("held_alerts")
    await town.presses(POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)

    assert held == 0
    assert town.count_rows("held_alerts") == 1


@pytest.mark.parametrize(
    ("language", "stopped"), [("sv", "⏸ stoppat"), ("en", "⏸ stopped")], ids=["sv", "en"]
)
async def test_digest_that_told_of_it_says_that_it_is_stopped(town, language, stopped):
    """Where it stands it changes as on its card, until it has been decided on."""
    await town.writes(BO, None, f"/language {language}")
    code = await it_waits_for_the_evening(town)
    outboxes, town.app.outboxes = town.app.outboxes, town.app.outboxes[:1]
    await town.passes(hours=5)
    before = summary(town)
    await town.writes(POLICE, None, f"!revoke {code}")
    town.app.outboxes = outboxes
    await town.settle()
    await town.passes(minutes=1)
    held = summary(town)
    await town.presses(POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)
    await town.passes(minutes=1)

    assert WATER in before
    assert stopped not in before
    assert f"{WATER} · {stopped}" in held
    assert WATER in summary(town)
    assert stopped not in summary(town)


@pytest.mark.parametrize("has_more", [True, False], ids=["with another", "alone"])
async def test_digest_that_is_not_out_leaves_it_out_until_it_goes_on(town, has_more):
    """Nobody hears first of what is stopped; when it goes on, nobody misses it."""
    code = await it_waits_for_the_evening(town)
    report = town.report_id()
    with town.platforms_down():
        await town.passes(hours=5)
        await town.writes(POLICE, None, f"!revoke {code}")
        if not has_more:
            await town.writes(CILLA, None, f"/withdraw {report}")
    await town.settle()
    await town.passes(minutes=1)
    held = summary(town)
    await town.presses(POLICE, next(s for s in town.in_room(DESK) if s.text == asked(town)), GO_ON)
    await town.passes(minutes=1)

    assert ("glas på marken" in held) is has_more
    assert WATER not in held
    assert WATER in summary(town)


async def test_notice_that_ends_while_it_waits_is_over(town):
    """Nobody is asked about what holds no longer."""
    await is_half_sent(town, "gul, till 18:00")
    await town.passes(hours=7)

    assert "N-1 gäller inte längre, så resten skickas inte." in town.texts(DESK)
    assert town.rows("SELECT state FROM notices") == [("expired",)]


async def test_coordinators_decide_where_the_last_one_of_a_desk_was_put_out(town):
    """The desk stays where it is, but nobody in it speaks for the organisation any more."""
    await town.agrees(OWNER)
    await town.writes(POLICE, None, f"!notice gul, albyberget: {WATER}")
    with town.platforms_down():
        await town.taps(POLICE, "Skicka")
        await town.writes(OWNER, None, f"/revoke {POLICE}")
    await town.settle()
    await town.passes(seconds=4)

    assert not [s for s in town.in_room(DESK) if GO_ON in labels_of(s)]
    await town.taps(OWNER, GO_ON)
    assert "— tidigare Polisen" in notice_in(town, MX_ROOM)


@pytest.mark.parametrize("removes", [False, True], ids=["domain", "organisation"])
async def test_coordinators_decide_where_all_roles_end_at_once(town, removes):
    """None of those whose roles end with the sender's is asked, and no room that they read."""
    await municipality_of_two(town)
    await town.writes(OWNER, None, "/organisation remove botkyrka-kommun")
    await town.writes(CILLA, None, f"/notice gul, albyberget: {WATER}")
    with town.platforms_down():
        await town.taps(CILLA, "Skicka")
        if removes:
            await town.taps(OWNER, "Ja, ta bort")
        else:
            await town.writes(OWNER, None, "/organisation domain botkyrka-kommun botkyrka.se")
    await town.settle()
    await town.passes(seconds=4)

    for reader in (OFFICE, CILLA, DAVID):
        assert not [s for s in town.seen(reader) if GO_ON in labels_of(s)]
    await town.taps(BO, GO_ON)
    assert WATER in notice_in(town, MX_ROOM)
    assert "— tidigare" in notice_in(town, MX_ROOM)


async def municipality_of_two(town: Town) -> None:
    """A municipality that was added by chat has a desk; Cilla and David speak for it."""
    await add(town)
    await coordinate(town, BO)
    await town.writes(OWNER, OFFICE, "/organisation desk botkyrka-kommun")
    for user, name in ((CILLA, "cilla.dahl"), (DAVID, "david.berg")):
        await proves(town, user, f"{name}@botkyrka.se", organisation="botkyrka-kommun")
        asked = BO if user == CILLA else OFFICE
        for approver in (OWNER, BO) if user == CILLA else (CILLA,):
            await town.writes(approver, None, f"/approve {code_in_any(town, asked)}")


async def test_configuration_stops_it_as_well(open_town: OpenTown):
    """Where nobody of the organisation is left, coordinators decide."""
    town = await open_town()
    await town.agrees(BO, EVA, POLICE, OWNER)
    await town.writes(EVA, None, "!bevaka albyberget")
    with town.platforms_down():
        await town.writes(POLICE, None, f"!notice gul, albyberget: {WATER}")
    await town.settle()
    with town.platforms_down():
        await town.taps(POLICE, "Skicka")
    await town.app.close()
    again = await open_town(clock=town.clock, organisations=())
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(vars(old))
    again.written = town.written
    with again.platforms_down():
        await again.passes(seconds=4)
    await again.settle()

    assert notice_in(again, MX_ROOM) == ""
    assert "N-1 är stoppat" in again.last(OWNER)
    await again.taps(OWNER, GO_ON)
    assert "— tidigare polisen" in notice_in(again, MX_ROOM)
