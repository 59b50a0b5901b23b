"""The guided form: one question at a time, and a preview before anything is sent."""

from dataclasses import replace

import pytest

from bot.domain.areas import AreaMap
from bot.domain.groups import Reach
from bot.domain.messages import Position
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    AREAS,
    AT_SEA,
    BO,
    CILLA,
    EVA,
    IN_ALBYBERGET,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
    alby,
    labels_of,
    shops,
)


async def test_form_asks_one_thing_at_a_time_and_shows_it_before_it_goes(town):
    """Priority, kind, place, text, who shall see it, preview, send; nothing goes before that."""
    before = town.footprint()
    await town.writes(ANNA, None, "/rapport")
    asked = [town.last(ANNA)]
    assert labels_of(town.told(ANNA)[-1])[:3] == [
        "🔴 Röd: bråttom",
        "🟡 Gul: var uppmärksam",
        "🟢 Grön: information",
    ]
    for label in ("Gul", "Skadegörelse"):
        await town.taps(ANNA, label)
        asked.append(town.last(ANNA))
    await town.writes(ANNA, None, "Albyberget")
    asked.append(town.last(ANNA))
    await town.writes(ANNA, None, "Rutan i busskuren är krossad")
    assert town.footprint() == before
    assert town.cards(TG_ROOM) == []

    assert asked == [
        "Hur bråttom är det?",
        "Vad gäller det?",
        "Var händer det? Välj, skriv områdets namn eller dela din plats.",
        "Skriv vad som händer. Du kan skicka med en bild.",
    ]
    assert town.last(ANNA) == (
        "Så här ser andra det:\n\n"
        "🟡 #··· Skadegörelse · Albyberget · 13:00\n"
        "Rutan i busskuren är krossad\n"
        "— Granne 1\n\n"
        "Det går till grupperna i Albyberget, de som bevakar Albyberget (ingen just nu) "
        "och Polisen. Du visas som Granne 1."
    )


async def test_what_the_preview_shows_is_what_is_sent(town):
    """The card is the preview with its number; the form says that it is done."""
    await _to_preview(town)
    preview = town.last(ANNA)
    await town.taps(ANNA, "Skicka")

    card = town.card(TG_ROOM).text
    assert card.replace(f"#{town.report_id()}", "#···") in preview
    assert town.texts(ANNA)[-2] == "Skickat. Kvittot kommer här under."
    assert "är skickad" in town.last(ANNA)


async def test_red_form_shows_112_in_its_preview(town):
    """What others see is told truly."""
    await _to_preview(town, priority="Röd")

    assert "Pågår det nu? Ring 112 först." in town.last(ANNA)


async def test_form_in_a_group_is_about_that_group(town):
    """The place and who shall see it are known there; it goes on in private."""
    command = await town.writes(ANNA, SHOPS, "/rapport")
    for label in ("Röd", "Stöldliga", "Skicka utan mer text", "Skicka"):
        await town.taps(ANNA, label)

    assert town.telegram.redacted == [command]
    assert "\nStöldliga\n" in town.card(SHOPS).text
    assert town.cards(TG_ROOM) == []
    assert "Den går till Butikerna i Gamla stan." in town.last(ANNA)


async def test_line_of_a_kind_alone_is_shown_before_it_goes(town):
    """Yellow: the kind is enough, and there is time to look."""
    command = await town.writes(ANNA, SHOPS, "/gul")
    assert labels_of(town.told(ANNA)[-1])[0] == "Stöldliga"
    await town.taps(ANNA, "Stöldliga")
    assert town.last(ANNA).startswith("Så här ser andra det:")
    assert town.last(ANNA).endswith("Skriv gärna mer om det här, eller skicka som det är.")
    await town.taps(ANNA, "Skicka")

    assert "\nStöldliga\n" in town.card(SHOPS).text
    assert command in town.telegram.redacted


