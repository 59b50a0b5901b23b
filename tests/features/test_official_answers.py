"""The official word against rumours: on the card, to all who saw it, and never repeating it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import UserRef
from bot.domain.official_answers import Verdict, is_worth_showing, read_verdict
from bot.settings.options import Options
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DESK,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
    code_on,
    labels_of,
    news_on,
)

DRILL = "Brandkåren övar, ingen fara"


async def answers(town: Town, said: str = f"false {DRILL}") -> None:
    """The police answer the fire in private and send it."""
    await town.writes(POLICE, None, f"!official {town.report_id()} {said}")
    await town.taps(POLICE, "Skicka svaret")


async def test_answer_stands_on_every_card_and_goes_to_all_who_saw_it(fire):
    """In the same thread, with a sound, on both platforms."""
    await answers(fire)

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        card = fire.card(reader)
        assert f"Polisen ✔ verifierad polis: Det stämmer inte. {DRILL}" in card.text
        (news,) = news_on(card, fire.seen(reader))
        assert f"svar från Polisen ✔ verifierad polis: Det stämmer inte. {DRILL}" in news
        assert "rök" not in news


async def test_headline_does_not_repeat_what_is_false(fire):
    """Neither on the card nor in the news; the words of the claim stand beneath the answer."""
    assert "Brand · Albyberget" in fire.card(TG_ROOM).text
    await answers(fire)

    text = fire.card(TG_ROOM).text
    assert text.splitlines()[0].startswith(f"🔴 #{fire.report_id()} Uppgift · Albyberget")
    assert text.index("Det stämmer inte") < text.index("Uppgiften: rök ur ett fönster")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("true Vi är på plats", "Det stämmer. Vi är på plats"),
        ("stämmer: Vi är på plats", "Det stämmer. Vi är på plats"),
        ("stämmer inte. Övning", "Det stämmer inte. Övning"),
        ("delvis bara rök", "Det stämmer delvis. bara rök"),
        ("unknown Vi undersöker", "Det är inte känt om det stämmer. Vi undersöker"),
    ],
)
async def test_verdict_may_stand_first(fire, said, shown):
    """In Swedish or English; then only the preview is left."""
    await answers(fire, said)

    assert f"verifierad polis: {shown}" in fire.card(TG_ROOM).text


async def test_verdict_left_out_is_asked_for(fire):
    """With buttons; and nothing is sent before the preview was seen."""
    await fire.writes(POLICE, None, f"!official {fire.report_id()} {DRILL}")
    shown = labels_of(fire.told(POLICE)[-1])
    await fire.taps(POLICE, "Det stämmer inte")
    preview = fire.last(POLICE)
    before = fire.card(TG_ROOM).text
    await fire.taps(POLICE, "Skicka svaret")

    assert shown == ["Det stämmer", "Det stämmer inte", "Delvis", "Inte känt än", "Avbryt"]
    assert f"Det stämmer inte. {DRILL}" in preview
    assert "Det går till de 4 som har fått" in preview
    assert DRILL not in before
    assert DRILL in fire.card(TG_ROOM).text


async def test_text_left_out_is_asked_for(fire):
    """The answer says what is right, not only what is wrong."""
    await fire.writes(POLICE, None, f"!official {fire.report_id()} false")
    assert "Upprepa inte det som är fel" in fire.last(POLICE)
    await fire.writes(POLICE, None, DRILL)
    await fire.taps(POLICE, "Skicka svaret")

    assert DRILL in fire.card(MX_ROOM).text


async def test_cancelled_answer_leaves_nothing(fire):
    """Neither on the card nor anywhere else."""
    before = fire.card(TG_ROOM).text
    await fire.writes(POLICE, None, f"!official {fire.report_id()} false {DRILL}")
    await fire.taps(POLICE, "Avbryt")

    assert fire.card(TG_ROOM).text == before
    assert fire.count_rows("official_answers") == fire.count_rows("official_posts") == 0


@pytest.mark.parametrize("user", [ANNA, BO, OWNER], ids=["author", "reader", "coordinator"])
async def test_whoever_is_not_verified_gives_no_official_answer(fire, user):
    """Refused with what to do instead, and nothing is left behind."""
    await fire.writes(user, None, f"/official {fire.report_id()} false {DRILL}")

    assert "verifierad roll" in fire.last(user) or "Är det okej" in fire.last(user)
    assert fire.count_rows("official_answers") == 0


async def test_role_reaches_no_further_than_its_area(town):
    """The police of Botkyrka say nothing officially in Gamla stan."""
    await town.writes(ANNA, SHOPS, "/gul glas på marken")
    await town.writes(POLICE, SHOPS, "hej")
    await town.writes(POLICE, None, f"!official {town.report_id(SHOPS)} false {DRILL}")

    assert "verifierad roll" in town.last(POLICE)
    assert town.count_rows("official_answers") == 0


async def test_card_counts_to_how_many_the_answer_has_gone(fire):
    """Of those who saw the claim: each room and each private chat here stands for one."""
    await answers(fire)
    await fire.passes(minutes=1)

    assert (
        "svaret har gått till 4 av 4 rum och personer som fått uppgiften"
        in fire.card(TG_ROOM).text
    )


async def test_count_is_of_people_where_their_number_is_known(fire):
    """In a room all its people have seen it."""
    fire.changes_rows(f"INSERT INTO member_counts (room, people) VALUES ('{TG_ROOM}', 40)")
    await answers(fire)
    await fire.passes(minutes=1)

    assert "svaret har gått till 43 av 43" in fire.card(TG_ROOM).text


async def test_answer_not_yet_delivered_is_not_counted(fire):
    """The card says only what is so."""
    await fire.writes(POLICE, None, f"!official {fire.report_id()} false {DRILL}")
    with fire.platforms_down():
        await fire.taps(POLICE, "Skicka svaret")
        await fire.passes(minutes=1)
    await fire.settle()
    assert "svaret har gått till" not in fire.card(TG_ROOM).text
    await fire.passes(minutes=1)

    assert "svaret har gått till 4 av 4" in fire.card(TG_ROOM).text


async def test_changed_text_changes_where_it_stands(fire):
    """In the same messages, without another sound, and it is in the audit log."""
    await answers(fire)
    before = len(fire.in_room(TG_ROOM))
    await answers(fire, "false Övningen är över")

    assert len(fire.in_room(TG_ROOM)) == before
    assert "Övningen är över" in fire.last(TG_ROOM)
    assert DRILL not in fire.card(TG_ROOM).text
    verbs = [row[0] for row in fire.rows("SELECT verb FROM audit ORDER BY id")]
    assert verbs[-2:] == ["report.answered", "report.answer_changed"]


async def test_other_verdict_is_told_anew(fire):
    """Whoever believed the first one hears of it; the old message says that it was replaced."""
    await answers(fire, "unknown Vi undersöker")
    await answers(fire)

    old, new = fire.texts(TG_ROOM)[-2:]
    assert "är ändrat" in old
    assert f"Det stämmer inte. {DRILL}" in new
    assert fire.count_rows("official_answers") == 1


async def test_answer_reaches_those_who_were_told_by_a_digest(fire):
    """In the digest's own line, and as an answer to it; the claim is not repeated there."""
    await fire.writes(CILLA, None, "/bevaka albyberget")
    await fire.writes(CILLA, None, "/sammanfattning varje dag 18:00")
    await fire.writes(ANNA, TG_ROOM, "/gul glas på cykelbanan")
    await fire.writes(ANNA, TG_ROOM, "/gul Stöldliga i området")
    await fire.passes(hours=6)
    digest = fire.told(CILLA)[-1]
    assert "Stöldliga i området" in digest.text
    await fire.writes(POLICE, None, f"!official {fire.report_id()} false Det var en leverans")
    await fire.taps(POLICE, "Skicka svaret")

    line = next(line for line in digest.text.splitlines() if fire.report_id() in line)
    assert "Polisen: det stämmer inte" in line
    assert "Stöldliga" not in line
    assert "Det var en leverans" in fire.last(CILLA)


