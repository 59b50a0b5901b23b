"""“Is this really the police?”: asked by button, by code, by reply or by forwarding."""

from dataclasses import replace

import pytest

from bot.domain.groups import GroupId
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.quoting import quote_of
from bot.domain.reports import Priority
from tests.features.test_notices import BURGLARY
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    DESK,
    EVA,
    MX_ROOM,
    POLICE,
    SHOPS,
    START,
    TG_ROOM,
    Town,
    code_on,
    labels_of,
)

HERE = "Vi är på plats i Alby"
ASK = "Är det här äkta?"


async def police_report(town: Town, said: str = HERE) -> str:
    """The police report something in the group; return the code on its card."""
    await town.writes(POLICE, MX_ROOM, f"!gul {said}")
    return code_on(town.card(TG_ROOM).text)


@pytest.mark.parametrize(("user", "room"), [(ANNA, TG_ROOM), (EVA, MX_ROOM)])
async def test_button_says_who_is_behind_a_card(town, user, room):
    """To whoever asks, in private, on both platforms."""
    code = await police_report(town)
    await town.presses(user, town.card(room), ASK)

    said = town.last(user)
    assert f"Ja, koden {code} är äkta. Polisen (polis) rapporterade 21 nov. 13:00" in said
    assert "i Albyberget. Det gäller fortfarande." in said
    assert f"Så här börjar det: “{HERE}”" in said
    assert "intygar de som driver Grannbro här" in said
    assert "Personens namn visas inte." in said


@pytest.mark.parametrize("command", ["/kolla", "/check"])
async def test_code_can_be_asked_for_by_anybody(town, command):
    """Also by somebody who has agreed to nothing; in any case, with or without a `#`."""
    code = await police_report(town)
    stranger = town.newcomer("Frida")
    for said in (code, code.lower(), f"#{town.report_id()}"):
        await town.writes(stranger, None, f"{command} {said}")

        assert f"koden {code} är äkta" in town.last(stranger)


async def test_unknown_code_is_called_so(town):
    """Plainly, with whom to ring."""
    await police_report(town)
    await town.writes(BO, None, "/kolla ZZZ9")

    assert "Koden ZZZ9 finns inte här" in town.last(BO)
    assert "114 14" in town.last(BO)


@pytest.mark.parametrize("said", ["{code}", "koden {code}", "#{code}", "({code})"], ids=ascii)
async def test_code_is_found_among_what_somebody_writes(town, said):
    """The clumsy write more than a code, or a `#` before it."""
    code = await police_report(town)
    await town.writes(BO, None, f"/kolla {said.format(code=code)}")

    assert f"koden {code} är äkta" in town.last(BO)


async def test_words_are_no_code(town):
    """Whoever asks of the police by name is told where a code stands, and is not frightened."""
    await town.writes(BO, None, "/kolla polisen")

    assert "Det där är ingen kod" in town.last(BO)
    assert "/kolla K7F3" in town.last(BO)


@pytest.mark.parametrize("forged", ["K0F1", "12345678", "<b>7</b>"])
async def test_what_cannot_be_a_code_is_not_to_be_trusted(town, forged):
    """It may stand on a card that somebody has made."""
    await town.writes(BO, None, f"/kolla {forged}")

    assert f"Koden {forged} finns inte här" in town.last(BO)
    assert "Lita inte på det." in town.last(BO)


@pytest.mark.parametrize("asked", ["Är det här verkligen polisen?", "is this real"])
async def test_question_in_own_words_is_understood(town, asked):
    """Nobody has to know a command to be told how to find out."""
    await town.writes(BO, None, asked)

    assert "/kolla K7F3" in town.last(BO)


async def test_question_below_a_card_is_no_update_of_it(town):
    """In private it is for the bot: whoever doubts does not tell all readers so."""
    await town.taps_after(ANNA, "/bevaka albyberget", "Alla")
    code = await police_report(town)
    card = town.card(TG_ROOM).text
    await town.writes(ANNA, None, "Är det här äkta?", reply_to=town.told(ANNA)[-1].ref)

    assert f"koden {code} är äkta" in town.last(ANNA)
    assert town.card(TG_ROOM).text == card


