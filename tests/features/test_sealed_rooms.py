"""Encrypted rooms: nothing leaves them before somebody there has agreed."""

from dataclasses import replace

import pytest

from bot.domain.incoming import Extra, IncomingEdit, IncomingPress
from bot.domain.richtext import rich
from tests.town import ANNA, BO, EVA, MX_ROOM, POLICE, TG_ROOM, data_of

QUESTION = "Det här rummet är krypterat"


@pytest.fixture
def sealed(town):
    """The group's room on Matrix is encrypted; Eva administers it, and on Matrix so writes she."""
    town.matrix.administrators.add((EVA, MX_ROOM))
    return town


async def says(town, text, **more):
    """Let Eva write in the encrypted room."""
    return await town.sends(EVA, MX_ROOM, text, is_sealed=True, **more)


async def answers(town, label, who=EVA):
    """Let somebody answer the question in the encrypted room."""
    asked = next(shown for shown in town.in_room(MX_ROOM) if shown.text.startswith(QUESTION))
    press = IncomingPress(
        ref=asked.ref,
        sender=town.sender(who),
        data=data_of(asked, label),
        is_direct=False,
        is_sealed=True,
    )
    await town.happens(press)


def questions(town):
    """How often the question stands in the room."""
    return [text for text in town.texts(MX_ROOM) if text.startswith(QUESTION)]


async def test_no_word_leaves_before_the_yes(sealed):
    """It is asked once, and what was said before stays where it was said."""
    ref = await says(sealed, "hemligt")
    edit = IncomingEdit(
        ref=ref,
        sender=sealed.sender(EVA),
        text=rich("ännu hemligare"),
        is_direct=False,
        is_sealed=True,
    )
    await sealed.happens(edit)
    await says(sealed, "också hemligt")
    assert len(questions(sealed)) == 1
    await answers(sealed, "Ja, skicka vidare")
    await says(sealed, "hej alla")

    assert sealed.texts(TG_ROOM) == ["Granne 1: hej alla"]
    assert questions(sealed) == []


@pytest.mark.parametrize("line", ["/rod rök ur ett fönster", "🔴 rök", "/tips till polisen"])
async def test_report_stays_and_its_author_is_told(sealed, line):
    """So that nobody believes that others know; the line stays for those in the room."""
    ref = await says(sealed, line)

    assert sealed.cards(TG_ROOM) == []
    assert sealed.count_rows("reports") == 0
    assert sealed.texts(TG_ROOM) == []
    assert len(questions(sealed)) == 1
    assert ref not in sealed.matrix.redacted
    if line.startswith("/"):
        assert "Det stannade i rummet" in sealed.last(EVA)


async def test_words_from_elsewhere_come_in(sealed):
    """They are no secret of the room."""
    await sealed.writes(ANNA, TG_ROOM, "hej")

    assert sealed.last(MX_ROOM) == "Granne 1: hej"


async def test_only_who_administers_the_room_can_agree(sealed):
    """The others' words are theirs no less."""
    await says(sealed, "hemligt")
    sealed.matrix.administrators.clear()
    await answers(sealed, "Ja, skicka vidare")
    await says(sealed, "också hemligt")

    assert sealed.texts(TG_ROOM) == []
    assert "administrerar rummet" in sealed.last(EVA)
    assert len(questions(sealed)) == 1


async def test_no_is_kept_to_until_it_is_taken_back(sealed):
    """Nobody is asked at every line; a command asks anew."""
    await says(sealed, "hemligt")
    await answers(sealed, "Nej, låt det stanna här")
    await says(sealed, "fortfarande hemligt")
    assert questions(sealed) == []
    await says(sealed, "/group agree")
    await answers(sealed, "Ja, skicka vidare")
    await says(sealed, "nu får alla veta")

    assert sealed.texts(TG_ROOM) == ["Granne 1: nu får alla veta"]


