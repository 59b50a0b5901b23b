"""Changing and removing what stands on an emulated Telegram."""

from datetime import timedelta

import pytest

from bot.domain.messages import MessageRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.errors import PermanentFailure, PlatformAway, TemporaryFailure, UnknownOutcome, Why
from tests.bridges.telegram.stage import Stage, numbers, said
from tests.styles import bold

SEEN = ((Button(label="Sett", data="token.seen"),),)
LONG = "Det ryker från tvättstugan. " * 400
LONGER = "Brandkåren är på väg. " * 600
TWO_DAYS = timedelta(hours=49)


def together(texts: list[str]) -> str:
    """All that is written, whatever its parts."""
    return "".join("".join(texts).split())


async def test_text_grows_and_shrinks_in_place(stage: Stage) -> None:
    """Parts are changed one by one, missing ones sent, surplus ones deleted."""
    parts = await stage.send("Rök", rows=SEEN)
    grown = await stage.bridge.edit(parts, said(LONG, rows=SEEN))
    assert together(stage.texts()) == together([LONG])
    assert [message.buttons for message in stage.seen()] == [[], [], ["Sett"]]
    assert grown[0] == parts[0]
    assert len(grown) == 3

    again = await stage.bridge.edit(grown, said(LONGER, rows=SEEN))
    assert again[:3] == grown
    assert len(again) == 4
    shrunk = await stage.bridge.edit(again, said("Löst", rows=SEEN))

    assert shrunk == parts
    assert stage.texts() == ["Löst"]
    assert stage.seen()[0].buttons == ["Sett"]


async def test_text_that_outgrows_its_message_goes_on_in_one_that_answers_it(stage: Stage) -> None:
    """Others may have written since; a reader finds the beginning with one press."""
    parts = await stage.send("Rök")
    stage.anna.writes(stage.chat, "Vad händer?")
    await stage.bridge.edit(parts, said(LONG))

    first, second, third = stage.seen()
    assert second.reply_to is first
    assert third.reply_to is None


async def test_same_again_changes_nothing(stage: Stage) -> None:
    """Telegram refuses that, and it is no failure."""
    for media in ((), (stage.files.photo("a"),)):
        parts = await stage.send("Rök", *media, rows=SEEN)
        for _ in range(2):
            assert await stage.bridge.edit(parts, said("Rök", *media, rows=SEEN)) == parts

    assert stage.texts() == ["Rök", "Rök"]


async def test_look_alone_is_a_change(stage: Stage) -> None:
    """The same words in bold."""
    parts = await stage.send("Rök")
    await stage.bridge.edit(parts, OutgoingMessage(text=bold("Rök")))

    (message,) = stage.seen()
    assert [entity["type"] for entity in message.entities] == ["bold"]


async def test_words_below_a_photo_change_and_the_photo_stays(stage: Stage) -> None:
    """Whether the bot still has it or not."""
    photo = stage.files.photo("a")
    parts = await stage.send("🔴 Rök", photo, rows=SEEN)
    assert await stage.bridge.edit(parts, said("Två har sett", photo, rows=SEEN)) == parts
    assert await stage.bridge.edit(parts, said("Löst", keeps_media=True)) == parts

    (message,) = stage.seen()
    assert (message.kind(), message.text, message.buttons) == ("photo", "Löst", [])


async def test_words_below_a_photo_outgrow_it_and_shrink_again(stage: Stage) -> None:
    """What a caption does not hold goes on in a message of its own."""
    photo, text = stage.files.photo("a"), "Det ryker från tvättstugan. " * 60
    parts = await stage.send("Rök", photo, rows=SEEN)
    grown = await stage.bridge.edit(parts, said(text, photo, rows=SEEN))
    assert (stage.kinds(), together(stage.texts())) == (["photo", "text"], together([text]))
    assert [message.buttons for message in stage.seen()] == [[], ["Sett"]]
    shrunk = await stage.bridge.edit(grown, said("Löst", rows=SEEN, keeps_media=True))

    assert shrunk == parts
    assert (stage.kinds(), stage.texts()) == (["photo"], ["Löst"])
    assert stage.seen()[0].buttons == ["Sett"]


async def test_words_of_an_album_change_and_its_photos_stay(stage: Stage) -> None:
    """With the files at hand and without."""
    photos = [stage.files.photo(name) for name in "abc"]
    parts = await stage.send("Rök", *photos)
    await stage.bridge.edit(parts, said("Rök nu", *photos))
    assert stage.texts() == ["Rök nu", "", ""]
    await stage.bridge.edit(parts, said("Löst", keeps_media=True))

    assert stage.kinds() == ["photo"] * 3
    assert stage.texts() == ["Löst", "", ""]


@pytest.mark.parametrize("keeps_media", [False, True], ids=["known", "forgotten"])
async def test_album_in_a_busy_group_is_changed_later(stage: Stage, *, keeps_media: bool) -> None:
    """Nothing of the change is made yet, so it waits in the outbox and keeps no hand."""
    photos = [stage.files.photo(name) for name in "abc"]
    parts = await stage.send("Rök", *photos)
    for number in range(14):
        await stage.send(f"rad {number}")
    before = stage.clock.now()
    with pytest.raises(PlatformAway):
        await stage.bridge.edit(
            parts, said("Löst", *([] if keeps_media else photos), keeps_media=keeps_media)
        )

    assert (stage.clock.now() - before).total_seconds() < 1


