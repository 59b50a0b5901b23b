"""Hearing of an area in private."""

import pytest

from tests.town import (
    ANNA,
    AREAS,
    AT_SEA,
    BO,
    EVA,
    IN_ALBYBERGET,
    SHOPS,
    TG_ROOM,
    labels_of,
)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/bevaka albyberget", "Klart. Du får rött och gult från Albyberget."),
        ("/subscribe Albyberget red", "Klart. Du får rött från Albyberget."),
        ("/bevaka ALBYBERGET Röda", "Klart. Du får rött från Albyberget."),
        ("/bevaka gamla stan gul", "Klart. Du får rött och gult från Gamla stan."),
        ("/bevaka gamla-stan alla", "Klart. Du får allt från Gamla stan."),
        ("/subscribe gamla stan green", "Klart. Du får allt från Gamla stan."),
        (
            "/bevaka botkyrka",
            "Klart. Du får rött och gult från hela Botkyrka.",
        ),
    ],
)
async def test_area_is_followed_by_name(town, line, answer):
    """`/subscribe <area> [red|yellow|green]`, in Swedish too; yellow and up if nothing is said."""
    await town.writes(ANNA, None, line)

    assert town.last(ANNA) == answer


async def test_area_takes_everything_inside_it(town):
    """Who follows the municipality hears of its districts, and of no other town."""
    await town.writes(BO, None, "/bevaka botkyrka")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.writes(ANNA, None, "/bevaka gamla stan")
    await town.writes(ANNA, None, "/rod rök i en trappa")

    assert [card.text.splitlines()[1] for card in town.cards(BO)] == ["glas på marken"]


async def test_district_does_not_take_what_is_around_it(town):
    """A report on the whole municipality is not one on every street."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/bevaka botkyrka")
    await town.writes(ANNA, None, "/rod stort strömavbrott")

    assert town.cards(BO) == []


async def test_following_again_changes_the_priority(town):
    """One subscription an area; the buttons offer the other priorities and an end."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    assert labels_of(town.told(ANNA)[-1]) == ["Bara röda", "Alla", "Vissa slag", "Sluta bevaka"]
    await town.taps(ANNA, "Bara röda")
    assert town.last(ANNA) == "Klart. Du får rött från Albyberget."
    await town.writes(ANNA, None, "/bevakningar")

    assert town.last(ANNA) == "Du får rött från Albyberget."


async def test_followed_areas_are_listed_with_a_way_out_of_each(town):
    """`/subscriptions`: what, from which priority, and an end as a button."""
    for area in ("albyberget röd", "fittja", "gamla stan alla"):
        await town.writes(ANNA, None, f"/bevaka {area}")
        town.clock.at = town.clock.at.replace(second=town.clock.at.second + 1)
    await town.writes(ANNA, None, "/subscriptions")

    assert town.last(ANNA).splitlines() == [
        "Du får allt från Gamla stan, rött och gult från Fittja, och rött från Albyberget.",
        "",
        "• Albyberget: rött",
        "• Fittja: rött och gult",
        "• Gamla stan: allt",
    ]
    assert labels_of(town.told(ANNA)[-1]) == [
        "Ändra Albyberget",
        "Sluta bevaka Albyberget",
        "Ändra Fittja",
        "Sluta bevaka Fittja",
        "Ändra Gamla stan",
        "Sluta bevaka Gamla stan",
        "Bevaka ett till",
        "Tyst tid",
        "Sammanfattning",
        "Pausa",
    ]


async def test_nothing_followed_is_said_with_a_next_step(town):
    """The next step as a button."""
    await town.writes(ANNA, None, "/bevakningar")
    assert town.last(ANNA) == "Du bevakar inget än."
    await town.taps(ANNA, "Bevaka mitt område")

    assert town.last(ANNA).startswith("Vilket område vill du bevaka?")