async def test_agreement_is_withdrawn_by_unlink(sealed):
    """Also where the room stands in the configuration, which stays as it is."""
    await says(sealed, "hemligt")
    await answers(sealed, "Ja, skicka vidare")
    await says(sealed, "öppet")
    await says(sealed, "/unlink")
    await says(sealed, "hemligt igen")

    assert sealed.texts(TG_ROOM) == ["Granne 1: öppet"]
    assert "stannar här" in sealed.texts(EVA)[-1]
    assert len(questions(sealed)) == 1


async def test_commands_that_tell_others_nothing_work(sealed):
    """So that the room can be set up, and everybody can leave."""
    await says(sealed, "/integritet")

    assert "Det här har jag om dig" in sealed.last(EVA)


async def test_agreement_ends_with_the_group_it_was_given_for(sealed):
    """Another group's people are others."""
    await says(sealed, "hemligt")
    await answers(sealed, "Ja, skicka vidare")
    (before,) = sealed.rows("SELECT opened_at FROM rooms WHERE opened_at IS NOT NULL")
    async with sealed.app.parts.database.write() as uow:
        group = await uow.groups.of_room(MX_ROOM)
        await uow.groups.put(group)
        stays = await uow.rooms.is_opened(MX_ROOM)
        await uow.groups.put(replace(group, id="other", name="En annan"))
        ends = await uow.rooms.is_opened(MX_ROOM)

    assert before
    assert (stays, ends) == (True, False)


async def test_what_nothing_opens_is_told_in_the_room_once(town):
    """What to do about it is the same for all of them; elsewhere it is told to be there."""
    for _ in range(3):
        await town.sends(BO, TG_ROOM, extra=Extra.UNKNOWN, is_unreadable=True)

    told = [text for text in town.texts(TG_ROOM) if "Jag kan inte läsa" in text]
    assert len(told) == 1
    assert len([text for text in town.texts(MX_ROOM) if "inte kan visa" in text]) == 3
    await town.passes(days=2)
    await town.sends(BO, TG_ROOM, extra=Extra.UNKNOWN, is_unreadable=True)
    assert len([text for text in town.texts(TG_ROOM) if "Jag kan inte läsa" in text]) == 2


@pytest.mark.parametrize("where", [TG_ROOM, None])
async def test_who_asks_to_compare_keys_is_told_what_to_do(town, where):
    """In private, and nobody else hears of it."""
    await town.sends(BO, where, extra=Extra.VERIFICATION)

    assert "jämföra emojier" in town.last(BO)
    assert town.texts(MX_ROOM) == []


async def test_line_in_the_clear_goes_on_without_the_badge(sealed):
    """That somebody wrote it is the word of a server, which could add anything to an account."""
    await says(sealed, "hej")
    await answers(sealed, "Ja, skicka vidare")
    await sealed.sends(POLICE, MX_ROOM, "vi är på plats", is_sealed=True)
    await sealed.sends(POLICE, MX_ROOM, "gå inte ut", is_sealed=True, is_unproven=True)

    signed, clear = sealed.texts(TG_ROOM)[-2:]
    assert "✔" in signed
    assert "✔" not in clear
    assert clear.endswith("gå inte ut")


@pytest.mark.parametrize("line", ["/röd rök ur ett fönster", "🔴 rök", "/integritet", "/forget"])
async def test_nothing_is_done_for_who_writes_in_the_clear(town, line):
    """They are told how it works instead, and nothing is left of it."""
    await town.sends(BO, TG_ROOM, line, is_sealed=True, is_unproven=True)

    assert "kom okrypterat" in town.last(BO)
    assert town.count_rows("reports") == 0
    assert town.texts(MX_ROOM) == []


async def test_what_another_bot_has_brought_stays_too(sealed):
    """It is no less the room's."""
    await says(sealed, "hemligt", trail=("another",))

    assert sealed.texts(TG_ROOM) == []