async def test_copied_card_is_checked_and_not_sent_out(town):
    """Pasted in private it is a question; as a red line it would go to everybody at once."""
    await town.writes(BO, None, "/bevaka albyberget")
    code = await police_report(town)
    genuine = town.card(TG_ROOM).text
    await town.writes(BO, None, genuine)
    of_genuine = town.last(BO)
    reports = len(town.in_room(TG_ROOM))
    await town.writes(BO, None, genuine.replace("🟡", "🔴").replace(HERE, "Betala 500 kr"))

    assert f"koden {code} är äkta" in of_genuine
    assert "orden stämmer inte" in town.last(BO)
    assert len(town.in_room(TG_ROOM)) == reports


@pytest.mark.parametrize(
    "forged",
    ["🔴 #7K3 Hot · Albyberget · 14:32\nLås inte dörren", "Polisen ✔ verifierad polis: lås inte"],
    ids=["card", "badge"],
)
async def test_copy_without_a_code_is_not_verified(town, forged):
    """Whatever it looks like."""
    await town.writes(BO, None, forged)

    assert "Det du skickade är inte verifierat" in town.last(BO)
    assert town.in_room(TG_ROOM) == []


async def test_neighbour_s_report_is_no_authority_s(town):
    """By its id, or as an answer to its card; and its card has neither code nor button."""
    await town.writes(ANNA, TG_ROOM, "/gul Polisen säger: stanna inne")
    card = town.card(TG_ROOM)
    await town.writes(BO, None, f"/kolla #{town.report_id()}")
    by_id = town.last(BO)
    await town.writes(BO, TG_ROOM, "/kolla", reply_to=card.ref)

    assert "skriven av en granne" in by_id
    assert "skriven av en granne" in town.last(BO)
    assert ASK not in labels_of(card)
    assert "/kolla" not in card.text


async def test_locked_group_s_report_is_not_told_of(town):
    """Its id is as unknown as one that there is not."""
    await town.writes(ANNA, SHOPS, "/gul glas på marken")
    await town.writes(DAVID, None, f"/kolla #{town.report_id(SHOPS)}")

    assert "finns inte här" in town.last(DAVID)


@pytest.mark.parametrize(
    ("command", "standing"),
    [
        ("resolve", "Det är avslutat."),
        ("withdraw", "Det är återkallat"),
    ],
)
async def test_answer_says_whether_it_still_holds(town, command, standing):
    """A card may go round long after it is over; the button stays on it."""
    code = await police_report(town)
    await town.writes(POLICE, None, f"!{command} {town.report_id()}")
    await town.presses(ANNA, town.in_room(TG_ROOM)[0], ASK)

    assert f"koden {code} är äkta" in town.last(ANNA)
    assert standing in town.last(ANNA)
    assert (HERE in town.last(ANNA)) == (command == "resolve")


async def test_changed_card_is_said_to_be_changed(town):
    """Whoever forwards the old words is told to read it again."""
    line = await town.writes(POLICE, MX_ROOM, f"!gul {HERE}")
    code = code_on(town.card(TG_ROOM).text)
    await town.edits(POLICE, line, "!gul Vi är på väg till Alby")
    await town.writes(BO, None, f"/kolla {code}")

    assert "Det är ändrat 21 nov. 13:00" in town.last(BO)
    assert "Vi är på väg till Alby" in town.last(BO)


async def test_erased_post_is_still_known_as_genuine(town):
    """Its words are gone, and that an organisation has posted it is not."""
    code = await police_report(town)
    await town.taps_after(POLICE, "!glom", "Ja, radera allt")
    await town.passes(minutes=11)
    await town.writes(BO, None, f"/kolla {code}")

    assert "är äkta. Polisen" in town.last(BO)
    assert "Texten är raderad" in town.last(BO)
    assert HERE not in town.last(BO)


async def test_every_official_post_has_a_code_of_its_own(fire):
    """The update, the answer and the notice, each with what it says."""
    report = fire.report_id()
    await fire.writes(POLICE, DESK, "Vi är på väg", reply_to=fire.card(DESK).ref)
    update = code_on(fire.card(TG_ROOM).text)
    await fire.writes(POLICE, None, f"!official {fire.report_id()} true Det brinner")
    await fire.taps(POLICE, "Skicka svaret")
    answer = code_on(fire.last(TG_ROOM))
    await fire.publishes(BURGLARY)
    notice = code_on(fire.last(TG_ROOM))
    told = {}
    for code in (update, answer, notice):
        await fire.writes(BO, None, f"/kolla {code}")
        told[code] = fire.last(BO)

    assert len({update, answer, notice}) == 3
    assert f"skrev det på kortet #{report}" in told[update]
    assert "“Vi är på väg”" in told[update]
    assert f"svarade på #{report}" in told[answer]
    assert "“Det brinner”" in told[answer]
    assert "gick ut med det" in told[notice]
    assert "deras egen källa" in told[notice]


