"""Links into a private chat: what it begins with, and what is offered where."""

import pytest

from bot.domain.messages import RoomRef
from bot.domain.start_links import StartKind, StartLink, make_payload
from tests.town import ANNA, BO, TG, TG_ROOM, labels_of

HOME = "https://t.me/grannbro_bot"
NEW_ROOM = RoomRef(TG, "-1009")


@pytest.fixture
def linked(empty_town):
    """A platform with links into a private chat; nobody has begun one."""
    empty_town.telegram.begins_at = HOME
    return empty_town


def payload(town, kind, about):
    """The payload of a link that this town has made."""
    made = make_payload(StartLink(kind=kind, about=about), town.app.parts.database.vault.sign)
    assert made is not None
    return made


def area(town, name="albyberget"):
    """The payload of an area's link."""
    return payload(town, StartKind.AREA, name)


async def test_newcomer_by_an_area_s_link_follows_it_with_the_first_yes(linked):
    """One press says yes to both; nothing has to be written."""
    await linked.writes(ANNA, None, f"/start {area(linked)}")
    assert linked.last(ANNA).startswith(
        "Hej! Jag är Grannbro. Jag skriver till dig här när något händer i Albyberget."
    )
    assert linked.count_rows("subscriptions") == 0
    await linked.taps(ANNA, "Ja, det är okej")

    assert linked.last(ANNA) == "Klart. Du får rött och gult från Albyberget."
    assert linked.count_rows("subscriptions") == 1


async def test_reading_more_first_loses_nothing(linked):
    """The question stays the same one."""
    await linked.writes(ANNA, None, f"/start {area(linked)}")
    await linked.taps(ANNA, "Läs mer")
    await linked.taps(ANNA, "Ja, det är okej")

    assert linked.last(ANNA) == "Klart. Du får rött och gult från Albyberget."


async def test_no_leaves_nothing_to_go_on(linked):
    """Who starts again later begins from the start."""
    await linked.writes(ANNA, None, f"/start {area(linked)}")
    await linked.taps(ANNA, "Nej tack")
    await linked.agrees(ANNA)

    assert linked.count_rows("subscriptions") == 0


async def test_who_has_agreed_is_offered_the_area(town):
    """A link alone follows nothing: somebody else may have made it look like another."""
    await town.writes(ANNA, None, f"/start {area(town)}")
    assert town.last(ANNA).startswith("Vill du bevaka Albyberget?")
    assert town.count_rows("subscriptions") == 0
    await town.taps(ANNA, "Bevaka Albyberget")

    assert town.last(ANNA) == "Klart. Du får rött och gult från Albyberget."


async def test_who_follows_it_is_told_so(town):
    """And what it was set to stays."""
    await town.writes(ANNA, None, "/bevaka albyberget röd")
    await town.writes(ANNA, None, f"/start {area(town)}")

    assert town.last(ANNA) == "Klart. Du får rött från Albyberget."
    assert "Sluta bevaka" in labels_of(town.told(ANNA)[-1])


async def test_group_s_link_says_what_it_is_and_who_answers_for_its_data(linked):
    """Before anything is asked."""
    await linked.writes(ANNA, None, f"/start {payload(linked, StartKind.GROUP, 'butikerna')}")

    said = linked.last(ANNA)
    assert "Butikerna i Gamla stan · Gamla stan" in said
    assert "Vi håller ögonen öppna" in said
    assert "Det som skrivs i gruppen stannar där." in said
    assert "Ansvarar för personuppgifterna: Alby grannförening." in said
    assert said.endswith("Är det okej?")


async def test_group_s_link_offers_its_area_to_who_has_agreed(town):
    """The next step as a button."""
    await town.writes(ANNA, None, f"/start {payload(town, StartKind.GROUP, 'alby-grannar')}")
    assert "Gruppens rapporter når också de som bevakar Albyberget." in town.last(ANNA)
    await town.taps(ANNA, "Bevaka Albyberget")

    assert town.count_rows("subscriptions") == 1


async def test_consent_s_link_goes_straight_to_the_question(linked):
    """Without a greeting."""
    await linked.writes(ANNA, None, f"/start {payload(linked, StartKind.CONSENT, 'reports')}")
    assert linked.last(ANNA).startswith("För att ta emot rapporter")
    await linked.taps(ANNA, "Ja, det är okej")

    assert linked.last(ANNA).startswith("Tack!")


async def test_link_to_another_consent_asks_for_that_one(town):
    """Each is given by itself."""
    await town.writes(ANNA, None, f"/start {payload(town, StartKind.CONSENT, 'place')}")
    assert town.last(ANNA).startswith("Får jag använda din position?")
    await town.taps(ANNA, "Ja, det är okej")

    assert "✅ Använd min plats" in labels_of(town.told(ANNA)[-1])


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hej",
        "a-albyberget",
        "a-albyberget-AAAAAAAAAAAA",
        "c-everything",
        "c-reports",
        "x" * 300,
        "två ord",
    ],
)
async def test_link_that_says_nothing_begins_as_any_other(town, said):
    """A wrong or cut payload is no error: somebody wants to begin."""
    await town.writes(ANNA, None, f"/start {said}")

    assert town.last(ANNA) == "Hej igen! Vad vill du göra?"
    assert town.count_rows("subscriptions") == 0


@pytest.mark.parametrize(
    ("kind", "about"), [(StartKind.AREA, "atlantis"), (StartKind.GROUP, "gone")]
)
async def test_link_to_what_is_gone_begins_as_any_other(town, kind, about):
    """Links stand in print for years; areas and groups come and go."""
    await town.writes(ANNA, None, f"/start {payload(town, kind, about)}")

    assert town.last(ANNA) == "Hej igen! Vad vill du göra?"


async def test_answer_that_waits_is_given_before_the_link_s_question(linked):
    """Both doors lead into the same chat."""
    await linked.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await linked.writes(ANNA, None, f"/start {area(linked)}")
    await linked.taps(ANNA, "Ja, det är okej")

    assert "glas på marken" in linked.card(TG_ROOM).text
    assert linked.count_rows("subscriptions") == 1


async def _makes_a_group(town):
    town.telegram.administrators.add((ANNA, NEW_ROOM))
    await town.agrees(ANNA)
    await town.writes(ANNA, NEW_ROOM, "/group new Fittja grannar")
    for answer in ("Fittja", "Grannar", "Ta den vanligaste"):
        await town.taps(ANNA, answer)
    await town.writes(ANNA, None, "Fittja grannförening")
    await town.taps(ANNA, "Starta gruppen")


async def test_new_group_s_room_has_a_way_to_follow_its_area(linked):
    """Whoever reads the welcome is one press from the area's warnings."""
    await _makes_a_group(linked)
    follow, about, name = [row[0] for row in linked.in_room(NEW_ROOM)[-1].message.rows]

    assert (follow.label, about.label) == ("Följ Fittja", "Om gruppen")
    assert name.label == "Visa mitt namn här"
    for button, said in (
        (follow, "när något händer i Fittja"),
        (about, "Fittja grannar · Fittja"),
        (name, "Får jag visa ditt namn för grannarna?"),
    ):
        assert button.url.startswith(f"{HOME}?start=")
        await linked.writes(BO, None, f"/start {button.url.partition('=')[2]}")
        assert said in linked.last(BO)


async def test_platform_without_such_links_shows_no_such_buttons(empty_town):
    """The welcome says the rest in words."""
    await _makes_a_group(empty_town)

    assert empty_town.in_room(NEW_ROOM)[-1].text.startswith("Hej! Det här rummet")
    assert empty_town.in_room(NEW_ROOM)[-1].message.rows == ()