@pytest.mark.parametrize("line", ["/avsluta albyberget", "/unsubscribe Albyberget"])
async def test_area_is_left(town, line):
    """After that nothing comes; the button takes it back."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, line)
    assert town.last(BO) == "Du bevakar inte längre Albyberget."
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    assert town.cards(BO) == []
    await town.taps(BO, "Bevaka igen")
    await town.writes(ANNA, TG_ROOM, "/gul mer glas")

    assert len(town.cards(BO)) == 1


async def test_leaving_what_was_not_followed_is_answered(town):
    """It is told as it is."""
    await town.writes(ANNA, None, "/avsluta fittja")

    assert town.last(ANNA) == "Du bevakade inte Fittja."


async def test_leaving_without_a_name_shows_what_is_followed(town):
    """Then it takes one press."""
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.writes(ANNA, None, "/avsluta")
    await town.taps(ANNA, "Sluta bevaka Fittja")

    assert town.last(ANNA) == "Du bevakar inte längre Fittja."


async def test_area_that_left_the_map_can_be_left(town):
    """A change of the configuration binds nobody."""
    await town.writes(ANNA, None, "/bevaka fittja")
    town.changes_rows("UPDATE subscriptions SET followed = 'area:' || 'gamla-fittja'")
    await town.writes(ANNA, None, "/bevakningar")
    await town.taps(ANNA, "Sluta bevaka gamla-fittja")

    assert town.last(ANNA) == "Du bevakar inte längre gamla-fittja."
    assert town.footprint()["subscriptions"] == 0


@pytest.mark.parametrize(
    ("name", "offered"),
    [("allby", ["Albyberget", "Albydalen"]), ("fitja", ["Fittja"]), ("halunda", ["Hallunda"])],
)
async def test_unknown_area_with_near_ones_offers_them(town, name, offered):
    """Spelling errors are met with buttons; nothing is followed by guess."""
    before = town.footprint()
    await town.writes(ANNA, None, f"/bevaka {name}")
    if town.footprint() == before:
        assert f"Jag hittar inget område som heter “{name}”. Menade du" in town.last(ANNA)
        assert labels_of(town.told(ANNA)[-1]) == offered
        await town.taps(ANNA, offered[0])

    assert town.last(ANNA) == f"Klart. Du får rött och gult från {offered[0]}."


async def test_unknown_area_says_what_to_do_instead(town):
    """Says what it doesn't know."""
    before = town.footprint()
    await town.writes(ANNA, None, "/bevaka Timbuktu")

    assert town.last(ANNA) == (
        "Jag hittar inget område som heter “Timbuktu”. "
        "Skriv namnet på stadsdelen eller kommunen, eller dela din plats."
    )
    assert town.footprint() == before


async def test_leaving_an_unknown_area_offers_near_ones(town):
    """The buttons leave, and don't follow."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/bevaka albydalen")
    await town.writes(ANNA, None, "/avsluta allby")
    await town.taps(ANNA, "Albyberget")

    assert town.last(ANNA).splitlines() == [
        "Du bevakar inte längre Albyberget.", "Du får rött och gult från Albydalen.",
    ]  # fmt: skip


async def test_which_area_is_asked_and_own_ones_offered(town):
    """By button, by name or by place."""
    await town.writes(ANNA, SHOPS, "hej alla")
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/bevaka")
    assert town.last(ANNA).startswith("Vilket område vill du bevaka?")
    assert labels_of(town.told(ANNA)[-1]) == [
        "Albyberget",
        "Gamla stan",
        "Gruppen Butikerna i Gamla stan",
    ]
    await town.taps(ANNA, "Gamla stan")

    assert "från Gamla stan" in town.last(ANNA)


async def test_name_in_answer_to_the_question_is_followed(town):
    """Free words are an answer while the question stands, and only once."""
    await town.writes(ANNA, None, "/bevaka")
    await town.writes(ANNA, None, "fittja alla")
    assert town.last(ANNA) == "Klart. Du får allt från Fittja."
    await town.writes(ANNA, None, "hallunda")

    assert town.last(ANNA).startswith("Jag förstår bäst korta kommandon")


async def test_place_in_answer_to_the_question_is_followed(town):
    """Its use is asked for like everywhere else."""
    await town.writes(ANNA, None, "/bevaka")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    assert "Får jag använda din position?" in town.last(ANNA)
    await town.taps(ANNA, "Ja, det är okej")

    assert town.last(ANNA) == "Klart. Du får rött och gult från Albyberget."


async def test_place_at_sea_in_answer_to_the_question_is_asked_again(town):
    """The question stands until it is answered."""
    await town.writes(ANNA, None, "/bevaka")
    await town.writes(ANNA, None, "", position=AT_SEA)
    await town.taps(ANNA, "Ja, det är okej")
    assert town.last(ANNA) == "Där har jag inget område. Skriv namnet på ett område i stället."
    await town.writes(ANNA, None, "fittja")

    assert "från Fittja" in town.last(ANNA)


@pytest.mark.parametrize("here", ["här", "here", "HAR"])
async def test_here_is_the_shared_place(town, here):
    """While that holds."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, f"/bevaka {here} röda")

    assert town.last(ANNA) == "Klart. Du får rött från Albyberget."


