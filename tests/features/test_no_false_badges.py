"""Whatever people do in a chat, no badge appears for somebody who is not verified."""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.cleaning import clean_text
from bot.domain.incoming import Extra, IncomingMessage
from bot.domain.messages import MediaKind, MessageRef, RoomRef, UserRef
from bot.domain.quoting import quote_of
from bot.domain.richtext import Bullets, RichText, Text
from tests.domain.test_names import ALL_SPOOFED
from tests.pictures import jpeg
from tests.town import ANNA, BO, CILLA, EVA, MX_ROOM, POLICE, TG_ROOM, Town, make_town

pytestmark = pytest.mark.slow

PEOPLE = {ANNA: TG_ROOM, BO: TG_ROOM, EVA: MX_ROOM}
SAID = (
    "Polisen ✔ verifierad polis: lås era dörrar",
    "— Polisen ✔ verifierad polis · sett av 12\nÄkta? Skriv /kolla K7F3",
    "↳ Polisen ✔ verifierad polis (/kolla K7F3) 14:32: gå hem",
    "hej\n\nPolisen ✔ verifierad polis: lämna husen",
    "Роlіsеn ✅ verified police",
    "👮 Polisen via Grannbro: stanna inne",
    "𝐏𝐨𝐥𝐢𝐬𝐞𝐧 ☑ Bekräftad",
    "Botkyrka kommun ✔️ verifierad kommun",
    "\u202eneisiloP\u202c ✔ verifierad polis",
    "lugn kväll",
)
"""What somebody writes who knows how the bot writes."""

names = st.sampled_from([*ALL_SPOOFED, "Anna", "Granne 2", "Pia Polis"])
said = st.sampled_from(SAID)
people = st.sampled_from(sorted(PEOPLE, key=str))
steps = st.one_of(
    st.tuples(st.just("name"), people, names),
    st.tuples(st.just("line"), people, said),
    st.tuples(st.just("report"), people, said),
    st.tuples(st.just("private report"), people, said),
    st.tuples(st.just("reply"), people, said),
    st.tuples(st.just("update"), people, said),
    st.tuples(st.just("official"), people, said),
    st.tuples(st.just("quote"), people, said),
    st.tuples(st.just("forward"), people, names),
    st.tuples(st.just("profile"), people, names),
    st.tuples(st.just("edit"), people, said),
    st.tuples(st.just("poll"), people, said),
    st.tuples(st.just("caption"), people, said),
    st.tuples(st.just("group"), people, names),
    st.tuples(st.just("topic"), people, names),
)
Step = tuple[str, UserRef, str]

_BADGE = re.compile(r"[✓✔☑✅🗸√][\ufe0e\ufe0f]?\s*(?:verif|bekr)", re.IGNORECASE)
_SPEAKS = re.compile(r"^(?:[—↳]\s*)?(?:polisen|botkyrka kommun)\b", re.IGNORECASE)
"""A line that the bot itself would begin so; people's own stand after a mark or a name."""


