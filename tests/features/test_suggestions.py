"""Is it the same? Asked before a second report is sent, and never of what is urgent."""

import pytest

from bot.domain.messages import Position
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
    labels_of,
    news_on,
)

LAMP = "gatlampan vid lekparken är släckt"


@pytest.fixture
async def lamp(town):
    """Anna has told of a lamp; Bo has it on a card, and Cilla follows the area only since then."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, f"/gul {LAMP}")
    await town.writes(CILLA, None, "/bevaka albyberget")
    return town


async def cilla_tells(town: Town, text: str = LAMP, *, photos: tuple[bytes, ...] = ()) -> str:
    """Cilla writes a line in private; return the id of what is there already."""
    root = town.report_id()
    await town.writes(CILLA, None, f"/gul {text}", photos=photos)
    return root


async def test_preview_asks_whether_it_is_the_same(lamp):
    """With the other's short line, and a button for each answer."""
    root = await cilla_tells(lamp)

    assert lamp.last(CILLA).endswith(
        f"Är det samma sak som den här?\n🟡 #{root} Trygghet i miljön · Albyberget · 13:00"
    )
    assert labels_of(lamp.told(CILLA)[-1])[:3] == [
        f"Ja, #{root}: jag ser det också",
        "Nej, min är en annan. Skicka",
        "Ändra text",
    ]
    assert len(lamp.cards(TG_ROOM)) == 1


async def test_yes_counts_and_sends_nothing_anew(lamp):
    """A confirmation instead of a second report; the card comes, so that one hears how it goes."""
    root = await cilla_tells(lamp)
    before = lamp.footprint(), len(lamp.texts(TG_ROOM))
    await lamp.taps(CILLA, "jag ser det också")

    assert "1 ser det också" in lamp.card(TG_ROOM).text
    assert "↳" not in lamp.card(TG_ROOM).text
    assert f"Tack. Du räknas nu på #{root}" in "\n".join(lamp.texts(CILLA))
    assert "står på kortet" not in "\n".join(lamp.texts(CILLA))
    assert lamp.card(CILLA).text == lamp.card(BO).text
    after = lamp.footprint()
    assert after == {**before[0], "report_marks": before[0]["report_marks"] + 1}
    assert len(lamp.texts(TG_ROOM)) == before[1]
    await lamp.writes(ANNA, None, "/resolve")
    assert "det är löst" in lamp.last(CILLA)


async def test_what_says_more_becomes_an_update(lamp):
    """Nothing that somebody wrote is lost."""
    await cilla_tells(lamp, f"{LAMP}, glas på marken")
    await lamp.taps(CILLA, "jag ser det också")

    assert f"↳ Granne 2 13:00: {LAMP}, glas på marken" in lamp.card(TG_ROOM).text
    assert "Det du skrev står på kortet." in "\n".join(lamp.texts(CILLA))


async def test_picture_goes_to_all_who_have_the_card(lamp):
    """In its thread, without a sound; and it goes when its giver does."""
    root = await cilla_tells(lamp, photos=(jpeg(),))
    await lamp.taps(CILLA, "jag ser det också")

    for reader in (TG_ROOM, MX_ROOM, BO):
        (shown,) = [s for s in lamp.seen(reader) if s.text == f"En bild till #{root}."]
        assert shown.message.reply_to == lamp.card(reader).ref
        assert shown.message.silent
        assert len(shown.message.media) == 1
    assert len(lamp.kept_files()) == 1
    await lamp.writes(CILLA, None, "/forget")
    await lamp.taps(CILLA, "Ja")
    assert news_on(lamp.card(TG_ROOM), lamp.seen(TG_ROOM)) == []
    assert lamp.kept_files() == []


async def test_picture_goes_with_the_report(lamp):
    """When its author is forgotten, all that hangs on it is."""
    await cilla_tells(lamp, photos=(jpeg(),))
    await lamp.taps(CILLA, "jag ser det också")
    await lamp.writes(ANNA, None, "/forget")
    await lamp.taps(ANNA, "Ja")

    assert lamp.texts(TG_ROOM) == []
    assert lamp.kept_files() == []


async def test_picture_is_handed_out_to_its_giver(lamp):
    """With all else that is held of them."""
    await cilla_tells(lamp, photos=(jpeg(),))
    await lamp.taps(CILLA, "jag ser det också")
    await lamp.writes(CILLA, None, "/export")

    assert [file.name for file in lamp.told(CILLA)[-1].message.media][1:] == ["x.jpg"]


async def test_same_graffiti_is_known_in_another_language(town):
    """By kind and place alone, for the words have nothing in common."""
    await town.writes(EVA, MX_ROOM, "!gul någon har sprayat klotter över hela busskuren i natt")
    root = town.report_id()
    await town.writes(CILLA, TG_ROOM, "/yellow big graffiti all over the shelter since yesterday")

    assert f"Samma som #{root}? Länka" in labels_of(town.told(CILLA)[-1])


async def test_two_who_see_it_too_confirm_it(lamp):
    """The same as two presses on the card; and twice from one is once."""
    for who in (CILLA, CILLA, BO):
        await lamp.writes(who, None, f"/gul {LAMP}")
        await lamp.taps(who, "jag ser det också")
        assert ("✔ Bekräftad" in lamp.card(TG_ROOM).text) is (who is BO)


async def test_no_sends_it(lamp):
    """One tap, and the receipt does not ask again."""
    await cilla_tells(lamp)
    await lamp.taps(CILLA, "min är en annan")

    assert len(lamp.cards(TG_ROOM)) == 2
    assert not any("Länka" in label for s in lamp.told(CILLA) for label in labels_of(s))