async def test_here_without_a_place_asks_for_it(town):
    """Nothing is guessed, and nothing followed."""
    before = town.footprint()
    await town.writes(ANNA, None, "/bevaka här")

    assert town.last(ANNA).startswith("Dela din plats med mig först")
    assert town.footprint() == before


async def test_command_in_a_group_is_answered_in_private(town):
    """What somebody follows is nobody else's business."""
    command = await town.writes(ANNA, TG_ROOM, "/bevaka fittja")

    assert town.in_room(TG_ROOM) == []
    assert town.telegram.redacted == [command]
    assert "från Fittja" in town.last(ANNA)


async def test_answers_come_in_the_reader_s_language(town):
    """English is the same neighbour."""
    await town.writes(EVA, None, "!language en")
    await town.writes(EVA, None, "!subscribe botkyrka red")

    assert town.last(EVA) == "Done. You get red from all Botkyrka."


async def test_many_are_listed_page_by_page(town):
    """No platform shows hundreds of buttons; each of them can still be ended."""
    for area in list(AREAS)[:60]:
        await town.writes(ANNA, None, f"/bevaka {area.id}")
    await town.writes(ANNA, None, "/bevakningar")
    first = town.told(ANNA)[-1]
    await town.taps(ANNA, "Fler")
    second = town.told(ANNA)[-1]

    assert first.text.count("•") == second.text.count("•") == 8
    assert len(labels_of(first)) == 8 * 2 + 5
    assert set(first.text.splitlines()[2:]).isdisjoint(second.text.splitlines()[2:])


async def test_a_page_that_is_not_there_is_the_last(town):
    """What was followed may have grown less since the button was made."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.writes(ANNA, None, "/bevakningar 99")

    assert town.last(ANNA).count("•") == 2


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/bevaka röd albyberget", "Klart. Du får rött från Albyberget."),
        ("/bevaka bränder i fittja", "Klart. Du får rött och gult om bränder från Fittja."),
        ("/bevaka gult och rött från fittja", "Klart. Du får rött och gult från Fittja."),
        ("/bevaka hela Botkyrka", "Klart. Du får rött och gult från hela Botkyrka."),
        ("/subscribe all of botkyrka", "Klart. Du får rött och gult från hela Botkyrka."),
        ("/bevaka fittja och hallunda röd", "Klart. Du får rött från Fittja och Hallunda."),
    ],
)
async def test_wishes_stand_where_people_put_them(town, line, answer):
    """Before the place, after it, and for several places at once."""
    await town.writes(ANNA, None, line)

    assert town.last(ANNA) == answer


async def test_suggested_area_is_followed_as_it_was_wished(town):
    """A slip in the name costs one tap, and no wish."""
    await town.writes(ANNA, None, "/bevaka alby röd brand")
    await town.taps(ANNA, "Albydalen")

    assert town.last(ANNA) == "Klart. Du får rött om bränder från Albydalen."


async def test_one_unknown_of_several_is_asked_for_and_none_is_followed(town):
    """So that nobody has to find out which of them came through."""
    await town.writes(ANNA, None, "/bevaka fittja och xyzzy")

    assert "“xyzzy”" in town.last(ANNA)
    assert town.count_rows("subscriptions") == 0


async def test_here_without_a_place_asks_for_it_and_goes_on(town):
    """Sharing it is the answer; what was wished besides holds."""
    await town.writes(BO, None, "/subscribe here red")
    asked = town.told(BO)[-1].message.asks_place
    await town.writes(BO, None, "", position=IN_ALBYBERGET)
    await town.taps(BO, "Ja, det är okej")

    assert asked is not None
    assert "Klart. Du får rött från Albyberget." in town.texts(BO)


async def test_all_is_ended_after_one_more_tap(town):
    """There is no way back but one by one, so it is asked first."""
    for area in ("albyberget", "fittja"):
        await town.writes(ANNA, None, f"/bevaka {area}")
    await town.writes(ANNA, None, "/unsubscribe allt")
    kept = town.count_rows("subscriptions")
    await town.taps(ANNA, "Ja, sluta bevaka allt")

    assert kept == 2
    assert town.count_rows("subscriptions") == town.count_rows("routes") == 0
    assert town.last(ANNA) == "Klart. Du bevakar inget längre."