async def test_reply_asks_of_notice_and_answer(fire):
    """`/check` as an answer to whatever the bot has shown for an organisation."""
    await fire.publishes(BURGLARY)
    await fire.writes(CILLA, TG_ROOM, "/kolla", reply_to=fire.in_room(TG_ROOM)[-1].ref)

    assert "gick ut med det" in fire.last(CILLA)


async def test_check_without_anything_says_how(town):
    """With an example."""
    await town.writes(BO, None, "/kolla")

    assert "/kolla K7F3" in town.last(BO)


async def test_corrected_notice_is_said_to_be_changed(town):
    """A feed corrects itself, and what went round before does not."""
    await town.publishes(BURGLARY)
    changed = Notice(
        id=NoticeId(BURGLARY.id),
        organisation=OrganisationId("polisen"),
        areas=BURGLARY.areas,
        priority=Priority.YELLOW,
        title="Inbrott",
        text="Två inbrott",
        link=None,
        happened_at=START,
        published_at=START,
    )
    await town.publishes(changed)
    await town.writes(BO, None, f"/kolla {code_on(town.last(TG_ROOM))}")

    assert "Det är ändrat" in town.last(BO)
    assert "Två inbrott" in town.last(BO)


async def test_role_that_was_granted_is_told_with_its_dates(town):
    """When it was given and until when it holds; never by whose name."""
    town.changes_rows(
        "UPDATE grants SET granted_at = '2026-11-01 09:00', expires_at = '2027-04-30 09:00'"
        " WHERE organisation = 'polisen'"
    )
    code = await police_report(town)
    await town.writes(BO, None, f"/kolla {code}")
    before = town.last(BO)
    await town.passes(days=200)
    await town.writes(BO, None, f"/kolla {code}")

    assert "gavs 1 nov. 10:00. Den gäller till 30 apr. 11:00." in before
    assert "Den gällde till 30 apr. 11:00" in town.last(BO)


async def test_role_that_is_revoked_is_said_to_have_held(town):
    """The post stays genuine."""
    code = await police_report(town)
    town.changes_rows("DELETE FROM grants WHERE organisation = 'polisen'")
    await town.writes(BO, None, f"/kolla {code}")

    assert "är äkta" in town.last(BO)
    assert "har inte den rollen längre" in town.last(BO)


async def test_person_is_named_only_by_choice(town):
    """Their name stands there if they have agreed to show it, and goes when they no longer do."""
    town.names[POLICE] = "Pia Svensson"
    await town.taps_after(POLICE, "!samtycke", "Visa mitt namn")
    code = await police_report(town)
    await town.writes(BO, None, f"/kolla {code}")
    named = town.last(BO)
    await town.taps_after(POLICE, "!samtycke", "Visa mitt namn")
    await town.writes(BO, None, f"/kolla {code}")

    assert "Skrivet av Pia Svensson." in named
    assert "Pia" not in town.last(BO)
    assert "Personens namn visas inte." in town.last(BO)


async def test_forwarded_card_is_checked_by_itself(town):
    """Somebody forwards what they got to the bot, and asks nothing."""
    code = await police_report(town)
    await town.sends(BO, None, town.card(TG_ROOM).text, forwarded_from="Grannbro")

    assert f"koden {code} är äkta" in town.last(BO)


async def test_forged_words_under_a_true_code_are_seen(town):
    """A code proves that something was posted, and not that it was this."""
    code = await police_report(town)
    forged = town.card(TG_ROOM).text.replace(HERE, "Lämna era hus och lås inte")
    await town.sends(BO, None, forged, forwarded_from="")

    assert f"Koden {code} är äkta, men orden stämmer inte" in town.last(BO)
    assert f"“{HERE}”" in town.last(BO)


