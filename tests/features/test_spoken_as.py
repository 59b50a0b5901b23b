"""Whose words a carried line holds, where a platform can show them as somebody's."""

import pytest

from bot.domain.incoming import Extra, IncomingEdit, IncomingMessage
from bot.domain.messages import MessageRef, UserRef
from bot.domain.outgoing import Speaker
from bot.domain.richtext import Bullets, RichText, Text, rich
from tests.town import ANNA, BO, EVA, MX_ROOM, POLICE, TG_ROOM, Town


def speaker(town: Town) -> Speaker:
    """Who says the latest line on Matrix."""
    found = town.in_room(MX_ROOM)[-1].message.speaker
    assert found is not None
    return found


async def edits_as(town: Town, user: UserRef, ref: MessageRef, text: str, name: str) -> None:
    """Let another program change a line that it shows under some name."""
    edit = IncomingEdit(
        ref=ref, sender=town.sender(user), text=rich(text), is_direct=False, spoken_as=name
    )
    await town.happens(edit)


async def test_lines_of_one_person_are_told_to_belong_together(town):
    """And nobody else's with them."""
    await town.writes(ANNA, TG_ROOM, "ett")
    first = speaker(town)
    await town.writes(BO, TG_ROOM, "två")
    other = speaker(town)
    await town.writes(ANNA, TG_ROOM, "tre")

    assert speaker(town) == first
    assert first.name == "Granne 1"
    assert first.id != other.id
    assert "1" not in {first.id, other.id}


async def test_consent_to_a_name_tells_nothing_of_earlier_lines(town):
    """Whoever agrees to be named has not agreed for what they said as a number."""
    await town.writes(ANNA, TG_ROOM, "ett")
    before = speaker(town)
    await town.taps(ANNA, "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "två")
    named = speaker(town)

    assert (before.name, named.name) == ("Granne 1", "Anna (Telegram)")
    assert before.id != named.id


async def test_edited_line_is_the_same_person_s(town):
    """Also once its first words are forgotten."""
    line = await town.writes(ANNA, TG_ROOM, "ett")
    first = speaker(town)
    await town.passes(seconds=10)
    await town.edits(ANNA, line, "två")

    assert speaker(town) == first


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "Granne 1"),
        ({"forwarded_from": "Bosse"}, "Granne 1 (vidarebefordrat från Bosse, inte verifierat)"),
    ],
    ids=["own", "forwarded"],
)
async def test_text_begins_with_the_name(town, changes, name):
    """So that it can be left out where it is shown beside the line."""
    await town.sends(ANNA, TG_ROOM, "hej", **changes)

    assert speaker(town).name == name
    assert town.last(MX_ROOM) == f"{name}: hej"


async def test_cards_are_the_bot_s_own(town):
    """A report is not told in anybody's name."""
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert town.card(MX_ROOM).message.speaker is None


async def test_name_that_another_program_gives_is_shown_as_that(town):
    """With who has brought it, for that account alone answers for the words."""
    line = await town.sends(EVA, MX_ROOM, "hej", spoken_as="Olle ✅")
    assert town.last(TG_ROOM) == "Olle (via Granne 1): hej"
    await town.passes(seconds=10)
    await edits_as(town, EVA, line, "hej hej", "Olle ✅")

    assert town.last(TG_ROOM) == "Olle (via Granne 1): hej hej (ändrat)"


@pytest.mark.parametrize(
    "name",
    [
        "Polisen",
        "Pоlisen ✔",
        "Grannbro",
        "Granne",
        "Granne 3 Polisen",
        "Gr\u200banne 3",
        "",
        "\u202e",
    ],
)
async def test_name_of_an_authority_is_left_out(town, name):
    """However it is written."""
    await town.sends(EVA, MX_ROOM, "hej", spoken_as=name)

    assert town.last(TG_ROOM) == "Granne 1: hej"


@pytest.mark.parametrize("name", ["Granne 3", "Neighbour 3", "Granne 3 (via Granne 2)"])
async def test_number_that_a_bot_like_this_gives_is_shown_with_who_brought_it(town, name):
    """It is another's Granne 3; alone it would be taken for this group's."""
    await town.sends(EVA, MX_ROOM, "hej", spoken_as=name)

    assert town.last(TG_ROOM) == f"{name} (via Granne 1): hej"


async def test_badge_vouches_for_nobody_else(town):
    """Neither when the line is changed."""
    line = await town.sends(POLICE, MX_ROOM, "hej", spoken_as="Olle")
    assert town.last(TG_ROOM) == "Olle (via Granne 1): hej"
    await edits_as(town, POLICE, line, "hej hej", "Olle")

    assert "✔" not in town.last(TG_ROOM)


async def test_name_gives_no_rights(town):
    """What is done is done by the account, whatever name it goes under."""
    await town.writes(EVA, MX_ROOM, "!röd rök")
    report = town.report_id(TG_ROOM)
    await town.sends(town.newcomer("Kim"), TG_ROOM, f"/withdraw {report}", spoken_as="Eva")

    assert report in town.card(TG_ROOM).text
    assert "dragits tillbaka" not in town.card(TG_ROOM).text


QUESTION = RichText((Text("📊 Stänga torget?"), Bullets(((Text("Ja"),), (Text("Nej"),)))))


async def test_badge_vouches_for_no_report_of_another(town):
    """A program that speaks through an authority's account is not the authority."""
    await town.sends(POLICE, MX_ROOM, "🔴 bomb på torget", spoken_as="Olle")

    assert "bomb på torget" in town.card(TG_ROOM).text
    assert "✔" not in town.card(TG_ROOM).text


async def test_badge_vouches_for_no_update_of_another(town):
    """It stands on the same card as the authority's own."""
    await town.writes(ANNA, TG_ROOM, "/rod rök i trappan")
    await town.sends(
        POLICE, MX_ROOM, "det är lugnt", spoken_as="Olle", reply_to=town.card(MX_ROOM).ref
    )

    assert "det är lugnt" in town.card(TG_ROOM).text
    assert "✔" not in town.card(TG_ROOM).text


async def test_badge_leaves_a_report_that_another_changes(town):
    """The new words are not its owner's."""
    line = await town.sends(POLICE, MX_ROOM, "🟡 bomb på torget")
    assert "✔" in town.card(TG_ROOM).text
    await edits_as(town, POLICE, line, "🟡 gratis kaffe på torget", "Olle")

    assert "gratis kaffe" in town.card(TG_ROOM).text
    assert "✔" not in town.card(TG_ROOM).text


@pytest.mark.parametrize(("spoken_as", "badges"), [(None, 1), ("Olle", 0)])
async def test_badge_vouches_for_no_poll_of_another(town, spoken_as, badges):
    """What an authority asks has its name; what another asks through it has none."""
    poll = IncomingMessage(
        ref=town.new_ref(POLICE, MX_ROOM),
        sender=town.sender(POLICE),
        sent_at=town.clock.now(),
        text=QUESTION,
        is_direct=False,
        extra=Extra.POLL,
        spoken_as=spoken_as,
    )
    await town.happens(poll)

    assert "Stänga torget?" in town.last(TG_ROOM)
    assert town.last(TG_ROOM).count("✔") == badges