async def test_words_may_be_added_before_the_second_tap(town):
    """Whoever has the time tells more; another kind does not take the words away."""
    await town.writes(ANNA, SHOPS, "/gul")
    await town.taps(ANNA, "Stöldliga")
    await town.writes(ANNA, None, "Tre personer med stora väskor")
    assert "Skriv gärna mer" not in town.last(ANNA)
    await town.taps(ANNA, "Ändra sort")
    await town.taps(ANNA, "Hot")
    await town.taps(ANNA, "Skicka")

    assert "Hot · Gamla stan" in town.card(SHOPS).text
    assert "\nTre personer med stora väskor\n" in town.card(SHOPS).text


async def test_words_are_asked_for_where_no_kind_says_it(town):
    """A card without a kind and without words would tell nothing."""
    await town.writes(ANNA, SHOPS, "/gul")
    await town.taps(ANNA, "Något annat")

    assert town.last(ANNA).startswith("Skriv vad som händer.")


async def test_kinds_at_the_till_come_first_in_a_shop_s_group(town):
    """To warn the other shops in two taps."""
    await town.writes(ANNA, SHOPS, "/rapport")
    await town.taps(ANNA, "Röd")
    at_the_till = labels_of(town.told(ANNA)[-1])
    await town.writes(BO, TG_ROOM, "/rapport")
    await town.taps(BO, "Röd")

    assert at_the_till[0] == "Stöldliga"
    assert "Inbrott" in labels_of(town.told(BO)[-1])


async def test_all_kinds_but_the_restricted_can_be_chosen(town):
    """Missing people and wanted vehicles are not for residents."""
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, "Gul")
    await town.taps(ANNA, "Fler")

    kinds = labels_of(town.told(ANNA)[-1])
    assert {"Klotter", "Våld", "Information"} <= set(kinds)
    assert not {"Försvunnen person", "Efterlyst fordon"} & set(kinds)


@pytest.mark.parametrize("has_mail", [False], ids=["nobody asked for a code"])
async def test_police_publish_a_missing_person(town):
    """Verified police alone, where their role reaches."""
    await town.writes(POLICE, None, "!report")
    for label in ("Röd", "Fler", "Försvunnen person"):
        await town.taps(POLICE, label)
    await town.writes(POLICE, None, "Albyberget")
    await town.writes(POLICE, None, "Pojke, 8 år, röd jacka, sågs senast vid skolan")
    await town.taps(POLICE, "Ett dygn")
    await town.taps(POLICE, "Skicka")

    assert "Försvunnen person · Albyberget" in town.card(TG_ROOM).text


async def test_police_elsewhere_may_not_publish_a_missing_person(town):
    """A role ends at the border of its area; nothing of it is stored or shown."""
    await town.writes(POLICE, None, "!report")
    for label in ("Röd", "Fler", "Försvunnen person"):
        await town.taps(POLICE, label)
    await town.writes(POLICE, None, "Gamla stan")
    await town.writes(POLICE, None, "Pojke, 8 år, röd jacka")
    await town.taps(POLICE, "Ett dygn")
    before = town.footprint()
    await town.taps(POLICE, "Skicka")

    assert "lägger bara polisen ut" in town.last(POLICE)
    assert town.footprint() == before
    assert town.cards(SHOPS) == []


async def test_kind_may_be_left_open(town):
    """Not everything has a name."""
    await town.writes(ANNA, None, "/rapport")
    for label in ("Gul", "Något annat"):
        await town.taps(ANNA, label)
    await town.writes(ANNA, None, "Albyberget")
    assert "Skicka utan mer text" not in labels_of(town.told(ANNA)[-1])
    await town.writes(ANNA, None, "Det luktar gas vid pizzerian")

    assert "Händelse · Albyberget" in town.last(ANNA)


async def test_words_with_the_command_are_kept(town):
    """Nobody has to write it twice."""
    await town.writes(ANNA, None, "/rapport Nytt klotter på skolan")
    await town.taps(ANNA, "Grön")
    await town.writes(ANNA, None, "Albyberget")

    assert "🟢 #··· Klotter · Albyberget" in town.last(ANNA)
    assert "Nytt klotter på skolan" in town.last(ANNA)


async def test_words_with_the_command_that_tell_no_kind_are_asked_about(town):
    """The bot asks for what it does not know, and for nothing else."""
    await town.writes(ANNA, None, "/rapport Vattnet är borta i hela huset")
    await town.taps(ANNA, "Gul")

    assert town.last(ANNA) == "Vad gäller det?"


