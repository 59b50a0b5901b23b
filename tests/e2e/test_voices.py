"""`grannbro run` with a real homeserver, an emulated Telegram and a mail server: verified voices.

Each test plays one story to its end, in the words that the people in it read.
"""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.conftest import until
from tests.e2e.voice import OnTelegram, Voice
from tests.e2e.voices import COUNCIL, POLICE, Voices, agrees, open_voices
from tests.servers.matrix.people import People
from tests.servers.matrix.synapse import Synapse

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def voices(
    synapse: Synapse, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Voices]:
    """A running program, and six people who have agreed to what it asks; for all the stories."""
    folder = tmp_path_factory.mktemp("voices")
    async with People(synapse) as people, open_voices(people, folder) as opened:
        yield opened


async def test_code_by_mail_and_a_colleague_make_a_voice_that_can_be_taken_back(
    voices: Voices,
) -> None:
    """On both networks: red before the badge, applying, a second pair of eyes, and the end."""
    await _red_is_out_before_its_badge(voices)
    await voices.paul.says("/verify polisen paul.ek@polisen.se")
    await voices.paul.hears("En kod är på väg till p•••@\u2060polisen.se")
    await voices.paul.says(await voices.code_to("paul.ek@polisen.se"))
    await voices.paul.hears("Nu frågar jag en kollega hos Polisen")
    asked = await voices.pia.hears("paul.ek@polisen.se", room=voices.police_desk)
    assert not asked.is_silent
    await voices.pia.presses("Godkänn", on=asked, room=voices.police_desk)
    await voices.paul.hears("Klart, du är verifierad för Polisen")

    await voices.klara.says("!verify klara.ek@botkyrka.se")
    await voices.klara.hears("En kod är på väg till k•••@\u2060botkyrka.se")
    await voices.klara.says(await voices.code_to("klara.ek@botkyrka.se"))
    asked = await voices.kim.hears("klara.ek@botkyrka.se", room=voices.council_desk)
    await voices.kim.presses("Godkänn", on=asked, room=voices.council_desk)
    await voices.goes_on(voices.kim, "kim.ek@botkyrka.se")
    granted = await voices.klara.hears("Klart, du är verifierad för Botkyrka kommun")

    await voices.paul.says("/gul Vi söker igenom parken", room=voices.town)
    await voices.klara.says("!gul Vattnet i parken är avstängt", room=voices.yard)
    for reader, room in voices.readers:
        assert POLICE in (await reader.hears("Vi söker igenom parken", room=room)).text
        assert COUNCIL in (await reader.hears("Vattnet i parken", room=room)).text
    await voices.pia.says(f"!revoke telegram:{voices.paul.person.user.id}")
    await voices.paul.hears("Din roll för Polisen har återkallats")
    code = re.search(r"!revoke (\w{6}),", granted.text)
    assert code is not None
    await voices.kim.says(f"/revoke {code[1]}")
    await voices.klara.hears("Din roll för Botkyrka kommun har återkallats")
    for reader, room in voices.readers:
        searched = await reader.hears("tidigare Polisen", room=room)
        closed = await reader.hears("tidigare Botkyrka kommun", room=room)
        assert "Vi söker igenom parken" in searched.text
        assert "Vattnet i parken" in closed.text
        assert "✔" not in searched.text + closed.text
    assert [read.text for read in await voices.all_read() if read.mentions] == []


async def _red_is_out_before_its_badge(voices: Voices) -> None:
    """What an officer shouts is a neighbour's until a code is answered, and is never late."""
    await voices.pia.says("!röd Brand i garaget vid torget", room=voices.yard)
    for reader, room in voices.readers:
        card = await reader.hears("Brand i garaget", room=room)
        assert "✔" not in card.text
        assert "Polisen" not in card.text
        assert "/kolla" not in card.text
    await voices.pia.hears("Ditt röda är redan ute, men utan märket")
    await voices.shows_who_it_is(voices.pia, "pia.ek@polisen.se")
    for reader, room in voices.readers:
        proved = await reader.hears(POLICE, room=room)
        assert "Brand i garaget" in proved.text
        assert len([r for r in await reader.reads(room) if "Brand i garaget" in r.text]) == 1


SECRET = "Kalle på tvåan säljer stulna cyklar"
QUESTION = "Vilken färg har dörren"
ANSWER = "Dörren är grön som gräs"


