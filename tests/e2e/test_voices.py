"""`grannbro run` with a real homeserver, an emulated Telegram and a mail server: verified voices.

Each test plays one story to its end, in the words that the people in it read.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.voice import Voice
from tests.e2e.voices import COUNCIL, POLICE, Voices, open_voices
from tests.servers.matrix.people import People

pytestmark = pytest.mark.slow


@pytest.fixture
async def voices(tmp_path: Path, people: People) -> AsyncIterator[Voices]:
    """A running program, and six people who have agreed to what it asks."""
    async with open_voices(people, tmp_path) as opened:
        yield opened


async def test_code_by_mail_and_a_colleague_make_a_voice_that_can_be_taken_back(
    voices: Voices,
) -> None:
    """On both networks: applying, the second pair of eyes, the badge, and its end everywhere."""
    await voices.paul.says("/verify polisen paul.ek@polisen.se")
    await voices.paul.hears("En kod är på väg till p•••@polisen.se")
    await voices.paul.says(await voices.code_to("paul.ek@polisen.se"))
    await voices.paul.hears("Nu frågar jag en kollega hos Polisen")
    asked = await voices.pia.hears("paul.ek@polisen.se", room=voices.police_desk)
    await voices.pia.presses("Godkänn", on=asked, room=voices.police_desk)
    await voices.shows_who_it_is(voices.pia, "pia.ek@polisen.se")
    await voices.pia.presses("Fortsätt", on=await voices.pia.hears("nu vet jag att det är du"))
    await voices.paul.hears("Klart, du är verifierad för Polisen")

    await voices.klara.says("!verify klara.ek@botkyrka.se")
    await voices.klara.hears("En kod är på väg till k•••@botkyrka.se")
    await voices.klara.says(await voices.code_to("klara.ek@botkyrka.se"))
    asked = await voices.kim.hears("klara.ek@botkyrka.se", room=voices.council_desk)
    await voices.kim.presses("Godkänn", on=asked, room=voices.council_desk)
    await voices.shows_who_it_is(voices.kim, "kim.ek@botkyrka.se")
    await voices.kim.presses("Fortsätt", on=await voices.kim.hears("nu vet jag att det är du"))
    granted = await voices.klara.hears("Klart, du är verifierad för Botkyrka kommun")

    await voices.paul.says("/gul Vi söker igenom parken", room=voices.town)
    await voices.klara.says("!gul Vattnet i parken är avstängt", room=voices.yard)
    for reader, room in ((voices.anna, voices.yard), (voices.bo, voices.town)):
        assert POLICE in (await reader.hears("Vi söker igenom parken", room=room)).text
        assert COUNCIL in (await reader.hears("Vattnet i parken", room=room)).text

    await voices.pia.says(f"!revoke telegram:{voices.paul.person.user.id}")
    await voices.paul.hears("Din roll för Polisen har återkallats")
    code = re.search(r"!revoke (\w{6}),", granted.text)
    assert code is not None
    await voices.kim.says(f"/revoke {code[1]}")
    await voices.klara.hears("Din roll för Botkyrka kommun har återkallats")
    for reader, room in ((voices.anna, voices.yard), (voices.bo, voices.town)):
        assert "tidigare Polisen" in (await reader.hears("Vi söker igenom parken", room=room)).text
        formerly = await reader.hears("tidigare Botkyrka kommun", room=room)
        assert "Vattnet i parken" in formerly.text
        assert not [read for read in await reader.reads(room) if "✔" in read.text]


async def test_red_of_an_officer_is_out_at_once_and_gets_its_badge_by_mail(
    voices: Voices,
) -> None:
    """Nobody waits for a code; until it comes the words are a neighbour's."""
    await voices.pia.says("!röd Brand i garaget vid torget", room=voices.yard)
    for reader, room in ((voices.anna, voices.yard), (voices.bo, voices.town)):
        card = await reader.hears("Brand i garaget", room=room)
        assert "✔" not in card.text
        assert "Polisen" not in card.text
        assert "/kolla" not in card.text
    await voices.shows_who_it_is(voices.pia, "pia.ek@polisen.se")
    for reader, room in ((voices.anna, voices.yard), (voices.bo, voices.town)):
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
    await voices.shows_who_it_is(clerk, address)
    await clerk.presses("Fortsätt", on=await clerk.hears("nu vet jag att det är du"))
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
