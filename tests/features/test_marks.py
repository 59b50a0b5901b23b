"""The buttons on a card: seen, also here, 112 called, handled, flag."""

import pytest

from bot.domain.incoming import IncomingReaction
from bot.domain.messages import UserRef
from bot.domain.people import Grant, Role
from bot.domain.senders import Sender
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
    SHOPS,
    TG,
    TG_ROOM,
    data_of,
    labels_of,
)


async def test_counts_stand_on_every_card(fire):
    """The shops see that the others have seen it, wherever they read."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Sett")
    await fire.presses(CILLA, fire.card(TG_ROOM), "Sett")
    await fire.presses(BO, fire.card(BO), "Sett")
    await fire.presses(DAVID, fire.card(TG_ROOM), "Ser det också")
    await fire.passes(seconds=2)

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert fire.card(reader).text.endswith("— Granne 1 · sett av 3 · 1 ser det också")


async def test_presses_that_come_together_change_a_card_once(fire):
    """Forty people press within a second; the card is edited once."""
    for reader in (DAVID, CILLA, BO):
        await fire.presses(reader, fire.card(TG_ROOM), "Sett")
    before = fire.card(TG_ROOM).edits
    await fire.passes(seconds=2)

    assert (before, fire.card(TG_ROOM).edits) == (0, 1)


async def test_112_called_shows_when_and_how_often(fire):
    """So that forty people do not call for one fire."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "112 ringt")
    await fire.passes(minutes=3)
    assert fire.card(MX_ROOM).text.endswith("☎️ 112 ringt 13:00")
    await fire.presses(CILLA, fire.card(TG_ROOM), "112 ringt")
    await fire.passes(minutes=3)

    assert fire.card(MX_ROOM).text.endswith("☎️ 112 ringt 13:00 (2)")


async def test_card_that_is_over_shows_no_third_sign(fire):
    """Two at most: the priority's, and what became of it; that 112 was called stays said."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "112 ringt")
    await fire.presses(ANNA, fire.card(TG_ROOM), "Klart")
    await fire.passes(seconds=2)

    card = fire.card(TG_ROOM).text
    assert card.endswith("· 112 ringt 13:00")
    assert [sign for sign in "🔴✅☎️" if sign in card] == ["🔴", "✅"]


async def test_author_may_say_that_112_is_called(fire):
    """The author knows it best."""
    await fire.presses(ANNA, fire.card(TG_ROOM), "112 ringt")
    await fire.passes(seconds=2)

    assert "112 ringt 13:00" in fire.card(TG_ROOM).text


async def test_reaction_on_matrix_is_a_press(fire):
    """Inline keyboard on Telegram, reactions on Matrix; with or without a variation selector."""
    card = fire.card(MX_ROOM).ref
    for emoji in ("👁", "☎️", "☎", "➕"):
        await fire.reacts(EVA, card, emoji)
    await fire.reacts(POLICE, card, "☎")
    await fire.passes(seconds=2)

    assert "sett av 1 · 1 ser det också · ☎️ 112 ringt 13:00 (2)" in fire.card(TG_ROOM).text


async def test_reaction_taken_back_is_counted_no_more(fire):
    """What was a mistake can be undone."""
    await fire.reacts(EVA, fire.card(MX_ROOM).ref, "👁")
    await fire.reacts(EVA, fire.card(MX_ROOM).ref, "👁", added=False)
    await fire.passes(seconds=2)

    assert fire.card(TG_ROOM).text.endswith("— Granne 1")


@pytest.mark.parametrize("emoji", ["👀", "👍"])
async def test_nod_at_a_card_counts_as_seen(fire, emoji):
    """Telegram lets nobody react with the signs on the buttons."""
    await fire.reacts(DAVID, fire.card(TG_ROOM).ref, emoji)
    await fire.passes(seconds=2)

    assert "sett av 1" in fire.card(MX_ROOM).text


async def test_nod_that_can_t_count_is_answered_by_nothing(fire):
    """Seen already, or over: nobody asked anything, and a hundred may nod."""
    card = fire.card(TG_ROOM)
    await fire.presses(DAVID, card, "Sett")
    before = fire.texts(DAVID)
    await fire.reacts(DAVID, card.ref, "👍")
    await fire.writes(ANNA, None, f"/klart {fire.report_id()}")
    await fire.passes(hours=49)
    told = fire.texts(EVA)
    await fire.reacts(EVA, fire.card(MX_ROOM).ref, "👍")

    assert fire.texts(DAVID) == before
    assert fire.texts(EVA) == told
    assert fire.count_rows("report_marks") == 1


async def test_other_reactions_mean_nothing_to_a_report(fire):
    """A heart is a heart, on a card and elsewhere."""
    before, told = fire.footprint(), fire.texts(EVA)
    await fire.reacts(EVA, fire.card(MX_ROOM).ref, "❤️")
    await fire.reacts(EVA, fire.new_ref(EVA, MX_ROOM), "👁")
    await fire.reacts(EVA, fire.told(EVA)[-1].ref, "👁")

    assert fire.footprint() == before
    assert fire.texts(EVA) == told


async def test_same_mark_twice_counts_once(fire):
    """One press is enough, and the person is told so."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Sett")
    before = fire.footprint()
    await fire.presses(DAVID, fire.card(TG_ROOM), "Sett")
    await fire.passes(seconds=2)

    assert fire.last(DAVID) == f"Det är redan noterat på #{fire.report_id()}. Ett tryck räcker."
    assert fire.footprint() == before
    assert "sett av 1" in fire.card(TG_ROOM).text