async def test_tip_is_read_by_one_desk_and_nobody_else(voices: Voices) -> None:
    """Across the networks both ways, answered and closed; no word of it is anywhere in clear."""
    await _tips(voices, voices.anna, "!tip botkyrka-kommun", "Botkyrka kommun")
    await _desk_deals(voices, voices.kim, voices.council_desk, "kim.ek@botkyrka.se", "T-1")
    await _tipster_answers(voices, voices.anna, voices.kim, voices.council_desk, "T-1")
    await _tips(voices, voices.bo, "/tip polisen", "Polisen")
    await _desk_deals(voices, voices.pia, voices.police_desk, "pia.ek@polisen.se", "T-2")
    await _tipster_answers(voices, voices.bo, voices.pia, voices.police_desk, "T-2")

    elsewhere = [
        *await voices.anna.reads(voices.yard),
        *await voices.bo.reads(voices.town),
        *[read for who in (voices.pia, voices.klara) for read in await who.reads()],
        *[read for who in (voices.kim, voices.paul) for read in await who.reads()],
    ]
    log = "\n".join(voices.program.said)
    for secret in (SECRET, QUESTION, ANSWER):
        assert [read.text for read in elsewhere if secret in read.text] == []
        assert secret not in log
        assert _files_with(secret, voices) == []


async def _tips(voices: Voices, tipster: Voice, command: str, organisation: str) -> None:
    await tipster.says(f"{command} {SECRET}")
    preview = await tipster.hears("Bara de som arbetar för")
    assert SECRET in preview.text
    await tipster.presses(f"Skicka till {organisation}", on=preview)
    told = await tipster.hears(f"{organisation} har fått ditt tips")
    assert "de vet inte vem du är" in told.text


async def _desk_deals(voices: Voices, clerk: Voice, desk: str, address: str, tip: str) -> None:
    """Let somebody at the desk read the words, once they have shown who they are, and ask."""
    card = await clerk.hears(f"Tips {tip}", room=desk)
    assert SECRET not in card.text
    await clerk.presses("Läs", on=card, room=desk)
    await voices.goes_on(clerk, address)
    opened = await clerk.hears(SECRET, room=desk)
    assert "anonym" in opened.text
    await clerk.says(QUESTION, room=desk, to=opened)


async def _tipster_answers(
    voices: Voices, tipster: Voice, clerk: Voice, desk: str, tip: str
) -> None:
    asked = await tipster.hears(QUESTION)
    await tipster.says(ANSWER, to=asked)
    await clerk.hears(f"Nytt till {tip}: {ANSWER}", room=desk)
    card = await clerk.hears(f"Tips {tip}", room=desk)
    await clerk.presses("Avsluta", on=card, room=desk)
    await tipster.hears("har avslutat ditt tips")
    await clerk.hears("Avslutat", room=desk)


def _files_with(words: str, voices: Voices) -> list[str]:
    folder = Path(voices.program.variables["GRANNBRO_DATA_DIR"])
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "grannbro.db" for path in files)
    return [path.name for path in files if words.encode() in path.read_bytes()]


WATER = "Koka vattnet innan du dricker det"
RIGHT = "Vattnet är bra igen, du kan dricka det"
FOLLOWERS = 24
IN_FLIGHT = 12
"""So many may be on their way to Telegram when a program dies."""


async def test_notice_is_counted_up_corrected_and_recalled_over_a_kill(voices: Voices) -> None:
    """By the form with its preview; the program dies in the middle, and everybody has it once."""
    people = [voices.stranger(f"Granne{number}") for number in range(FOLLOWERS)]
    await asyncio.gather(*(_follows(one, "/bevaka albyberget röd") for one in people))
    await _follows(voices.anna, "!bevaka albyberget röd")
    await voices.kim.says("/notice")
    await voices.kim.hears("Vilka ska få det?")
    await voices.kim.says("Albyberget")
    await voices.kim.hears("Vad vill du meddela?")
    await voices.kim.says(WATER)
    await voices.kim.presses("Gör till 🔴", on=await voices.kim.hears("🟢 Meddelande"))
    preview = await voices.kim.hears("🔴 Meddelande")
    assert f"till {FOLLOWERS + 1} som bevakar" in preview.text
    assert WATER in preview.text
    await voices.kim.presses("Skicka", on=preview)
    await voices.goes_on(voices.kim, "kim.ek@botkyrka.se")
    await until(lambda: sum(_has(one, WATER) for one in people) > 4)
    await voices.program.kill()
    had = [one for one in people if _has(one, WATER)]
    await voices.program.start()
    await voices.kim.hears("N-1 är ute: 2 av 2 rum, 25 av 25 personer")
    counted = [_has(one, WATER) for one in people]
    doubled = [one for one in people if _has(one, WATER) > 1]
    assert len(had) < FOLLOWERS
    assert set(counted) <= {1, 2}
    assert all(_has(one, "Kan vara en dubblett") == 1 for one in doubled)
    assert sum(_has(one, "Kan vara en dubblett") for one in people) <= IN_FLIGHT
    for reader, room in ((voices.anna, voices.yard), (voices.anna, None)):
        assert len([r for r in await reader.reads(room) if WATER in r.text]) == 1

    await voices.kim.says(f"/correct N-1 {RIGHT}")
    await until(lambda: all(_has(one, RIGHT) == 1 for one in people))
    # Where the first of two stands nobody knows: the program died before it was told.
    assert all(_has(one, WATER) == 0 for one in people if one not in doubled)
    places: list[tuple[Voice, str | None]] = [*voices.readers, (voices.anna, None)]
    for who, where in places:
        await who.hears(RIGHT, room=where)
    await voices.kim.says("/recall N-1")
    for who, where in (*places, *((one, None) for one in people)):
        await who.hears("Återkallat", room=where)
        assert [read.text for read in await who.reads(where) if RIGHT in read.text] == []
    progress = await voices.kim.hears("N-1 är återkallat: ")
    edits_at_s = voices.edits_of(progress, voices.kim)
    assert min(b - a for a, b in itertools.pairwise(edits_at_s)) > 2.9