async def test_album_loses_its_buttons_and_takes_its_words_back(stage: Stage) -> None:
    """A closed report has no buttons, so its words fit below the first photo."""
    photos = [stage.files.photo(name) for name in "ab"]
    parts = await stage.send("Rök", *photos, rows=SEEN)
    after = await stage.bridge.edit(parts, said("Löst", keeps_media=True))

    assert list(after) == list(parts)[:2]
    assert stage.texts() == ["Löst", ""]


async def test_long_text_that_never_had_files_keeps_none(stage: Stage) -> None:
    """The bot may have forgotten that there were none."""
    parts = await stage.send(LONG)
    after = await stage.bridge.edit(parts, said("Kort", keeps_media=True))

    assert stage.texts() == ["Kort"]
    assert list(after) == list(parts)[:1]


async def test_photo_becomes_words(stage: Stage) -> None:
    """A file can't become a text: the message is placed again, and the picture is gone."""
    for photos in (["a"], ["a", "b", "c"]):
        parts = await stage.send("Rök", *map(stage.files.photo, photos))
        after = await stage.bridge.edit(parts, said("[raderat]"))
        assert set(after).isdisjoint(parts)

    assert stage.kinds() == ["text", "text"]
    assert stage.texts() == ["[raderat]", "[raderat]"]


@pytest.mark.parametrize("before", ["", "a"], ids=["words", "photo"])
async def test_words_get_photos(stage: Stage, before: str) -> None:
    """They are placed again with them, without a sound."""
    photos = [stage.files.photo(name) for name in "ab"]
    parts = await stage.send("Rök", *photos[: len(before)])
    await stage.bridge.edit(parts, said("Rök", *photos))

    assert (stage.kinds(), stage.texts()) == (["photo"] * 2, ["Rök", ""])
    assert all(message.is_silent for message in stage.seen())


@pytest.mark.parametrize("names", ["a", "ab"], ids=["photo", "album"])
@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_old_picture_is_covered_where_it_cannot_be_deleted(
    stage: Stage, names: str, kind: str
) -> None:
    """Erasing reaches it all the same."""
    make = stage.files.photo if kind == "photo" else stage.files.file
    parts = await stage.send("Anna på bild", *map(make, names))
    before = [message.content for message in stage.seen()]
    stage.clock.at += TWO_DAYS
    with pytest.raises(PermanentFailure) as refused:
        await stage.bridge.redact(parts[0])
    for _ in range(2):
        assert await stage.bridge.edit(parts, said("[raderat]")) == parts

    assert refused.value.why is Why.NO_RIGHTS
    assert stage.texts() == ["[raderat]", *[""] * (len(names) - 1)]
    for message, old in zip(stage.seen(), before, strict=True):
        assert message.content.get(kind) != old.get(kind)


async def test_old_text_is_still_changed(stage: Stage) -> None:
    """A stone takes its place; parts that can't be deleted say nothing any more."""
    parts = await stage.send(LONG)
    stage.clock.at += TWO_DAYS
    await stage.bridge.edit(parts, said("[raderat]"))

    assert stage.texts() == ["[raderat]", "…", "…"]


async def test_removed_message_is_removed_again_without_harm(stage: Stage) -> None:
    """Also one that never was."""
    (ref,) = await stage.send("Rök")
    for number in (ref.message_id, ref.message_id, "4711", "x"):
        await stage.bridge.redact(MessageRef(stage.room, number))

    assert stage.seen() == []


async def test_line_of_a_neighbour_is_removed_only_with_the_right(stage: Stage) -> None:
    """And without it, that is said."""
    line = stage.anna.writes(stage.chat, "/tip polisen bil")
    ref = MessageRef(stage.room, str(line.message_id))
    with pytest.raises(PermanentFailure) as refused:
        await stage.bridge.redact(ref)
    stage.anna.manages(stage.chat).promotes(stage.account, "can_delete_messages")
    await stage.bridge.redact(ref)

    assert refused.value.why is Why.NO_RIGHTS
    assert line.is_deleted


async def test_edit_of_what_is_gone_is_refused_for_good(stage: Stage) -> None:
    """And so is one that would show nothing."""
    parts = await stage.send("Rök")
    with pytest.raises(PermanentFailure):
        await stage.bridge.edit(parts, said(" "))
    await stage.bridge.redact(parts[0])
    with pytest.raises(PermanentFailure) as gone:
        await stage.bridge.edit(parts, said("Löst"))

    assert gone.value.why is Why.MESSAGE_GONE


@pytest.mark.parametrize("skip", range(5))
async def test_edit_that_breaks_off_is_finished_by_the_next(stage: Stage, skip: int) -> None:
    """Wherever it was cut: the same twice shows the same."""
    parts = await stage.send(LONG, rows=SEEN)
    stage.emulator.town.faults.fail(skip=skip)
    try:
        after = await stage.bridge.edit(parts, said(LONGER, rows=SEEN))
    except (TemporaryFailure, UnknownOutcome):
        after = await stage.bridge.edit(parts, said(LONGER, rows=SEEN))

    assert numbers(after) == [message.message_id for message in stage.seen()]
    assert together(stage.texts()) == together([LONGER])


@pytest.mark.parametrize("skip", range(6))
async def test_photo_that_becomes_words_breaks_off_and_is_finished(
    stage: Stage, skip: int
) -> None:
    """Neither two messages nor none."""
    parts = await stage.send("Rök", *map(stage.files.photo, "ab"))
    stage.emulator.town.faults.fail(skip=skip)
    try:
        after = await stage.bridge.edit(parts, said("[raderat]"))
    except (TemporaryFailure, UnknownOutcome):
        after = await stage.bridge.edit(parts, said("[raderat]"))

    assert stage.texts() == ["[raderat]"]
    assert numbers(after) == [message.message_id for message in stage.seen()]
