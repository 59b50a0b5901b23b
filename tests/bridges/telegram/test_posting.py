"""Sending to an emulated Telegram."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.domain.messages import Attachment, MediaKind, MessageRef, Platform, RoomRef, UserRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import Link, RichText, Style, Styled, Text
from bot.errors import (
    MalformedUpdate,
    PermanentFailure,
    PlatformAway,
    RoomMoved,
    TemporaryFailure,
    UnknownOutcome,
    Why,
)
from tests.bridges.telegram.stage import NoEars, Stage, numbers, said

SEEN = ((Button(label="Sett", data="token.seen"),),)
LONG = "Det ryker från tvättstugan. " * 400
"""Eleven thousand characters: three messages."""


async def test_look_of_a_text_arrives(stage: Stage) -> None:
    """As entities, whatever signs people type; links open without a preview."""
    text = RichText((
        Text("🔴 <b>*rök* "),
        Styled(Style.BOLD, (Text("nu"),)),
        Link("https://alby.se", (Text("karta"),)),
    ))  # fmt: skip
    await stage.bridge.send(stage.room, OutgoingMessage(text=text), key="k")

    (message,) = stage.seen()
    assert message.text == "🔴 <b>*rök* nukarta"
    assert [(e["type"], e["offset"], e["length"]) for e in message.entities] == [
        ("bold", 12, 2),
        ("text_link", 14, 5),
    ]
    assert message.content["link_preview_options"] == {"is_disabled": True}


async def test_long_text_is_several_messages_and_one_sound(stage: Stage) -> None:
    """All parts are known; the buttons stand below the last, the answer at the first."""
    (asked,) = await stage.send("Vad händer?")
    refs = await stage.send(LONG, rows=SEEN, reply_to=asked)

    _, *parts = stage.seen()
    assert numbers(refs) == [part.message_id for part in parts]
    assert "".join("".join(part.text for part in parts).split()) == "".join(LONG.split())
    assert [part.buttons for part in parts] == [[], [], ["Sett"]]
    assert [part.is_silent for part in parts] == [False, True, True]
    assert [part.reply_to is not None for part in parts] == [True, False, False]


async def test_what_stays_here_can_t_be_forwarded(stage: Stage) -> None:
    """Text, file and album alike; all else can."""
    await stage.send("Tips T-1", stays_here=True)
    await stage.send("Tips T-2", stage.files.photo("a"), stays_here=True)
    await stage.send("hej")

    protected = [bool(m.fixed.get("has_protected_content")) for m in stage.seen()]
    assert protected == [True, True, False]


async def test_topic_is_a_room_of_its_own(stage: Stage) -> None:
    """And what was sent there can be changed and removed."""
    forum = stage.emulator.town.forum("Alby", stage.anna, stage.account)
    topic = stage.anna.manages(forum).creates_topic("Cyklar")
    room = RoomRef(Platform.TELEGRAM, f"{forum.id}/{topic.id}")
    (ref,) = await stage.send("Stulen cykel", to=room)
    await stage.bridge.edit([ref], said("Cykeln är funnen"))
    (message,) = [m for m in stage.seen(forum) if not m.is_service]

    assert ref == MessageRef(room, str(message.message_id))
    assert (message.text, message.thread_id) == ("Cykeln är funnen", topic.id)
    await stage.bridge.redact(ref)
    assert message.is_deleted


async def test_answer_to_what_is_gone_is_sent_all_the_same(stage: Stage) -> None:
    """The words matter more than the line they answer."""
    await stage.send("Svar", reply_to=MessageRef(stage.room, "4711"))
    await stage.send("Svar", reply_to=MessageRef(stage.room, "not-a-number"))

    assert stage.texts() == ["Svar", "Svar"]


async def test_photo_carries_the_text_and_the_buttons(stage: Stage) -> None:
    """One card, one message."""
    await stage.send("🔴 Rök", stage.files.photo("a"), rows=SEEN)

    (message,) = stage.seen()
    assert (message.kind(), message.text, message.buttons) == ("photo", "🔴 Rök", ["Sett"])


async def test_photos_are_an_album_with_the_text_below_the_first(stage: Stage) -> None:
    """More than ten are two albums; an album of one is a photo."""
    photos = [stage.files.photo(str(n)) for n in range(11)]
    refs = await stage.send("Rök", *photos[:3])
    many = await stage.send("", *photos)

    assert stage.texts() == ["Rök", "", "", *[""] * 11]
    assert (len(refs), len(many)) == (3, 11)
    albums = [message.fixed.get("media_group_id") for message in stage.seen()]
    assert [albums.count(album) for album in dict.fromkeys(albums)] == [3, 10, 1]


async def test_buttons_of_an_album_stand_below_a_text(stage: Stage) -> None:
    """An album can't have any."""
    photos = [stage.files.photo(name) for name in "ab"]
    await stage.send("Rök", *photos, rows=SEEN)
    await stage.send("", *photos, rows=SEEN)

    assert stage.texts() == ["", "", "Rök", "", "", "↑"]
    assert [message.buttons for message in stage.seen()] == [[], [], ["Sett"]] * 2