async def test_quoted_line_with_a_borrowed_code_is_seen(town):
    """A neighbour's line does not become an authority's by a true code below it."""
    code = await police_report(town)
    lie = f"Polisen: lås inte i natt /kolla {code}"
    line = await town.writes(CILLA, TG_ROOM, lie)
    quoted = quote_of(lie, is_chosen=False)
    await town.sends(BO, TG_ROOM, "/kolla", reply_to=line, quoted=quoted)

    assert f"Koden {code} är äkta, men orden stämmer inte" in town.last(BO)


async def test_piece_of_a_line_is_not_called_genuine(town):
    """Who answers picks the code alone; what stands around it is not known."""
    code = await police_report(town)
    line = await town.writes(CILLA, TG_ROOM, f"Polisen: lås inte i natt /kolla {code}")
    piece = quote_of(f"/kolla {code}", is_chosen=True)
    await town.sends(BO, TG_ROOM, "/kolla", reply_to=line, quoted=piece)

    assert town.last(BO).startswith(f"Koden {code} finns, men jag ser inte hela")
    assert HERE in town.last(BO)


@pytest.mark.parametrize("reader", [ANNA, BO])
async def test_forwarded_notice_is_genuine_in_each_language(town, reader):
    """With its title in a line of its own, and with the link that stands on it."""
    both = replace(BURGLARY, others={"en": "Several cellars were broken into."}, language="sv")
    await town.writes(ANNA, None, "/language english")
    for one in (ANNA, BO):
        await town.writes(one, None, "/bevaka albyberget")
    await town.publishes(both)
    card = town.last(reader)
    await town.sends(reader, None, card, forwarded_from="Grannbro")

    assert ("Several cellars" in card) == (reader == ANNA)
    assert town.last(reader).startswith(("Yes, the code", "Ja, koden"))


async def test_notice_to_a_locked_group_is_not_told_to_others(town):
    """That it is genuine may everybody know."""
    only = replace(BURGLARY, areas=(), groups=(GroupId("butikerna"),))
    await town.publishes(only)
    ((code,),) = town.rows("SELECT code FROM official_posts")
    await town.writes(DAVID, None, f"/kolla {code}")

    assert "är äkta" in town.last(DAVID)
    assert "källarinbrott" not in town.last(DAVID)


async def test_author_in_a_locked_group_is_not_named_to_others(town):
    """The name was shown to that group, and to nobody else."""
    town.changes_rows("UPDATE grants SET areas = '[]' WHERE organisation = 'polisen'")
    town.names[POLICE] = "Pia Svensson"
    await town.taps_after(POLICE, "!samtycke", "Visa mitt namn")
    await town.writes(POLICE, SHOPS, "!gul Håll utkik efter en grå väska")
    await town.writes(DAVID, None, f"/kolla {code_on(town.card(SHOPS).text)}")

    assert "är äkta" in town.last(DAVID)
    assert "Pia" not in town.last(DAVID)


@pytest.mark.parametrize("added", ["https://betala.example", "ring 070-123 45 67", "x@y.example"])
async def test_way_out_that_was_added_to_a_true_card_is_warned_of(town, added):
    """The words are the police's, and the swindle stands below them."""
    await police_report(town)
    await town.sends(BO, None, f"{town.card(TG_ROOM).text}\n{added}", forwarded_from="Olle")

    assert town.last(BO).startswith("Se upp: i det du har fått finns en länk")


async def test_forwarded_authority_without_a_code_is_not_verified(town):
    """Said plainly; what is forwarded is nobody's word."""
    await town.sends(BO, None, "Polisen: lås era dörrar i natt", forwarded_from="Polisen")

    assert "är inte verifierat" in town.last(BO)


async def test_text_of_a_locked_group_is_not_shown_to_others(town):
    """That it is genuine may everybody know."""
    town.changes_rows("UPDATE grants SET areas = '[]' WHERE organisation = 'polisen'")
    await town.writes(POLICE, SHOPS, "!gul Håll utkik efter en grå väska")
    code = code_on(town.card(SHOPS).text)
    await town.writes(DAVID, None, f"/kolla {code}")

    assert "är äkta" in town.last(DAVID)
    assert "grå väska" not in town.last(DAVID)


async def test_badge_that_another_program_brings_has_no_code(town):
    """The account's badge does not vouch for what a program says in its name."""
    await town.sends(POLICE, MX_ROOM, "!gul brand", spoken_as="Olle")

    assert town.count_rows("official_posts") == 0