async def test_answer_goes_when_its_report_is_erased(fire):
    """With all that told of it."""
    await answers(fire)
    await fire.taps_after(ANNA, "/glom", "Ja, radera allt")
    await fire.settle()

    assert not [s for s in fire.everything_shown() if DRILL in s.text and s.to != POLICE]
    assert fire.count_rows("official_answers") == 0


async def test_false_claim_can_be_ended_with_the_next_tap(fire):
    """The answer alone leaves the report as it is."""
    await answers(fire)
    assert "Uppgift" in fire.card(TG_ROOM).text
    await fire.taps(POLICE, "som falsk")

    assert "✖ Stämde inte" in fire.card(TG_ROOM).text


async def test_answer_from_a_room_is_previewed_in_private(fire):
    """A slip in a room would be told to everybody."""
    await fire.writes(POLICE, DESK, f"!official false {DRILL}", reply_to=fire.card(DESK).ref)
    assert DRILL not in fire.card(TG_ROOM).text
    await fire.taps(POLICE, "Skicka svaret")

    assert DRILL in fire.card(TG_ROOM).text


async def test_answer_of_an_organisation_that_is_no_more_says_so(fire):
    """It was its word, and neither a neighbour's nor a verified one's."""
    await answers(fire)
    fire.changes_rows("DELETE FROM organisations WHERE slug = 'polisen'")
    await fire.writes(BO, None, "Nu är det lugnt", reply_to=fire.card(BO).ref)

    line = next(said for said in fire.card(TG_ROOM).text.splitlines() if DRILL in said)
    assert "tidigare polisen: " in line
    assert "✔" not in line