async def test_place_can_be_shared(town):
    """It is a question of its own, whoever asks; with the yes the form goes on where it was."""
    await _to_place(town)
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    assert "Får jag använda din position?" in town.last(ANNA)
    await town.taps(ANNA, "Ja, det är okej")
    assert town.last(ANNA).startswith("Skriv vad som händer")
    await town.writes(ANNA, None, "Rutan är krossad")

    assert "Albyberget" in town.last(ANNA)


async def test_place_that_may_not_be_used_is_written_instead(town):
    """A no leaves the form where it was."""
    await _to_place(town)
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Nej tack")
    await town.writes(ANNA, None, "fittja")

    assert town.last(ANNA).startswith("Skriv vad som händer")


async def test_place_offers_what_is_near_followed_and_one_s_own(town):
    """Where somebody is, what somebody follows, where somebody writes: each once."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await town.writes(ANNA, SHOPS, "hej alla")
    await _to_place(town)

    assert labels_of(town.told(ANNA)[-1]) == ["Albyberget", "Fittja", "Gamla stan", "Avbryt"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("allby", "Menade du Albyberget, Albydalen?"),
        ("Timbuktu", "Skriv namnet på stadsdelen eller kommunen"),
    ],
)
async def test_unknown_place_is_asked_for_again(town, said, answer):
    """The form waits on; the next answer counts."""
    await _to_place(town)
    await town.writes(ANNA, None, said)
    assert f"Jag hittar inget område som heter “{said}”" in town.last(ANNA)
    assert answer in town.last(ANNA)
    await town.writes(ANNA, None, "albyberget")

    assert town.last(ANNA).startswith("Skriv vad som händer")


async def test_slip_in_a_place_is_mended_with_a_tap(town):
    """The form goes on where it was."""
    await _to_place(town)
    await town.writes(ANNA, None, "ally")
    assert labels_of(town.told(ANNA)[-1]) == ["Albyberget", "Albydalen", "Avbryt"]
    await town.taps(ANNA, "Albyberget")

    assert town.last(ANNA).startswith("Skriv vad som händer")


async def test_place_at_sea_is_asked_for_again(town):
    """Says what it doesn't know, and what to do instead."""
    await _to_place(town)
    await town.writes(ANNA, None, "", position=AT_SEA)
    await town.taps(ANNA, "Ja, det är okej")

    assert town.last(ANNA) == "Där har jag inget område. Skriv namnet på ett område i stället."


async def test_place_beside_the_map_names_what_is_near(open_town):
    """Somebody just outside is told of the nearest."""
    near = [area for area in AREAS if area.id in {"albyberget", "albydalen"}]
    town = await open_town(areas=AreaMap([replace(area, parent=None) for area in near]))
    await town.agrees(ANNA)
    await _to_place(town)
    await town.writes(ANNA, None, "", position=Position(59.24, 17.88))
    await town.taps(ANNA, "Ja, det är okej")

    assert "Där har jag inget område. Närmast finns Albydalen, Albyberget." in town.last(ANNA)


async def test_own_group_can_be_chosen_instead_of_everybody(town):
    """Who shall see it is asked where there is a choice."""
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await _to_place(town)
    await town.taps(ANNA, "Albyberget")
    await town.writes(ANNA, None, "Rutan är krossad")
    assert town.last(ANNA) == "Vem ska se det?"
    assert labels_of(town.told(ANNA)[-1])[:2] == ["Alla i Albyberget", "Bara Alby grannar"]
    await town.taps(ANNA, "Bara Alby grannar")

    assert "Det går till Alby grannar, de som bevakar Albyberget" in town.last(ANNA)


async def test_everybody_can_be_chosen_instead_of_the_own_group(town):
    """Public in the chosen area."""
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await _to_place(town)
    await town.taps(ANNA, "Albyberget")
    await town.writes(ANNA, None, "Rutan är krossad")
    await town.taps(ANNA, "Alla i Albyberget")
    await town.taps(ANNA, "Skicka")

    assert "Rutan är krossad" in town.card(MX_ROOM).text


