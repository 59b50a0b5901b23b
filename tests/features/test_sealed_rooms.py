"""Encrypted rooms: nothing leaves them before somebody there has agreed."""

from dataclasses import replace

import pytest

from bot.domain.incoming import (
    Extra,
    IncomingEdit,
    IncomingMessage,
    IncomingPollEnd,
    IncomingPress,
    IncomingVote,
    Quoted,
)
from bot.domain.richtext import Bullets, RichText, Text, rich
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


@pytest.mark.parametrize("line", ["/rod rök ur ett fönster", "🔴 rök", "/anmal Kalle"])
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


@pytest.mark.parametrize("is_chosen", [False, True])
async def test_answer_does_not_take_along_what_was_said_before_the_yes(sealed, is_chosen):
    """It was another's word, and they were told that it stays."""
    old = await says(sealed, "min portkod är 4711")
    await answers(sealed, "Ja, skicka vidare")
    quoted = Quoted(text="min portkod är 4711", is_chosen=is_chosen)
    await says(sealed, "håller med", reply_to=old, quoted=quoted)

    assert sealed.texts(TG_ROOM) == ["Granne 1: håller med"]


async def test_answer_takes_along_what_the_author_picked_of_a_carried_line(sealed):
    """It stands in the other rooms already."""
    await says(sealed, "hej")
    await answers(sealed, "Ja, skicka vidare")
    line = await says(sealed, "städdag på lördag eller söndag")
    quoted = Quoted(text="på lördag", is_chosen=True)
    await says(sealed, "helst då", reply_to=line, quoted=quoted)

    assert "på lördag" in sealed.last(TG_ROOM)


async def test_line_from_before_the_yes_stays_also_if_it_is_read_after_it(sealed):
    """A key may take days to come; when it was said counts. Nobody is asked again."""
    message = IncomingMessage(
        ref=sealed.new_ref(EVA, MX_ROOM),
        sender=sealed.sender(EVA),
        sent_at=sealed.clock.now(),
        text=rich(""),
        is_direct=False,
        extra=Extra.UNKNOWN,
        is_sealed=True,
        is_unreadable=True,
    )
    await sealed.happens(message)
    await says(sealed, "hej")
    await sealed.passes(minutes=1)
    await answers(sealed, "Ja, skicka vidare")
    before = sealed.texts(TG_ROOM)
    read = replace(message, text=rich("hemligt"), extra=None, is_unreadable=False, is_late=True)
    await sealed.happens(read)

    assert sealed.texts(TG_ROOM) == before
    assert questions(sealed) == []


async def presses(town, shown, label):
    """Let Eva press a button in the encrypted room."""
    press = IncomingPress(
        ref=shown.ref,
        sender=town.sender(EVA),
        data=data_of(shown, label),
        is_direct=False,
        is_sealed=True,
    )
    await town.happens(press)


async def test_no_emoji_leaves_before_the_yes(sealed):
    """It says who feels what, and that is a word as well."""
    await sealed.writes(ANNA, TG_ROOM, "Städdag?")
    shown = sealed.in_room(MX_ROOM)[-1]
    await sealed.reacts(EVA, shown.ref, "👍", is_sealed=True)
    assert sealed.count_rows("relay_reactions") == 0
    assert len(questions(sealed)) == 1
    await answers(sealed, "Ja, skicka vidare")
    await sealed.reacts(EVA, shown.ref, "👍", is_sealed=True)

    assert sealed.count_rows("relay_reactions") == 1


async def test_no_vote_leaves_before_the_yes(sealed):
    """Neither by a button nor by an emoji or in the platform's own poll; nor does its end."""
    question = RichText((Text("📊 Städdag?"), Bullets(((Text("Ja"),), (Text("Nej"),)))))
    asked = IncomingMessage(
        ref=sealed.new_ref(ANNA, TG_ROOM),
        sender=sealed.sender(ANNA),
        sent_at=sealed.clock.now(),
        text=question,
        is_direct=False,
        extra=Extra.POLL,
    )
    await sealed.happens(asked)
    card = sealed.in_room(MX_ROOM)[-1]
    eva = sealed.sender(EVA)
    await presses(sealed, card, "Ja")
    await sealed.reacts(EVA, card.ref, "1️⃣", is_sealed=True)
    await sealed.happens(IncomingVote(ref=asked.ref, sender=eva, choices=(0,), is_sealed=True))
    end = IncomingPollEnd(ref=asked.ref, sender=eva, may_end_others=True, is_sealed=True)
    await sealed.happens(end)
    assert sealed.count_rows("poll_votes") == 0
    assert sealed.rows("SELECT closed_at FROM polls") == [(None,)]
    await answers(sealed, "Ja, skicka vidare")
    await presses(sealed, card, "Ja")

    assert sealed.count_rows("poll_votes") == 1


async def test_call_for_help_is_counted_from_a_closed_room_too(sealed):
    """It is said to the bot, on the bot's own card: that 112 was called saves forty calls."""
    await sealed.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
    await sealed.reacts(EVA, sealed.card(MX_ROOM).ref, "☎️", is_sealed=True)
    await sealed.passes(seconds=30)

    assert "112 ringt" in sealed.card(TG_ROOM).text


@pytest.mark.parametrize("line", ["/group close", "/grupp stäng"])
async def test_agreement_is_withdrawn_without_leaving_the_group(sealed, line):
    """What others write comes in as before; the bot says how to open it again."""
    await says(sealed, "hemligt")
    await answers(sealed, "Ja, skicka vidare")
    await says(sealed, "öppet")
    await says(sealed, line)
    await says(sealed, "hemligt igen")
    await sealed.writes(ANNA, TG_ROOM, "hej")

    assert [text for text in sealed.texts(TG_ROOM) if "hemligt" in text] == []
    assert sealed.last(EVA).startswith("Det som skrivs här stannar här.")
    assert "Granne 2: hej" in sealed.texts(MX_ROOM)


async def test_only_who_administers_the_room_closes_it(sealed):
    """Nobody else takes the others' yes back."""
    await says(sealed, "hemligt")
    await answers(sealed, "Ja, skicka vidare")
    sealed.matrix.administrators.clear()
    await says(sealed, "/group close")
    await says(sealed, "öppet")

    assert sealed.texts(TG_ROOM) == ["Granne 1: öppet"]


async def test_yes_says_how_it_is_taken_back(sealed):
    """By what leaves the room in its group."""
    await says(sealed, "hemligt")
    await answers(sealed, "Ja, skicka vidare")

    assert any("/group close" in text for text in sealed.texts(MX_ROOM))