async def test_two_independent_others_confirm(fire):
    """Every card says so; nobody is rung for it; the author's receipt says it too."""
    before = len(fire.told(BO))
    await fire.presses(DAVID, fire.card(TG_ROOM), "Ser det också")
    assert "Bekräftad" not in fire.card(TG_ROOM).text
    await fire.reacts(EVA, fire.card(MX_ROOM).ref, "➕")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "\n✔ Bekräftad\n" in fire.card(reader).text
    assert len(fire.told(BO)) == before
    assert fire.last(ANNA).endswith("är bekräftad av andra.")


async def test_third_witness_changes_no_state(fire):
    """Confirmed once is confirmed."""
    for neighbour in (DAVID, CILLA, BO):
        await fire.presses(neighbour, fire.card(TG_ROOM), "Ser det också")
        await fire.passes(minutes=1)

    assert fire.card(TG_ROOM).text.count("✔ Bekräftad") == 1
    assert "3 ser det också" in fire.card(TG_ROOM).text


async def test_author_is_no_witness_to_own_report(fire):
    """Independent others alone count; the author is told what to do instead."""
    before = fire.footprint()
    await fire.presses(ANNA, fire.card(TG_ROOM), "Ser det också")
    await fire.presses(DAVID, fire.card(TG_ROOM), "Ser det också")

    assert "är din egen rapport" in fire.last(ANNA)
    assert "Svara på kortet" in fire.last(ANNA)
    assert "Bekräftad" not in fire.card(TG_ROOM).text
    assert fire.footprint()["report_marks"] == before["report_marks"] + 1


async def test_author_ends_it_with_handled(fire):
    """The author's word is enough."""
    await fire.presses(ANNA, fire.card(TG_ROOM), "Klart")

    assert "✅ Löst 13:00" in fire.card(MX_ROOM).text
    assert "det är löst. Tack till er som höll ögonen öppna." in fire.last(BO)


async def test_verified_police_end_it_with_handled(fire):
    """Verified roles: any."""
    await fire.presses(POLICE, fire.card(DESK), "Klart")

    assert "✅ Löst 13:00" in fire.card(MX_ROOM).text


async def test_neighbour_s_handled_asks_the_author(fire):
    """Who knows decides, with one press; meanwhile the card counts the word of others."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Klart")
    await fire.passes(seconds=2)
    assert "1 säger att det är klart" in fire.card(TG_ROOM).text
    assert "Löst" not in fire.card(TG_ROOM).text
    assert fire.last(ANNA) == f"En granne säger att #{fire.report_id()} är klart. Stämmer det?"
    await fire.presses(ANNA, fire.told(ANNA)[-1], "Det är löst")

    assert "✅ Löst 13:00" in fire.card(TG_ROOM).text
    assert "säger att det är klart" not in fire.card(TG_ROOM).text


async def test_ended_report_takes_no_marks(fire):
    """Its buttons are gone; an old one says why it does nothing."""
    card = fire.card(TG_ROOM)
    old = labels_of(card), card.message
    await fire.presses(ANNA, card, "Klart")
    assert labels_of(card) == []
    before = fire.footprint()
    seen = next(b.data for row in old[1].rows for b in row if "Sett" in b.label)
    await fire.presses_data(DAVID, card.ref, seen)

    assert "är redan avslutad" in fire.last(DAVID)
    assert fire.footprint() == before


async def test_flag_reaches_those_who_keep_the_tone(fire):
    """They decide; the neighbours see nothing of it until then."""
    before = fire.texts(TG_ROOM)
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")

    assert fire.last(DAVID) == f"Tack. En moderator tittar på #{fire.report_id()}."
    assert fire.last(OWNER) == (
        f"Någon har flaggat #{fire.report_id()} i Albyberget:\n\nrök ur ett fönster"
    )
    assert fire.texts(TG_ROOM) == before


async def test_flagged_report_is_hidden_everywhere_by_one_press(fire):
    """Its words go from every card, and those who got it are told."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")
    await fire.taps(OWNER, "Dölj")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "rök ur ett fönster" not in fire.card(reader).text
        assert "Borttagen av en moderator 13:00" in fire.card(reader).text
        assert fire.last(reader).endswith("är borttagen av en moderator.")
    assert fire.last(OWNER).endswith("är dold för alla.")
    assert fire.last(ANNA).endswith("är borttagen av en moderator.")
    assert labels_of(fire.told(ANNA)[-1]) == []


