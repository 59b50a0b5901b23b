"""Following what happens around a place, in a group, or of some kinds alone."""

import pytest

from bot.domain.messages import Position
from tests.town import ANNA, AT_SEA, BO, EVA, IN_ALBYBERGET, SHOPS, TG_ROOM, Town, labels_of

IN_GAMLA_STAN = Position(59.3250, 18.0710)
NEAR_ALBYBERGET = Position(59.2420, 17.8490)
ROUGH = "Jag sparar bara en ungefärlig punkt, på ett par hundra meter när. Aldrig den exakta."
AROUND = "Klart. Du får rött och gult inom {} från din plats i Albyberget."


@pytest.fixture
async def here(town: Town) -> Town:
    """Bo has agreed that his place is used, and shared it."""
    await town.writes(BO, None, "/samtycke")
    await town.taps(BO, "Använd min plats")
    await town.writes(BO, None, "", position=IN_ALBYBERGET)
    return town


@pytest.mark.parametrize(
    ("line", "radius"),
    [
        ("/subscribe here 500", "500 m"),
        ("/bevaka här 500 m", "500 m"),
        ("/bevaka har 1 km", "1 km"),
        ("/bevaka här 1,5km", "1,5 km"),
        ("/bevaka här nära", "300 m"),
        ("/bevaka här i närheten", "300 m"),
    ],
)
async def test_circle_around_the_shared_place_is_followed(here, line, radius):
    """After it, what is kept of the place is said as it is."""
    await here.writes(BO, None, line)

    assert here.last(BO).splitlines() == [AROUND.format(radius), ROUGH]


async def test_circle_is_a_button_where_a_place_is_shared(here):
    """Nobody has to know how to write it."""
    await here.taps(BO, "500 m härifrån")

    assert here.last(BO).splitlines()[0] == AROUND.format("500 m")


async def test_exact_spot_of_a_circle_is_kept_nowhere(here):
    """It is snapped once, before it is stored."""
    await here.writes(BO, None, "/bevaka här 500")

    stored = b"".join(path.read_bytes() for path in here.folder.glob("grannbro.db*"))
    assert b"59.24" not in stored
    assert b"17.84" not in stored


@pytest.mark.parametrize(("where", "comes"), [(NEAR_ALBYBERGET, 1), (IN_GAMLA_STAN, 0)])
async def test_what_is_near_comes_and_what_is_far_does_not(here, where, comes):
    """A report that knows where it is reaches those around it, whatever areas they follow."""
    await here.writes(BO, None, "/bevaka här 500")
    await here.writes(ANNA, None, "/samtycke")
    await here.taps(ANNA, "Använd min plats")
    await here.writes(ANNA, None, "", position=where)
    await here.writes(ANNA, None, "/rod rök i en trappa")

    assert len(here.cards(BO)) == comes


async def test_without_a_place_it_is_asked_for_and_the_wish_is_kept(town):
    """Consent first, then the place; radius and priority need not be said again."""
    await town.writes(BO, None, "/bevaka här 1 km röda")
    assert "Får jag använda din position?" in town.last(BO)
    assert "ungefärlig punkt, på ett par hundra meter när" in town.last(BO)
    await town.taps(BO, "Ja, det är okej")
    asked = town.told(BO)[-1]
    assert asked.text.startswith("Dela din plats med mig, så bevakar jag runt den.")
    assert asked.message.asks_place is not None
    await town.writes(BO, None, "", position=IN_ALBYBERGET)

    assert town.last(BO).splitlines()[0] == (
        "Klart. Du får rött inom 1 km från din plats i Albyberget."
    )


async def test_refused_place_leaves_nothing(town):
    """Without the yes no position is used."""
    before = town.footprint()
    await town.writes(BO, None, "/bevaka här 500")
    await town.taps(BO, "Nej tack")

    assert town.footprint()["subscriptions"] == before["subscriptions"]
    assert "Skriv namnet på området i stället." in town.last(BO)


