"""What ends when a yes is taken back."""

from tests.town import (
    ANNA,
    BO,
    IN_ALBYBERGET,
    MX_ROOM,
    SHOPS,
    TG_ROOM,
    labels_of,
)


async def test_name_taken_back_leaves_the_cards(town):
    """Withdrawn at any time: where the name stood, the alias stands."""
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Visa mitt namn")
    await town.writes(ANNA, SHOPS, "/gul mer glas")
    await town.writes(ANNA, SHOPS, "Det är vid kassan", reply_to=town.card(SHOPS).ref)
    assert town.card(SHOPS).text.count("Anna") == 2
    await town.taps(ANNA, "Visa mitt namn")

    assert "Anna" not in town.card(SHOPS).text
    assert town.card(SHOPS).text.count("Granne 1") == 2


async def test_name_taken_back_reaches_carried_lines(town):
    """One on its way changes; of one that has arrived the words are gone, so it may go too."""
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.passes(seconds=10)
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "på väg")
        await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.settle()
    assert town.texts(MX_ROOM) == ["Anna (Telegram): hej", "Granne 1: på väg"]
    assert "1 rad som jag redan burit vidare bär ditt namn." in town.last(ANNA)
    await town.taps(ANNA, "Ta bort dem")

    assert town.texts(MX_ROOM) == ["Granne 1: på väg"]
    assert town.last(ANNA) == "Klart. Raderna tas bort ur de andra rummen."


async def test_named_lines_may_stay(town):
    """It is their author's choice."""
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.passes(seconds=10)
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.taps(ANNA, "Låt dem stå")

    assert town.texts(MX_ROOM) == ["Anna (Telegram): hej"]
    assert labels_of(town.told(ANNA)[-1]) == []


async def test_place_taken_back_is_forgotten_at_once(town):
    """The area that was shared is gone, not only hidden."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "/bevaka här")

    assert town.last(ANNA).startswith("Dela din plats med mig först")


async def test_reports_taken_back_ends_alerts_and_offers_erasure(town):
    """What rested on the yes stops; what was written can go at once."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Spara mina rapporter")
    assert town.last(ANNA).startswith("Då tar jag inte emot fler rapporter från dig")
    assert labels_of(town.told(ANNA)[-1]) == ["Radera mig"]
    await town.writes(BO, TG_ROOM, "/gul glas på marken")
    await town.writes(ANNA, TG_ROOM, "/gul mer glas")

    assert town.cards(ANNA) == []
    assert len(town.cards(TG_ROOM)) == 1
    assert town.last(ANNA).startswith("Det du skrev väntar på ditt svar")