async def test_line_in_a_group_is_sent_at_once(lamp):
    """Whoever writes before all eyes has said it; the question comes in private."""
    root = lamp.report_id()
    await lamp.writes(EVA, MX_ROOM, f"!gul {LAMP}")

    assert len(lamp.cards(TG_ROOM)) == 2
    assert f"Samma som #{root}? Länka" in labels_of(lamp.told(EVA)[-1])


async def test_red_in_private_is_held_up_by_no_question(fire):
    """It goes out; what it may be the same as stands on the receipt."""
    root = fire.report_id()
    await fire.writes(BO, None, "/rod rök ur ett fönster")

    assert len(fire.cards(TG_ROOM)) == 2
    assert f"Samma som #{root}? Länka" in labels_of(fire.told(BO)[-1])


async def test_red_form_is_sent_with_its_first_button(fire):
    """The question stands below it."""
    root = fire.report_id()
    await fire.writes(DAVID, None, "/rapport")
    for label in ("Röd", "Brand"):
        await fire.taps(DAVID, label)
    for told in ("Albyberget", "rök ur ett fönster"):
        await fire.writes(DAVID, None, told)
    assert labels_of(fire.told(DAVID)[-1])[:2] == [
        "Skicka",
        f"Ja, #{root}: jag ser det också",
    ]
    await fire.taps(DAVID, "Skicka")

    assert len(fire.cards(TG_ROOM)) == 2


async def test_at_most_three_are_suggested(town):
    """The likeliest; a list would be a form."""
    for who, place in ((ANNA, TG_ROOM), (BO, TG_ROOM), (DAVID, TG_ROOM), (EVA, MX_ROOM)):
        await town.writes(who, place, f"/gul {LAMP}" if place is TG_ROOM else f"!gul {LAMP}")
    await town.writes(CILLA, None, "/bevaka albyberget")
    await town.writes(CILLA, None, f"/gul {LAMP}")

    labels = labels_of(town.told(CILLA)[-1])
    assert sum("jag ser det också" in label for label in labels) == 3
    assert "Är det samma sak som någon av de här?" in town.last(CILLA)


async def test_what_nobody_may_see_is_not_suggested(lamp):
    """Hidden, withdrawn, one's own, of a locked group, of another place."""
    await lamp.writes(CILLA, TG_ROOM, f"/gul {LAMP}")
    own = lamp.report_id()
    await lamp.presses(BO, lamp.cards(TG_ROOM)[0], "Flagga")
    await lamp.taps(OWNER, "Dölj")
    await lamp.writes(EVA, MX_ROOM, f"!gul {LAMP}")
    await lamp.writes(EVA, None, f"!withdraw {lamp.report_id()}")
    await lamp.writes(DAVID, SHOPS, f"/gul {LAMP}")
    await lamp.writes(CILLA, None, f"/gul {LAMP}")

    assert "samma sak" not in lamp.last(CILLA)
    assert own not in lamp.last(CILLA)
    await lamp.writes(POLICE, None, "!bevaka gamla stan")
    await lamp.writes(POLICE, None, f"!gul {LAMP}")
    assert "samma sak" not in lamp.last(POLICE)


async def test_locked_group_is_asked_about_its_own(town):
    """The same shop, the same ring: the form in a group's room knows that group's reports."""
    await town.writes(ANNA, SHOPS, "/gul stöldliga i parfymen, stora väskor")
    root = town.report_id(SHOPS)
    await town.writes(BO, SHOPS, "/rapport stöldliga med stora väskor")
    await town.taps(BO, "Gul")
    await town.taps(BO, "jag ser det också")

    assert "1 ser det också" in town.card(SHOPS).text
    assert len(town.cards(SHOPS)) == 1
    assert f"#{root}" in town.card(BO).text


async def test_what_ended_since_it_was_asked_is_said(lamp):
    """The draft is not lost."""
    root = await cilla_tells(lamp)
    await lamp.writes(ANNA, None, "/resolve")
    await lamp.taps(CILLA, "jag ser det också")
    assert f"#{root} är över eller borta sedan jag frågade." in lamp.texts(CILLA)[-2]
    await lamp.taps(CILLA, "Skicka")

    assert len(lamp.cards(TG_ROOM)) == 2


async def test_more_urgent_words_ask_the_author_to_raise_it(fire):
    """Red that joins yellow is not lost in it."""
    await fire.writes(POLICE, None, f"!gul #{fire.report_id()}")
    root = fire.report_id()
    await fire.writes(DAVID, None, "/rapport")
    for label in ("Röd", "Brand"):
        await fire.taps(DAVID, label)
    for told in ("Albyberget", "rök ur ett fönster"):
        await fire.writes(DAVID, None, told)
    await fire.taps(DAVID, "jag ser det också")
    assert fire.last(ANNA).startswith(f"Någon har rapporterat samma sak som din #{root}")
    await fire.taps(ANNA, f"Höj #{root}")

    assert fire.card(TG_ROOM).text.startswith(f"🔴 #{root}")


@pytest.mark.parametrize(
    ("there", "is_asked"),
    [(Position(59.121, 17.802), True), (Position(59.10, 17.75), False)],
    ids=["next door", "at the other end"],
)
async def test_shared_positions_decide_within_a_large_area(town, there, is_asked):
    """Two lamps are out in Grödinge, which is ten kilometres across."""
    for user in (ANNA, BO):
        await town.writes(user, None, "/samtycke")
        await town.taps(user, "Använd min plats")
    await town.writes(ANNA, None, "", position=Position(59.12, 17.80))
    await town.writes(ANNA, None, f"/gul {LAMP}")
    await town.taps(ANNA, "Skicka")
    await town.writes(BO, None, "", position=there)
    await town.writes(BO, None, f"/gul {LAMP}")

    assert ("Är det samma sak" in town.last(BO)) is is_asked