async def test_photos_and_files_are_two_groups(stage: Stage) -> None:
    """Telegram does not mix them."""
    await stage.send(
        "Se här", stage.files.file("a"), stage.files.photo("b"), stage.files.file("c")
    )

    assert stage.kinds() == ["photo", "document", "document", "text"]


async def test_text_too_long_for_a_caption_goes_on_below(stage: Stage) -> None:
    """Nothing of it is lost."""
    text = "Det ryker från tvättstugan. " * 60
    refs = await stage.send(text, stage.files.photo("a"), rows=SEEN)

    assert stage.kinds() == ["photo", "text"]
    assert "".join("".join(stage.texts()).split()) == "".join(text.split())
    assert [message.buttons for message in stage.seen()] == [[], ["Sett"]]
    assert len(refs) == 2


async def test_file_that_cannot_be_shown_is_named(stage: Stage) -> None:
    """Nobody wonders where it went."""
    there, gone = stage.files.photo("a"), stage.files.file("protokoll")
    await stage.files.discard(gone.id)
    await stage.send("Rök", there, gone)

    assert stage.texts() == ["Rök\n📎 protokoll.txt (0.0 MB)"]


async def test_file_that_cannot_be_shown_is_explained(stage: Stage) -> None:
    """One that is too large says of how many MB it may be; one that is gone does not."""
    large = replace(stage.files.file("film"), size_bytes=61_200_000)
    gone = stage.files.file("protokoll")
    await stage.files.discard(gone.id)
    await stage.send("Rök", large, gone, explains=lambda why, most: f"{why.value} {most}")

    assert stage.texts() == [
        "Rök\n📎 film.txt (61.2 MB): too_large 50\n📎 protokoll.txt (0.0 MB): gone 0"
    ]


async def test_picture_that_telegram_takes_for_none_comes_as_a_file(stage: Stage) -> None:
    """A panorama of thirty to one."""
    await stage.send("Rök", stage.files.photo("a", size=(3000, 100)))

    assert (stage.kinds(), stage.texts()) == (["document"], ["Rök"])


async def test_photo_for_many_is_uploaded_once(stage: Stage) -> None:
    """The second reader gets it by its id."""
    photo = stage.files.photo("a")
    for to in (stage.room, stage.user):
        await stage.bridge.send(to, said("Rök", photo), key="k")
    first, second = (call for call in stage.account.log if call["method"] == "sendPhoto")

    assert str(first["photo"]).startswith("attach://")
    assert not str(second["photo"]).startswith("attach://")


async def test_part_that_fails_takes_the_others_back(stage: Stage) -> None:
    """It will come again from its start, so half of it must not stand there."""
    stage.emulator.town.faults.fail(skip=2, methods=["sendMessage"])
    with pytest.raises(UnknownOutcome):
        await stage.send(LONG)

    assert stage.seen() == []