async def test_place_at_sea_is_answered(town):
    """Says what it doesn't know; nothing is followed."""
    await town.writes(BO, None, "/samtycke")
    await town.taps(BO, "Använd min plats")
    await town.writes(BO, None, "/bevaka här 500")
    await town.writes(BO, None, "", position=AT_SEA)

    assert town.last(BO).startswith("Där har jag inget område.")
    assert town.footprint()["subscriptions"] == 0


@pytest.mark.parametrize("radius", ["50", "30 km", "99999", "många"])
async def test_impossible_radius_is_told_with_examples(here, radius):
    """What to do instead."""
    await here.writes(BO, None, f"/bevaka här {radius}")

    assert here.last(BO).startswith("Välj mellan 200 m och 20 km, till exempel")
    assert here.footprint()["subscriptions"] == 0


async def test_circle_is_left_and_taken_back(here):
    """By its button in the list; the undo brings back the same one."""
    await here.writes(BO, None, "/bevaka här 500 röda")
    await here.taps_after(BO, "/bevakningar", "Sluta bevaka 500 m runt din plats i Albyberget")
    assert here.last(BO) == "Du bevakar inte längre 500 m runt din plats i Albyberget."
    assert here.footprint()["subscriptions"] == 0
    await here.taps(BO, "Bevaka igen")

    assert here.last(BO).splitlines()[0] == (
        "Klart. Du får rött inom 500 m från din plats i Albyberget."
    )


async def test_circles_end_with_the_consent_to_use_the_place(here):
    """The rough spot is forgotten; what rests on no place stays."""
    await here.writes(BO, None, "/bevaka här 500")
    await here.writes(BO, None, "/bevaka fittja")
    await here.writes(BO, None, "/samtycke")
    await here.taps(BO, "Använd min plats")
    assert here.last(BO) == (
        "Då är bevakningen runt din plats avslutad. Områden och grupper bevakar du som förut."
    )
    await here.writes(BO, None, "/bevakningar")

    assert here.last(BO) == "Du får rött och gult från Fittja."


@pytest.mark.parametrize("line", ["/bevaka Alby grannar", "/subscribe alby-grannar yellow"])
async def test_open_group_is_followed_by_name(town, line):
    """What is written in it comes in private."""
    await town.writes(BO, None, line)

    assert town.last(BO) == "Klart. Du får rött och gult från gruppen Alby grannar."


async def test_locked_group_is_followed_by_its_own_alone(town):
    """What stays in a group is for those who are in it; to others it is unknown."""
    before = town.footprint()["subscriptions"]
    for line in ("/bevaka Butikerna i Gamla stan", "/bevaka group:butikerna"):
        await town.writes(BO, None, line)
        assert "gruppen Butikerna" not in town.last(BO)
    assert town.count_rows("subscriptions WHERE followed LIKE 'group%'") == before
    await town.writes(ANNA, SHOPS, "hej alla")
    await town.writes(ANNA, None, "/bevaka butikerna i gamla stan")

    assert town.last(ANNA) == ("Klart. Du får rött och gult från gruppen Butikerna i Gamla stan.")


async def test_group_is_left(town):
    """By name too."""
    await town.writes(BO, None, "/bevaka Alby grannar")
    await town.writes(BO, None, "/avsluta alby grannar")

    assert town.last(BO) == "Du bevakar inte längre gruppen Alby grannar."


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/bevaka albyberget brand", "rött och gult om bränder"),
        ("/bevaka albyberget brand, stöld", "rött och gult om stölder och bränder"),
        ("/bevaka albyberget alla inbrott och klotter", "allt om inbrott och klotter"),
        ("/bevaka albyberget klotter röda", "rött om klotter"),
        ("/subscribe albyberget fire red", "rött om bränder"),
    ],
)
async def test_kinds_are_said_after_the_place(town, line, answer):
    """Together with the least priority, in any order."""
    await town.writes(BO, None, line)

    assert town.last(BO) == f"Klart. Du får {answer} från Albyberget."