async def test_steward_who_hid_by_mistake_opens_it_again(fire):
    """Decisions can be undone, and those who got it see it again."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")
    await fire.taps(OWNER, "Dölj")
    await fire.taps(OWNER, "Öppna igen")

    assert "rök ur ett fönster" in fire.card(MX_ROOM).text
    assert fire.last(OWNER).endswith("får stå kvar.")


async def test_mark_that_comes_and_goes_rings_once(fire):
    """One living note for each who is asked; the one who presses is thanked once."""
    for _ in range(5):
        for emoji in ("⚑", "✅"):
            await fire.reacts(EVA, fire.card(MX_ROOM).ref, emoji)
            await fire.reacts(EVA, fire.card(MX_ROOM).ref, emoji, added=False)
    await fire.presses(DAVID, fire.card(TG_ROOM), "Klart")

    assert sum("har flaggat" in text for text in fire.texts(OWNER)) == 1
    assert sum("är klart. Stämmer det?" in text for text in fire.texts(ANNA)) == 1
    assert sum(text.startswith("Tack. En moderator") for text in fire.texts(EVA)) == 1


async def test_flag_after_a_decision_asks_again_in_the_same_message(fire):
    """Another neighbour may see what the first did not."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")
    await fire.taps(OWNER, "Låt vara")
    await fire.presses(CILLA, fire.card(TG_ROOM), "Flagga")

    assert "Dölj" in labels_of(fire.told(OWNER)[-1])
    assert sum("flagga" in text or "stå kvar" in text for text in fire.texts(OWNER)) == 1


async def test_flag_can_be_decided_as_long_as_the_report_is_kept(fire):
    """A moderator comes back from a week away."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")
    await fire.passes(days=7)
    await fire.taps(OWNER, "Dölj")

    assert fire.last(OWNER).endswith("är dold för alla.")


async def test_flagged_report_may_stay(fire):
    """Not every flag is right."""
    before = fire.texts(TG_ROOM)
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")
    await fire.taps(OWNER, "Låt vara")

    assert fire.last(OWNER).endswith("får stå kvar.")
    assert fire.texts(TG_ROOM) == before


async def test_flag_on_what_is_erased_meanwhile_says_so(fire):
    """The author may be quicker than the moderator: the question goes with the report."""
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")
    asked = fire.told(OWNER)[-1]
    hide = data_of(asked, "Dölj")
    await fire.taps(ANNA, "Ångra")
    assert asked.removed
    await fire.presses_data(OWNER, asked.ref, hide)

    assert fire.last(OWNER).startswith("Den knappen gäller inte längre.")


async def test_moderator_of_another_place_is_not_asked(fire):
    """A role ends at the border of its area: nobody else reads what was flagged."""
    elsewhere = Grant(role=Role.MODERATOR, areas=frozenset({"gamla-stan"}))
    async with fire.app.parts.database.write() as uow:
        await uow.people.grant(CILLA, elsewhere, fire.clock.now())
    before = fire.texts(CILLA)
    await fire.presses(DAVID, fire.card(TG_ROOM), "Flagga")

    assert fire.texts(CILLA) == before


async def test_flag_where_there_is_no_moderator_is_noted_honestly(open_town):
    """Says what it doesn't have."""
    town = await open_town()
    async with town.app.parts.database.write() as uow:
        await uow.people.drop_configured_grants()
    await town.agrees(ANNA, BO)
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    await town.presses(DAVID, town.card(SHOPS), "Flagga")

    assert "här finns ingen moderator än" in town.last(DAVID)


async def test_button_of_an_erased_report_says_so(fire):
    """A card may stand a moment longer than its report."""
    card = fire.card(TG_ROOM)
    async with fire.app.parts.database.write() as uow:
        await uow.reports.erase(fire.report_id())
    await fire.presses(DAVID, card, "Sett")

    assert "Den knappen gäller inte längre" in fire.last(DAVID)
    assert fire.footprint()["report_marks"] == 0


@pytest.mark.parametrize("emoji", ["👀", "☎️", "➕"])
async def test_nod_in_the_name_of_a_room_is_nobodys(fire, emoji):
    """An anonymous administrator may be one who has nodded already."""
    before = fire.card(TG_ROOM).text
    chat = Sender(user=UserRef(TG, "-1001"), name="Alby grannar", is_chat=True)
    nod = IncomingReaction(
        ref=fire.card(TG_ROOM).ref, sender=chat, emoji=emoji, added=True, is_direct=False
    )
    await fire.happens(nod)
    await fire.passes(seconds=2)

    assert fire.card(TG_ROOM).text == before
    assert fire.count_rows("report_marks") == 0