async def test_line_with_the_words_edits_the_report_when_it_is_sent(town):
    """Editing the line edits the report, also where the form asked for the words."""
    await _to_text(town)
    line = await town.writes(ANNA, None, "Rutan är krossad vid porten")
    await town.taps(ANNA, "Skicka")
    await town.edits(ANNA, line, "Rutan är krossad vid skolan")
    command = await town.writes(ANNA, None, "/rapport Nytt klotter på skolan")
    await town.taps(ANNA, "Grön")
    await town.writes(ANNA, None, "Albyberget")
    await town.taps(ANNA, "Skicka")
    await town.edits(ANNA, command, "/rapport Nytt klotter på kyrkan")

    cards = [card.text for card in town.cards(TG_ROOM)]
    assert [
        "\nRutan är krossad vid skolan\n" in cards[0],
        "\nNytt klotter på kyrkan\n" in cards[1],
    ]


async def test_group_that_is_gone_does_not_become_everybody(town):
    """What was meant for the own people is shown again before it goes further."""
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await _to_place(town)
    await town.taps(ANNA, "Albyberget")
    await town.writes(ANNA, None, "Rutan är krossad")
    await town.taps(ANNA, "Bara Alby grannar")
    async with town.app.parts.database.write() as uow:
        await uow.groups.keep_only(["butikerna"])
    await town.taps(ANNA, "Skicka")
    assert town.texts(ANNA)[-2].startswith("Något har ändrats sedan du började.")
    assert "Det går till de som bevakar Albyberget" in town.last(ANNA)
    assert town.footprint()["reports"] == 0
    await town.taps(ANNA, "Skicka")

    assert town.footprint()["reports"] == 1


async def test_outsider_whose_words_stand_on_a_card_is_no_member(open_town):
    """A locked group's followers outside may add what they see, and do not speak in its room."""
    town = await open_town(groups=(alby(), replace(shops(), reports_reach=Reach.AREA)))
    await town.agrees(BO, CILLA)
    await town.writes(CILLA, None, "/bevaka gamla stan")
    await town.writes(BO, SHOPS, "/gul stöldliga i butiken")
    await town.writes(CILLA, None, "jag ser dem", reply_to=town.card(CILLA).ref)
    assert "jag ser dem" in town.card(SHOPS).text
    await town.writes(CILLA, None, "/rapport")
    for label in ("Gul", "Brand", "Gamla stan"):
        await town.taps(CILLA, label)
    await town.writes(CILLA, None, "hej från utsidan")

    assert town.last(CILLA).startswith("Så här ser andra det:")
    assert "Bara Butikerna i Gamla stan" not in str([labels_of(s) for s in town.told(CILLA)])


@pytest.mark.parametrize(
    ("button", "question", "answer", "shown"),
    [
        ("Ändra text", "Skriv vad som händer", "Det är glas överallt", "Det är glas överallt"),
        ("Ändra plats", "Var händer det?", "Fittja", "Skadegörelse · Fittja"),
    ],
    ids=["text", "place"],
)
async def test_answers_can_be_taken_back(town, button, question, answer, shown):
    """The form asks again for what was wrong, and for that alone."""
    await _to_preview(town)
    await town.taps(ANNA, button)
    assert town.last(ANNA).startswith(question)
    await town.writes(ANNA, None, answer)

    assert shown in town.last(ANNA)
    assert town.last(ANNA).startswith("Så här ser andra det")


async def test_kind_can_be_taken_back(town):
    """By a button, as it was given."""
    await _to_preview(town)
    await town.taps(ANNA, "Ändra sort")
    await town.taps(ANNA, "Brand")

    assert "Brand · Albyberget" in town.last(ANNA)


async def test_cancelled_form_leaves_nothing(town):
    """Its words and pictures are gone, and its buttons with them."""
    before = town.footprint()
    await _to_text(town)
    await town.writes(ANNA, None, "Rutan är krossad", photos=(jpeg(),))
    assert town.footprint() != before
    await town.taps(ANNA, "Avbryt")

    assert town.last(ANNA) == "Avbrutet. Inget är skickat."
    assert labels_of(town.told(ANNA)[-1]) == []
    assert town.footprint() == before
    assert town.cards(TG_ROOM) == []