async def test_lost_answer_is_an_unknown_outcome(stage: Stage) -> None:
    """It stands there, but the bridge can't know."""
    stage.emulator.town.faults.cut_after(methods=["sendMessage"])
    with pytest.raises(UnknownOutcome):
        await stage.send("Rök")

    assert stage.texts() == ["Rök"]


async def test_service_that_is_not_reached_got_nothing(stage: Stage) -> None:
    """It may be tried again as often as one likes."""
    bot = make_bot(stage.account.token, clock=stage.clock, api_base="http://127.0.0.1:1")
    lonely = TelegramBridge(bot=bot, ears=NoEars(), media=stage.files, clock=stage.clock)
    with pytest.raises(TemporaryFailure):
        await lonely.send(stage.room, said("Rök"), key="k")

    assert lonely.last_round_trip is None
    await lonely.close()


@pytest.mark.parametrize("is_html", [False, True], ids=["json", "html"])
@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_service_out_of_order_may_have_done_it(
    stage: Stage, code: int, *, is_html: bool
) -> None:
    """A gateway that breaks down says nothing of what happened behind it."""
    stage.emulator.town.faults.fail(code=code, html=is_html, is_done=True)
    with pytest.raises(UnknownOutcome):
        await stage.send("Rök")

    assert stage.texts() == ["Rök"]


async def test_service_out_of_order_is_told_nothing_until_it_answers(stage: Stage) -> None:
    """What may be repeated once is not repeated into the same outage; few questions are asked."""
    stage.emulator.town.faults.fail(times=4)
    with pytest.raises(UnknownOutcome):
        await stage.send("Rök")
    for _ in range(30):
        with pytest.raises(PlatformAway):
            await stage.send("Rök")
        await stage.clock.sleep(0.5)
    asked = stage.account.calls.copy()
    await stage.clock.sleep(5)
    await stage.send("Rök")

    assert (asked["sendMessage"], asked["getMe"]) == (1, 3)
    assert stage.texts() == ["Rök"]


async def test_reader_who_has_blocked_the_bot_is_told_apart(stage: Stage) -> None:
    """And somebody who never wrote to it."""
    stage.anna.blocks(stage.account)
    bo = stage.emulator.town.person("Bo")
    bo.joins(stage.chat)
    why = []
    for user_id in (stage.anna.user.id, bo.user.id, 1):
        to = UserRef(Platform.TELEGRAM, str(user_id))
        with pytest.raises(PermanentFailure) as failure:
            await stage.bridge.send(to, said("Rök"), key="k")
        why.append(failure.value.why)

    assert why == [Why.BLOCKED, Why.NOT_STARTED, Why.NO_SUCH_ROOM]


@pytest.mark.parametrize(
    ("room", "why"),
    [("-1", Why.NO_SUCH_ROOM), ("torget", Why.NO_SUCH_ROOM), ("-100/x", Why.NO_SUCH_ROOM)],
)
async def test_room_that_is_none_is_refused(stage: Stage, room: str, why: Why) -> None:
    """For good."""
    with pytest.raises(PermanentFailure) as failure:
        await stage.send("Rök", to=RoomRef(Platform.TELEGRAM, room))

    assert failure.value.why is why


async def test_bot_that_was_thrown_out_is_told_so(stage: Stage) -> None:
    """Whoever looks after the room has to know."""
    stage.anna.manages(stage.chat).removes(stage.account)
    with pytest.raises(PermanentFailure) as failure:
        await stage.send("Rök")

    assert failure.value.why is Why.NOT_IN_ROOM


async def test_group_that_became_a_supergroup_says_its_new_number(stage: Stage) -> None:
    """Nothing was sent; the room has to be renamed first."""
    small = stage.emulator.town.group("Gården", stage.anna, stage.account)
    large = stage.anna.manages(small).upgrades()
    with pytest.raises(RoomMoved) as moved:
        await stage.send("Rök", to=RoomRef(Platform.TELEGRAM, str(small.id)))

    assert (moved.value.old, moved.value.new) == (str(small.id), str(large.id))


