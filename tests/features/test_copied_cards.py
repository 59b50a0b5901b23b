"""Red words about a swindler's card are a report; what somebody copied from the bot is none."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.notices import NoticeState
from bot.domain.posted_codes import is_copied
from bot.domain.report_lines import read_report_line
from bot.domain.reports import Priority
from bot.domain.richtext import rich
from tests.features.test_appeals import appeal
from tests.features.test_notices import BURGLARY
from tests.town import ANNA, BO, CILLA, DAVID, MX_ROOM, OWNER, POLICE, START, TG_ROOM, Town

WARNINGS = {
    "code": "bedragare vid porten visar ett kort med /kolla K7F3, han försöker ta sig in",
    "badge": 'någon med väst "Polisen ✔ verifierad" ringer på hos äldre nu',
    "both": 'man med skylt "Polisen ✔ verifierad polis", säger /kolla K7F3 · porten 4 · nu',
}
Happening = Callable[[Town], Awaitable[None]]
RED_NOTICE = replace(BURGLARY, priority=Priority.RED)


@pytest.mark.parametrize("tag", ["RÖD: ", "🔴 ", "red: "], ids=ascii)
@pytest.mark.parametrize("said", WARNINGS.values(), ids=WARNINGS)
async def test_red_line_about_a_swindler_goes_out(town, said, tag):
    """Who warns of somebody names a code or a badge; on the card that is none."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, f"{tag}{said}")

    assert said.replace("✔", "[x]") in town.card(TG_ROOM).text
    assert "är skickad" in town.last(BO)


async def test_yellow_line_about_a_swindler_is_previewed(town):
    """As any other yellow line in private."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, f"GUL: {WARNINGS['code']}")

    assert WARNINGS["code"] in town.last(BO)
    await town.taps(BO, "Skicka")
    assert WARNINGS["code"] in town.card(TG_ROOM).text


def reports(said: str) -> Happening:
    """The police, and Anna, report something."""

    async def happens(town: Town) -> None:
        await town.writes(POLICE, MX_ROOM, said)
        await town.writes(ANNA, TG_ROOM, said.replace("!", "/"))

    return happens


def publishes(**changes: object) -> Happening:
    """A notice goes out, and is changed to be like this."""

    async def happens(town: Town) -> None:
        await town.publishes(RED_NOTICE)
        await town.publishes(replace(RED_NOTICE, **changes))  # type: ignore[arg-type]  # named fields of Notice

    return happens


async def _coordinators_tell(town: Town) -> None:
    await town.agrees(OWNER)
    await town.writes(OWNER, None, "/notice gul, albyberget: Vattnet stängs av kl 13")
    await town.taps(OWNER, "Skicka")


async def _is_answered(town: Town) -> None:
    await town.writes(ANNA, TG_ROOM, "/röd skottlossning vid skolan")
    await town.writes(POLICE, None, f"!official {town.report_id()} false Det var en övning")
    await town.taps(POLICE, "Skicka svaret")


async def _is_over(town: Town) -> None:
    await reports("!röd Brand i ett garage")(town)
    await town.writes(POLICE, None, f"!resolve {town.report_id()}")


CARDS: dict[str, Happening] = {
    "red report": reports("!röd Brand i ett garage"),
    "yellow report": reports("!gul Vi är på plats i Alby"),
    "green report": reports("!grön Vi är på plats i Alby"),
    "report of several lines": reports("!gul Vi är här\nVänta på oss"),
    "report that is over": _is_over,
    "report with an answer": _is_answered,
    "appeal": appeal,
    "notice": publishes(),
    "notice without a link": publishes(link=None, happened_at=None),
    "notice with dots": publishes(title="Inbrott · två", areas=("albyberget", "fittja")),
    "notice with an end": publishes(expires_at=START + timedelta(hours=4)),
    "stopped notice": publishes(state=NoticeState.HELD, is_former=True, changed_at=START),
    "recalled notice": publishes(state=NoticeState.RECALLED, changed_at=START),
    "corrected notice": publishes(text="Två inbrott i natt.", changed_at=START),
    "notice of coordinators": _coordinators_tell,
}


@pytest.mark.parametrize("happens", CARDS.values(), ids=CARDS)
async def test_copied_card_is_no_report(town, happens):
    """Of every kind, in both languages: pasted in private it is checked, in a group it is talk."""
    await town.writes(BO, None, "/bevaka albyberget grön")
    await town.writes(CILLA, None, "/language en")
    await town.writes(CILLA, None, "/bevaka albyberget grön")
    await happens(town)
    await town.passes(seconds=4)
    cards = [card.text for reader in (BO, CILLA) for card in town.cards(reader)]
    count = town.count_rows("reports")
    await town.writes(DAVID, None, "/bevaka albyberget")
    for card in cards:
        await town.writes(DAVID, None, card)
        await town.writes(DAVID, TG_ROOM, card)

    assert town.card(BO).text != town.card(CILLA).text
    assert all(is_copied(card) for card in cards)
    assert town.count_rows("reports") == count


@pytest.mark.parametrize(
    "card",
    [
        "🔴 Meddelande · Alby · 21 nov. 13:00 Stanna inne — Polisen ✔ verifierad · N-1",
        "🔴 Meddelande · Alby · 21 nov. 13:00\nStanna inne\nÄkta? Skriv /kolla K7F3",
        "🔴 Notice · Alby · 21 Nov 13:00\nStay inside\n— formerly Polisen · N-1",
    ],
    ids=["on one line", "without its foot", "former"],
)
def test_notice_that_was_copied_badly_is_no_report(card):
    """Some apps leave out the breaks, and people leave out lines."""
    assert is_copied(card)
    assert read_report_line(rich(card), None) is None