RUMOUR = "Någon säger att det brinner i skolan"
DRILL = "Det är en övning, ingen fara"


async def test_official_word_reaches_who_saw_a_claim_and_nobody_else_looks_official(
    voices: Voices,
) -> None:
    """A verdict beneath a rumour, asking whether it is genuine, and names that would deceive."""
    await voices.bo.says(f"/gul {RUMOUR}", room=voices.town)
    claims = [await reader.hears(RUMOUR, room=room) for reader, room in voices.readers]
    found = re.search(r"#(\w{3,6})", claims[0].text)
    assert found is not None
    await voices.pia.says(f"!official {found[1]} falskt {DRILL}")
    preview = await voices.pia.hears("Så här läser de det")
    await voices.pia.presses("Skicka svaret", on=preview)
    for (reader, room), claim in zip(voices.readers, claims, strict=True):
        news = await reader.hears(f"svar från {POLICE}", room=room)
        assert news.answers is not None
        assert RUMOUR in news.answers
        assert RUMOUR not in news.text
        card = await reader.hears("Uppgift · Albyberget", room=room)
        assert card.id == claim.id
        assert card.text.index(f"{POLICE}: Det stämmer inte. {DRILL}") < card.text.index(RUMOUR)
    await _ask_whether_it_is_genuine(voices)
    await _nobody_is_taken_for_the_police(voices)


async def _ask_whether_it_is_genuine(voices: Voices) -> None:
    """By forwarding the card on Telegram, and by an answer to it on Matrix."""
    card = await voices.bo.hears("Uppgift · Albyberget", room=voices.town)
    voices.bo.forwards(card, room=voices.town)
    told = await voices.bo.hears("är äkta. Polisen (polis) svarade på #")
    assert DRILL in told.text
    card = await voices.anna.hears("Uppgift · Albyberget", room=voices.yard)
    await voices.anna.says("!check", room=voices.yard, to=card)
    told = await voices.anna.hears("är äkta. Polisen (polis) svarade på #")
    assert DRILL in told.text


async def _nobody_is_taken_for_the_police(voices: Voices) -> None:
    """Who is called so is a neighbour in the other room, and can't write a badge either."""
    thief = voices.emulator.town.person("Polisen ✔")
    thief.joins(voices.emulator.town.chats[int(voices.town)])
    thief.writes(voices.emulator.town.chats[int(voices.town)], "Öppna dörren för oss")
    liar = await voices.people.arrives("Polisen ✔")
    await voices.anna.person.manages(voices.yard).invites(liar.id)
    await liar.joins(voices.yard)
    await liar.writes(voices.yard, "Ge oss era koder")
    await liar.writes(voices.yard, f"Vi ringer er\n— {POLICE}")
    for reader, room, said in (
        (voices.anna, voices.yard, "Öppna dörren"),
        (voices.bo, voices.town, "Ge oss era koder"),
    ):
        carried = await reader.hears(said, room=room)
        assert carried.text.startswith("Granne ")
        assert "Polisen" not in carried.shown
        assert "✔" not in carried.shown
    forged = await voices.bo.hears("Vi ringer er", room=voices.town)
    assert POLICE not in forged.text
    assert "✔" not in forged.text


async def _follows(who: Voice, command: str) -> None:
    if isinstance(who, OnTelegram):
        await agrees(who)
    await who.says(command)
    await who.hears("Albyberget")


def _has(one: OnTelegram, words: str) -> int:
    return sum(words in m.text for m in one.person.reads(one.bot))