async def test_refused_token_is_a_state_and_no_crash(stage: Stage) -> None:
    """Effects wait until the operator has changed it."""
    stage.account.is_revoked = True
    with pytest.raises(TemporaryFailure):
        await stage.send("Rök")
    stage.account.is_revoked = False
    await stage.send("Rök")

    assert stage.texts() == ["Rök"]


async def test_flood_control_is_obeyed(stage: Stage) -> None:
    """And the chat is left alone until its time."""
    stage.emulator.town.limits.close(stage.account.id, stage.chat.id, 7)
    with pytest.raises(TemporaryFailure) as refused:
        await stage.send("Rök")
    with pytest.raises(TemporaryFailure):
        await stage.send("Rök")
    await stage.bridge.send(stage.user, said("Rök"), key="k")

    assert refused.value.retry_after_s == 7
    assert stage.account.refusals[429] == 1


async def test_real_limits_are_never_met(stage: Stage) -> None:
    """Six hands with three hundred deliveries that are held up on their way: no refusal."""
    town = stage.emulator.town
    people = [town.person(f"Granne {n}") for n in range(300)]
    for person in people:
        person.starts(stage.account)
    town.limits.is_on = town.limits.counts_edits = True
    waiting = iter(people)

    async def deliver() -> None:
        for person in waiting:
            to = UserRef(Platform.TELEGRAM, str(person.user.id))
            await stage.bridge.send(to, said("🔴 Rök"), key="k")

    async with asyncio.TaskGroup() as hands:
        for _ in range(6):
            hands.create_task(deliver())

    assert stage.account.refusals[429] == 0
    assert stage.account.calls["sendMessage"] == 300


async def test_nothing_to_show_is_refused(stage: Stage) -> None:
    """An empty message is a mistake somewhere else."""
    with pytest.raises(PermanentFailure):
        await stage.send(" \n")


async def test_button_that_opens_nothing_does_not_keep_the_message_back(stage: Stage) -> None:
    """It is left out."""
    rows = ((Button(label="Läs", url="javascript:x"),), *SEEN)
    await stage.send("Rök", rows=rows)

    (message,) = stage.seen()
    assert message.buttons == ["Sett"]


async def test_button_with_too_much_in_it_is_a_bug(stage: Stage) -> None:
    """It can't come back whole."""
    with pytest.raises(ValueError, match="64 bytes"):
        await stage.send("Rök", rows=((Button(label="x", data="å" * 33),),))


async def test_answers_are_noted(stage: Stage) -> None:
    """Also refusals: the service is there."""
    with pytest.raises(PermanentFailure):
        await stage.send("Rök", to=RoomRef(Platform.TELEGRAM, "-1"))
    refused_at = stage.bridge.last_round_trip
    stage.clock.at += timedelta(seconds=9)
    await stage.send("Rök")

    assert refused_at is not None
    assert stage.bridge.last_round_trip == refused_at + timedelta(seconds=9)


async def test_offered_file_is_fetched(stage: Stage) -> None:
    """By the handle that the update gave; one that is none is refused for good."""
    await stage.send("", stage.files.file("abc"))
    (message,) = stage.seen()
    document = message.content["document"]
    assert isinstance(document, dict)
    file = Attachment(kind=MediaKind.FILE, handle=str(document["file_id"]), name="a", size_bytes=3)

    assert await stage.bridge.download(file) == b"abc"
    with pytest.raises(PermanentFailure):
        await stage.bridge.download(
            Attachment(kind=MediaKind.FILE, handle="x", name="a", size_bytes=3)
        )


async def test_what_is_heard_is_an_answer_too(stage: Stage) -> None:
    """The later of the two counts; updates are heard and read by the bridge's ears."""
    stage.bridge.ears = NoEars(last_round_trip=stage.clock.now() + timedelta(seconds=5))
    await stage.send("Rök")

    assert stage.bridge.last_round_trip == stage.bridge.ears.last_round_trip
    with pytest.raises(MalformedUpdate):
        stage.bridge.parse(b"{}")