async def test_what_is_not_of_the_kind_does_not_come(town):
    """The kinds hold for what comes in private."""
    await town.writes(BO, None, "/bevaka albyberget klotter")
    await town.writes(ANNA, TG_ROOM, "/gul rök ur ett fönster")
    assert town.cards(BO) == []
    await town.writes(ANNA, TG_ROOM, "/gul klotter på skolan")

    assert len(town.cards(BO)) == 1


async def test_kinds_are_chosen_from_a_list(town):
    """Each press says what holds; the message is changed in place."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.taps(BO, "Vissa slag")
    told = len(town.told(BO))
    await town.taps(BO, "⬜ Brand")
    await town.taps(BO, "⬜ Klotter")
    assert town.last(BO).startswith("Du får rött och gult om klotter och bränder från Albyberget.")
    await town.taps(BO, "✅ Brand")
    assert "⬜ Brand" in labels_of(town.told(BO)[-1])
    await town.taps(BO, "Klart")
    assert town.last(BO) == "Klart. Du får rött och gult om klotter från Albyberget."

    assert len(town.told(BO)) == told


async def test_all_kinds_come_back_with_one_press(town):
    """None chosen means all."""
    await town.writes(BO, None, "/bevaka albyberget brand")
    await town.taps(BO, "Vissa slag")
    await town.taps(BO, "Alla slag")
    await town.taps(BO, "Klart")

    assert town.last(BO) == "Klart. Du får rött och gult från Albyberget."


async def test_changing_one_thing_leaves_the_other(town):
    """A new priority keeps the kinds, and new kinds the priority."""
    await town.writes(BO, None, "/bevaka albyberget brand")
    await town.taps(BO, "Bara röda")
    assert town.last(BO) == "Klart. Du får rött om bränder från Albyberget."
    await town.writes(BO, None, "/bevaka albyberget stöld")

    assert town.last(BO) == "Klart. Du får rött om stölder från Albyberget."


async def test_one_thing_is_changed_from_the_list(town):
    """All that can be changed of it is offered, and nothing changed by looking."""
    await town.writes(BO, None, "/bevaka albyberget röda")
    await town.taps_after(BO, "/bevakningar", "Ändra Albyberget")
    assert town.last(BO) == "• Albyberget: rött"
    assert labels_of(town.told(BO)[-1]) == [
        "Röda och gula",
        "Alla",
        "Vissa slag",
        "Sluta bevaka",
        "Allt jag bevakar",
    ]
    await town.taps(BO, "Röda och gula")

    assert town.last(BO) == "Klart. Du får rött och gult från Albyberget."


async def test_what_is_left_is_said_when_something_is_ended(town):
    """The sentence is shown after every change."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, "/bevaka fittja")
    await town.writes(BO, None, "/avsluta albyberget")

    assert town.last(BO).splitlines() == [
        "Du bevakar inte längre Albyberget.",
        "Du får rött och gult från Fittja.",
    ]


@pytest.mark.parametrize(
    ("button", "begins"),
    [
        ("Tyst tid", "Du får rött och gult från Albyberget.\n\nNär ska det vara tyst?"),
        ("Sammanfattning", "Du får rött och gult från Albyberget.\n\nVill du ha allt utom rött"),
        ("Pausa", "Du får rött och gult från Albyberget.\n\nHur länge vill du pausa?"),
        ("Bevaka ett till", "Vilket område vill du bevaka?"),
    ],
)
async def test_list_leads_to_every_wish(town, button, begins):
    """When, how long, and more."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.taps_after(BO, "/bevakningar", button)

    assert town.last(BO).startswith(begins)


async def test_english_tells_it_the_same_way(town):
    """English is the same neighbour."""
    await town.writes(EVA, None, "!language en")
    await town.writes(EVA, None, "!subscribe albyberget fire")
    await town.writes(EVA, None, "!subscriptions")

    assert town.last(EVA) == "You get red and yellow about fires from Albyberget."