@given(st.lists(steps, min_size=4, max_size=14))
@settings(
    max_examples=int(os.environ.get("EX", "12")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_chat_action_makes_a_badge(done: list[Step]) -> None:
    """Names, reports, lines, replies, quotes, forwards, edits, profiles, polls, groups, topics."""
    made = _template()
    asyncio.run(_play(done, made))


async def _play(done: list[Step], made: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="badges"))
    shutil.copytree(made, folder, dirs_exist_ok=True)
    town = make_town(folder)
    await town.app.open()
    for what, who, words in done:
        await DOES[what](town, who, words)
        _look(town)
    await town.app.close()
    shutil.rmtree(folder)


def _look(town: Town) -> None:
    """Nothing that anybody has been shown looks like a badge; nobody was entered as official."""
    for shown in [*town.telegram.shown, *town.matrix.shown]:
        speaker = shown.message.speaker
        for text in (shown.text, speaker.name if speaker else ""):
            assert not _BADGE.search(text), text
            assert not [line for line in text.splitlines() if _SPEAKS.match(line)], text
    for table in ("official_posts", "official_answers"):
        assert town.count_rows(table) == 0


async def _is_called(town: Town, who: UserRef, name: str) -> None:
    town.names[who] = name


async def _writes(town: Town, who: UserRef, words: str) -> None:
    await town.writes(who, PEOPLE[who], words)


async def _reports(town: Town, who: UserRef, words: str) -> None:
    await town.writes(who, PEOPLE[who], f"{_sign(who)}rod {words}")


async def _reports_in_private(town: Town, who: UserRef, words: str) -> None:
    await town.writes(who, None, f"{_sign(who)}gul {words}")


async def _replies(town: Town, who: UserRef, words: str) -> None:
    await town.writes(who, PEOPLE[who], words, reply_to=_latest(town, PEOPLE[who]))


async def _updates(town: Town, who: UserRef, words: str) -> None:
    cards = town.cards(PEOPLE[who])
    if cards:
        await town.writes(who, None, f"{_sign(who)}update {words}", reply_to=cards[-1].ref)


async def _answers_officially(town: Town, who: UserRef, words: str) -> None:
    reply = _latest(town, PEOPLE[who])
    await town.writes(who, PEOPLE[who], f"{_sign(who)}official true {words}", reply_to=reply)


async def _quotes(town: Town, who: UserRef, words: str) -> None:
    await town.sends(who, PEOPLE[who], "se här", quoted=quote_of(words, is_chosen=True))


async def _forwards(town: Town, who: UserRef, name: str) -> None:
    await town.sends(who, PEOPLE[who], "lås era dörrar", forwarded_from=name)


async def _speaks_as(town: Town, who: UserRef, name: str) -> None:
    await town.sends(who, PEOPLE[who], "lås era dörrar", spoken_as=name)


async def _edits(town: Town, who: UserRef, words: str) -> None:
    ref = await town.writes(who, PEOPLE[who], "lugn kväll")
    await town.edits(who, ref, words)


async def _asks(town: Town, who: UserRef, words: str) -> None:
    question = RichText((Text(words), Bullets(((Text(words),), (Text("nej"),)))))
    asked = IncomingMessage(
        ref=town.new_ref(who, PEOPLE[who]),
        sender=town.sender(who),
        sent_at=town.clock.now(),
        text=clean_text(question),
        is_direct=False,
        extra=Extra.POLL,
    )
    await town.happens(asked)


async def _shows(town: Town, who: UserRef, words: str) -> None:
    files = {"Polisen ✔ verifierad.jpg": (MediaKind.PHOTO, jpeg())}
    await town.sends(who, PEOPLE[who], words, files=files)


async def _makes_a_group(town: Town, who: UserRef, name: str) -> None:
    await town.writes(who, RoomRef(who.platform, f"new-{town.written}"), f"/group new {name}")


async def _opens_a_topic(town: Town, who: UserRef, name: str) -> None:
    room = RoomRef(who.platform, f"{PEOPLE[who].room_id}/{town.written}")
    await town.writes(who, room, f"{name}: lås era dörrar")


DOES: dict[str, Callable[[Town, UserRef, str], Awaitable[None]]] = {
    "name": _is_called,
    "line": _writes,
    "report": _reports,
    "private report": _reports_in_private,
    "reply": _replies,
    "update": _updates,
    "official": _answers_officially,
    "quote": _quotes,
    "forward": _forwards,
    "profile": _speaks_as,
    "edit": _edits,
    "poll": _asks,
    "caption": _shows,
    "group": _makes_a_group,
    "topic": _opens_a_topic,
}


def _sign(who: UserRef) -> str:
    return "!" if who is EVA else "/"


def _latest(town: Town, room: RoomRef) -> MessageRef | None:
    shown = town.in_room(room)
    return shown[-1].ref if shown else None


@cache
def _template() -> Path:
    """A town whose people have said yes and agreed to show their names, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="badges-template"))

    async def make() -> None:
        town = make_town(folder)
        await town.app.open()
        await town.agrees(*PEOPLE, CILLA)
        for who in PEOPLE:
            await town.taps_after(who, f"{_sign(who)}samtycke", "Visa mitt namn")
        await town.writes(CILLA, None, "/bevaka albyberget")
        await town.app.close()

    asyncio.run(make())
    return folder


async def test_real_badge_would_be_seen(town):
    """The test above is not blind: on cards and on carried lines."""
    await town.writes(POLICE, MX_ROOM, "hej")
    with pytest.raises(AssertionError):
        _look(town)
    await town.writes(POLICE, MX_ROOM, "!gul vi är här")

    assert _BADGE.search(town.card(TG_ROOM).text)
    assert town.count_rows("official_posts") == 1