async def test_each_organisation_has_its_own_answer(fire):
    """One does not change another's."""
    fire.changes_rows(
        "INSERT INTO organisations (slug, name, role, areas, mail_domains, desk_rooms) "
        "VALUES ('kommunen', 'Botkyrka kommun', 'municipality', '[]', '[]', '[]')"
    )
    fire.changes_rows(
        "INSERT INTO grants (person_id, role, organisation, areas, granted_at, expires_at) "
        "SELECT person_id, 'municipality', 'kommunen', '[]', '2026-11-01', '2027-03-01' "
        f"FROM identities WHERE hash = '{await _hash_of(fire, EVA)}'"
    )
    await answers(fire)
    await fire.writes(EVA, None, f"!official {fire.report_id()} partly Vägen är stängd")
    await fire.taps(EVA, "Skicka svaret")

    card = fire.card(TG_ROOM).text
    assert f"Det stämmer inte. {DRILL}" in card
    assert "Botkyrka kommun ✔ verifierad kommun: Det stämmer delvis. Vägen är stängd" in card


async def _hash_of(town: Town, user: UserRef) -> str:
    async with town.app.parts.database.read() as uow:
        vault = uow.people._session.vault
    return vault.hash_of(user)


async def test_export_of_an_official_holds_the_answers(fire):
    """What somebody has written for an organisation is theirs to see, and stays the body's."""
    await answers(fire)
    code = code_on(fire.card(TG_ROOM).text)
    await fire.writes(POLICE, None, "!privacy")
    assert "skrivit 1 gång för en organisation" in fire.last(POLICE)
    await fire.taps_after(POLICE, "!glom", "Ja, radera allt")
    await fire.passes(minutes=11)

    assert fire.rows("SELECT author_id FROM official_answers") == [(None,)]
    assert fire.rows(f"SELECT author_id FROM official_posts WHERE code = '{code}'") == [(None,)]
    assert DRILL in fire.card(TG_ROOM).text


@pytest.mark.parametrize(
    ("said", "verdict", "rest"),
    [
        ("false a", Verdict.FALSE, "a"),
        ("FALSE: a", Verdict.FALSE, "a"),
        ("Stämmer inte - a", Verdict.FALSE, "a"),
        ("Stämmer a", Verdict.TRUE, "a"),
        ("stämmer delvis, a", Verdict.PARTLY, "a"),
        ("okänt", Verdict.UNKNOWN, ""),
        ("sanning a", None, "sanning a"),
        ("felet är lagat", None, "felet är lagat"),
        ("", None, ""),
    ],
)
def test_verdict_is_read_from_the_first_words(said: str, verdict: Verdict | None, rest: str):
    """Only whole words; everything else is the answer's own."""
    found, length = read_verdict(said)

    assert (found, said[length:]) == (verdict, rest)


def test_unknown_options_are_not_needed():
    """An installation that says nothing keeps what was posted for a year."""
    assert Options().retention.official_post_days == 365


async def test_count_of_many_is_not_edited_for_each(fire):
    """A tenth at a time, and the rest after ten minutes."""
    await answers(fire)
    async with fire.app.parts.database.read() as uow:
        (report,) = {row[0] for row in fire.rows("SELECT report_id FROM official_answers")}
        (answer,) = await uow.official_answers.of_report(report)
    many = replace(answer, saw=1000, told=500)
    assert not is_worth_showing(many, 501, many.told_at)
    assert is_worth_showing(many, 600, many.told_at)
    assert is_worth_showing(many, 1000, many.told_at)
    assert is_worth_showing(many, 501, many.told_at + timedelta(minutes=10))
