"""A report that is, or was all along, somewhere else."""

import pytest

from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    EVA,
    IN_ALBYBERGET,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
    labels_of,
)  # fmt: skip


@pytest.fixture
async def glass(town: Town) -> str:
    """Yellow in Albyberget, which Bo follows; Cilla follows Fittja and David both."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(CILLA, None, "/bevaka fittja")
    await town.writes(DAVID, None, "/bevaka albyberget")
    await town.writes(DAVID, None, "/bevaka fittja")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    return town.report_id()


async def test_report_is_moved_to_those_whom_it_concerns_there(town: Town, glass: str) -> None:
    """They get the card; who has it sees it change, and nobody gets it twice."""
    before = len(town.told(BO))
    await town.writes(ANNA, None, f"/update {glass} plats fittja")

    assert town.last(ANNA) == (
        f"Klart. #{glass} står nu på Fittja. De som bevakar Fittja får kortet, och de som redan "
        "har det ser ändringen."
    )
    assert all("· Fittja ·" in town.card(one).text for one in (BO, CILLA, DAVID, TG_ROOM))
    assert [len(town.cards(one)) for one in (BO, CILLA, DAVID, TG_ROOM)] == [1, 1, 1, 1]
    assert len(town.told(BO)) == before


async def test_who_follows_the_new_place_too_hears_a_sound(town: Town, glass: str) -> None:
    """Once; an edited card alone makes none."""
    await town.writes(ANNA, None, f"/update {glass} plats: Fittja")
    news = town.told(DAVID)[-1]

    assert news.text == f"🟡 #{glass} gäller nu Fittja, som du bevakar. Läs kortet igen."
    assert not news.message.silent
    assert not any("gäller nu" in text for one in (ANNA, BO, CILLA) for text in town.texts(one))


async def test_who_follows_all_around_hears_nothing_new(town: Town) -> None:
    """Nothing of theirs is hit that was not before."""
    await town.writes(BO, None, "/bevaka botkyrka")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    before = town.texts(BO)[:-1]
    await town.writes(ANNA, None, f"/update {town.report_id()} plats fittja")

    assert town.texts(BO)[:-1] == before
    assert "· Fittja ·" in town.card(BO).text


async def test_wider_place_reaches_who_follows_all_of_it(town: Town, glass: str) -> None:
    """From one quarter to the municipality."""
    await town.writes(EVA, None, "!bevaka botkyrka alla")
    seen = len(town.cards(EVA))
    await town.writes(POLICE, None, f"!update {glass} place botkyrka")

    assert seen == 0
    assert "· Botkyrka ·" in town.card(EVA).text


async def test_reader_does_not_move_a_report(town: Town, glass: str) -> None:
    """It is refused with what to do instead, and the card stays as it was."""
    card = town.card(BO).text
    await town.writes(BO, None, f"/update {glass} plats fittja")
    await town.writes(BO, None, f"/update {glass} plats")

    assert town.last(BO) == (
        f"Bara den som skrev #{glass}, eller någon med verifierad roll, kan ändra var den är. "
        "Vet du bättre? Svara på kortet."
    )
    assert town.card(BO).text == card
    assert town.cards(CILLA) == []


@pytest.mark.parametrize(
    "line",
    ["plats för ambulansen behövs vid port 12", "platser kvar: två", "placerad vid porten"],
)
async def test_news_that_begin_like_a_place_are_news(town: Town, glass: str, line: str) -> None:
    """Only what names a place moves it."""
    await town.writes(ANNA, None, f"/update {glass} {line}")

    assert line in town.card(TG_ROOM).text
    assert "· Albyberget ·" in town.card(TG_ROOM).text


async def test_misspelt_place_is_asked_for(town: Town, glass: str) -> None:
    """It does not land on the card as news; the nearest can be tapped."""
    await town.writes(ANNA, None, f"/update {glass} plats ally")
    offered = labels_of(town.told(ANNA)[-1])
    await town.taps(ANNA, "Albydalen")

    assert "plats ally" not in town.card(TG_ROOM).text
    assert offered == ["Albyberget", "Albydalen"]
    assert "· Albydalen ·" in town.card(TG_ROOM).text


async def test_place_is_changed_from_the_receipt(town: Town, glass: str) -> None:
    """With what is around and beside as buttons; one more takes it back."""
    await town.taps(ANNA, "Ändra plats")
    asked = town.last(ANNA)
    await town.taps(ANNA, "Botkyrka")
    moved = town.card(TG_ROOM).text
    await town.taps(ANNA, "Ångra")

    assert asked.startswith(f"Var är det? #{glass} står nu på Albyberget.")
    assert "· Botkyrka ·" in moved
    assert "· Albyberget ·" in town.card(TG_ROOM).text


async def test_place_is_told_by_name_or_position(town: Town, glass: str) -> None:
    """In answer to the question; a position lies in its area and is kept as a rough spot."""
    await town.taps(ANNA, "Ändra plats")
    await town.writes(ANNA, None, "Fittja")
    by_name = town.card(TG_ROOM).text
    await town.writes(ANNA, None, f"/update {glass} plats här")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Ja, det är okej")

    assert "· Fittja ·" in by_name
    assert "· Albyberget ·" in town.card(TG_ROOM).text


async def test_same_place_changes_nothing(town: Town, glass: str) -> None:
    """And rings nobody."""
    await town.writes(ANNA, None, f"/update {glass} plats albyberget")

    assert town.last(ANNA) == f"#{glass} står redan på Albyberget."
    assert town.cards(CILLA) == []


async def test_badge_stays_where_its_organisation_has_a_say(town: Town) -> None:
    """The police of Botkyrka are not those of Gamla stan."""
    await town.writes(POLICE, MX_ROOM, "!gul fickjuvar i området")
    name = town.report_id()
    await town.writes(POLICE, None, f"!update {name} plats fittja")
    inside = town.card(TG_ROOM).text
    await town.writes(POLICE, None, f"!update {name} plats gamla stan")

    assert "✔ verifierad polis" in inside
    assert "✔" not in town.card(TG_ROOM).text


async def test_report_of_a_locked_group_stays_in_it(town: Town) -> None:
    """Wherever it is."""
    await town.writes(CILLA, None, "/bevaka fittja alla")
    await town.writes(ANNA, SHOPS, "/gul tre som tömmer hyllor")
    await town.writes(ANNA, None, f"/update {town.report_id(SHOPS)} plats fittja")

    assert town.last(ANNA).endswith("Alla som har kortet ser ändringen.")
    assert "· Fittja ·" in town.card(SHOPS).text
    assert town.cards(CILLA) == []


async def test_place_of_an_ended_report_stays(town: Town, glass: str) -> None:
    """Nobody is alerted of what is over."""
    await town.writes(ANNA, None, f"/resolve {glass}")
    await town.writes(ANNA, None, f"/update {glass} plats fittja")

    assert town.last(ANNA).startswith(f"#{glass} är redan avslutad")
    assert town.cards(CILLA) == []


async def test_what_a_digest_told_of_is_moved_with_a_word(town: Town) -> None:
    """Who read of it in a digest and follows the new place hears of it once."""
    await town.writes(DAVID, None, "/bevaka albyberget alla")
    await town.writes(DAVID, None, "/bevaka fittja alla")
    await town.writes(DAVID, None, "/sammanfattning varje dag 14")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    name = town.report_id()
    await town.writes(ANNA, TG_ROOM, "/gron katten är hittad")
    await town.passes(hours=2)
    digest = town.told(DAVID)[-1]
    await town.writes(ANNA, None, f"/update {name} plats fittja")

    assert digest.text.startswith("Det här har hänt")
    assert town.last(DAVID).startswith(f"🟡 #{name} gäller nu Fittja")
    assert town.cards(DAVID) == []