async def test_picture_goes_with_the_words(town):
    """One picture, counted in the preview and shown on the card."""
    await _to_text(town)
    await town.writes(ANNA, None, "Rutan är krossad", photos=(jpeg(),))
    assert "— Granne 1 · 1 bild" in town.last(ANNA)
    await town.taps(ANNA, "Skicka")

    assert len(town.card(TG_ROOM).message.media) == 1


async def test_picture_first_and_words_after(town):
    """A picture alone is kept, and the words are asked for."""
    await _to_text(town)
    await town.writes(ANNA, None, "", photos=(jpeg(),))
    assert town.last(ANNA) == "Bilden är med. Skriv vad som händer."
    await town.writes(ANNA, None, "Rutan är krossad", photos=(jpeg(),))
    assert "· 2 bilder" in town.last(ANNA)
    await town.taps(ANNA, "Skicka")

    assert len(town.card(TG_ROOM).message.media) == 2


async def test_forgotten_form_loses_its_pictures_in_time(town):
    """What was never sent is not kept for ever."""
    await _to_text(town)
    await town.writes(ANNA, None, "", photos=(jpeg(),))
    await town.passes(days=8)

    assert town.kept_files() == []


async def test_form_waits_for_an_hour(town):
    """After that free words are no answer any more, and its buttons are dead."""
    await _to_text(town)
    form = town.told(ANNA)[-1]
    await town.passes(minutes=61)
    await town.writes(ANNA, None, "Rutan är krossad")
    assert town.last(ANNA).startswith("Jag förstår bäst korta kommandon")
    await town.presses(ANNA, form, "Avbryt")

    assert town.last(ANNA).startswith("Den knappen gäller inte längre")


@pytest.mark.parametrize(
    ("said", "answer"),
    [("🔥🔥🔥", "Skriv med några ord"), ("Det är krossat glas här. " * 100, "får plats")],
    ids=["no-words", "too-long"],
)
async def test_text_that_says_nothing_usable_is_asked_for_again(town, said, answer):
    """The form waits on."""
    await _to_text(town)
    await town.writes(ANNA, None, said)
    assert answer in town.last(ANNA)
    await town.writes(ANNA, None, "Rutan är krossad")

    assert town.last(ANNA).startswith("Så här ser andra det")


async def test_red_line_is_sent_though_a_form_waits(town):
    """Who writes `RÖD:` has no time for the form."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await _to_text(town)
    await town.writes(ANNA, None, "RÖD: det brinner på Albyvägen")

    assert "det brinner på Albyvägen" in town.card(TG_ROOM).text


async def test_reply_to_a_card_is_no_answer_to_the_form(town):
    """Who replies to a card means the card."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, "/rapport")
    await town.taps(BO, "Gul")
    await town.taps(BO, "Brand")
    await town.writes(ANNA, TG_ROOM, "/gul rök ur fönster")
    await town.writes(BO, None, "Det är bara en grill", reply_to=town.card(BO).ref)

    assert "Det är bara en grill" in town.card(BO).text
    assert "Jag hittar inget område" not in town.last(BO)


async def test_form_speaks_the_person_s_language(town):
    """Each in their own."""
    await town.writes(EVA, None, "!language en")
    await town.writes(EVA, None, "!report")
    await town.taps(EVA, "Yellow")
    await town.taps(EVA, "Fire")
    await town.writes(EVA, None, "Albyberget")
    await town.taps(EVA, "Send without more text")

    assert town.last(EVA).startswith("This is how others see it:")
    assert "\nFire\n" in town.last(EVA)


async def _to_place(town: Town) -> None:
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, "Gul")
    await town.taps(ANNA, "Skadegörelse")


async def _to_text(town: Town) -> None:
    await _to_place(town)
    await town.writes(ANNA, None, "Albyberget")


async def _to_preview(town: Town, *, priority: str = "Gul") -> None:
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, priority)
    await town.taps(ANNA, "Skadegörelse")
    await town.writes(ANNA, None, "Albyberget")
    await town.writes(ANNA, None, "Rutan i busskuren är krossad")
