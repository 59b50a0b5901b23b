"""People of one name in one group: nobody is taken for another."""

import pytest

from tests.town import MX, MX_ROOM, TG_ROOM


async def named(town, name):
    """Somebody on Matrix who agrees to be shown by name."""
    user = town.newcomer(name, platform=MX)
    await town.agrees(user)
    await town.taps_after(user, "/consent", "Visa mitt namn")
    return user


@pytest.mark.parametrize("other", ["Anna Berg", "ANNA  BERG", "Аnna Bеrg", "AnnaBerg"])
async def test_second_of_a_name_bears_a_number(town, other):
    """As the eye reads it: one rename and one consent make nobody the contact person."""
    first = await named(town, "Anna Berg")
    await town.writes(first, MX_ROOM, "mötet är kl 18")
    second = await named(town, other)
    await town.writes(second, MX_ROOM, "mötet är inställt")
    await town.writes(first, MX_ROOM, "nej")

    said = town.texts(TG_ROOM)
    assert said[0] == "Anna Berg (Matrix): mötet är kl 18"
    assert " · 2 (Matrix): mötet är inställt" in said[1]
    assert said[2] == "Anna Berg (Matrix): nej"


async def test_number_stands_on_reports_too(town):
    """A card goes to people who know neither of them."""
    for text in ("/gul cykel borta", "/rod rök ur ett fönster"):
        await town.writes(await named(town, "Anna Berg"), MX_ROOM, text.replace("/", "!"))

    assert "Anna Berg · 2" in town.card(TG_ROOM).text


@pytest.mark.parametrize("leaves", ["withdraws", "is erased"])
async def test_name_is_free_again_once_its_bearer_shows_it_no_more(town, leaves):
    """Nothing is kept of it then."""
    first = await named(town, "Anna Berg")
    await town.writes(first, MX_ROOM, "hej")
    assert town.rows("SELECT count(name_digest) FROM aliases") == [(1,)]
    if leaves == "withdraws":
        await town.taps_after(first, "/consent", "Visa mitt namn")
    else:
        await town.taps_after(first, "/glom", "Ja, radera allt")
    assert town.rows("SELECT count(name_digest) FROM aliases") == [(0,)]
    await town.writes(await named(town, "Anna Berg"), MX_ROOM, "hej igen")

    assert town.last(TG_ROOM) == "Anna Berg (Matrix): hej igen"
