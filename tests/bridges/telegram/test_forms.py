"""Voices, films and music on an emulated Telegram, each as what it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.telegram.forms import Form, form_of
from bot.bridges.telegram.media import Upload, groups_of
from bot.domain.messages import Media, MediaId, MediaKind, Original, Platform
from bot.domain.outgoing import Button
from bot.errors import PermanentFailure
from tests.bridges.telegram.stage import Stage, numbers, said
from tests.emulators.telegram import media as files

SEEN = ((Button(label="Sett", data="token.seen"),),)
TWO_DAYS = timedelta(hours=49)
OWN_FORMS = [
    (MediaKind.VOICE, "röst.ogg", "voice"),
    (MediaKind.VOICE, "röst.oga", "voice"),
    (MediaKind.VOICE, "röst.m4a", "voice"),
    (MediaKind.AUDIO, "visa.mp3", "audio"),
    (MediaKind.VIDEO, "gården.mp4", "video"),
    (MediaKind.ANIMATION, "katt.MP4", "animation"),
]
AS_DOCUMENTS = [
    (MediaKind.VOICE, "röst.wav", "document"),
    (MediaKind.VOICE, "röst", "document"),
    (MediaKind.AUDIO, "visa.flac", "document"),
    (MediaKind.VIDEO, "gården.avi", "document"),
    (MediaKind.ANIMATION, "katt.webm", "document"),
    (MediaKind.FILE, "gården.mp4", "document"),
]


@pytest.mark.parametrize(("kind", "name", "shown"), [*OWN_FORMS, *AS_DOCUMENTS])
async def test_file_comes_in_its_own_form_where_telegram_takes_it(
    stage: Stage, kind: MediaKind, name: str, shown: str
) -> None:
    """Else as a document; with its words and buttons either way."""
    await stage.send("Granne 1: lyssna", stage.files.any(kind, name), rows=SEEN)

    (message,) = stage.seen()
    assert (message.kind(), message.text) == (shown, "Granne 1: lyssna")
    assert message.buttons == ["Sett"]


async def test_sticker_of_another_platform_s_comes_as_the_picture_that_is_kept_of_it(
    stage: Stage,
) -> None:
    """With the name of whoever sent it below, which a sticker can't have."""
    picture = stage.files.photo("katt")
    sticker = Media(
        id=picture.id,
        kind=MediaKind.STICKER,
        mime="image/jpeg",
        name="sticker.jpg",
        size_bytes=picture.size_bytes,
    )
    await stage.send("Granne 1: 👍", sticker)

    assert (stage.kinds(), stage.texts()) == (["photo"], ["Granne 1: 👍"])


def own_sticker(stage: Stage, handle: str = "") -> Media:
    """A sticker that Anna has sent, as the bot keeps it."""
    sent = stage.anna.sends(stage.chat, files.sticker(b"TGS", emoji="👍"))
    told = sent.content["sticker"]
    assert isinstance(told, dict)
    picture = stage.files.photo("katt")
    original = Original(Platform.TELEGRAM, handle or str(told["file_id"]))
    return replace(picture, kind=MediaKind.STICKER, original=original)


async def test_sticker_of_telegram_s_comes_as_it_was(stage: Stage) -> None:
    """It may move; its words are a message of their own, for it takes none."""
    parts = await stage.send("Granne 1: 👍", own_sticker(stage))
    assert (stage.kinds(), stage.texts()) == (["sticker", "text"], ["", "Granne 1: 👍"])
    for ref in parts:
        await stage.bridge.redact(ref)

    assert stage.seen() == []
    assert len(parts) == 2


async def test_name_on_a_sticker_changes_in_place(stage: Stage) -> None:
    """Twice is as good as once."""
    sticker = own_sticker(stage)
    parts = await stage.send("Granne 1: 👍", sticker)
    for _ in range(2):
        assert await stage.bridge.edit(parts, said("Anna: 👍", sticker)) == parts

    assert (stage.kinds(), stage.texts()) == (["sticker", "text"], ["", "Anna: 👍"])


async def test_sticker_that_telegram_knows_no_more_comes_as_its_picture(stage: Stage) -> None:
    """Nothing is dropped in silence."""
    await stage.send("Granne 1: 👍", own_sticker(stage, "CAACAgQ"))

    assert (stage.kinds(), stage.texts()) == (["photo", "text"], ["", "Granne 1: 👍"])


async def test_chat_that_wants_no_stickers_gets_the_emoji(stage: Stage) -> None:
    """No picture in its place: whoever administers it has decided."""
    sticker = own_sticker(stage)
    stage.anna.manages(stage.chat).locks("can_send_messages", "can_send_photos")
    await stage.send("Granne 1: 👍", sticker)

    assert (stage.kinds(), stage.texts()) == (["text"], ["Granne 1: 👍"])


async def test_old_sticker_that_is_erased_is_refused_and_loses_its_name(stage: Stage) -> None:
    """Nothing can take its place, but what stands below it says no more."""
    parts = await stage.send("Granne 1: 👍", own_sticker(stage))
    stage.clock.at += TWO_DAYS
    for _ in range(2):
        with pytest.raises(PermanentFailure):
            await stage.bridge.edit(parts, said("[raderat]"))

    assert (stage.kinds(), stage.texts()) == (["sticker", "text"], ["", "[raderat]"])


@pytest.mark.parametrize(("kind", "name", "shown"), OWN_FORMS)
async def test_words_below_change_and_the_file_stays(
    stage: Stage, kind: MediaKind, name: str, shown: str
) -> None:
    """Whether the bot still has it or not; and all of it goes when it is removed."""
    file = stage.files.any(kind, name)
    parts = await stage.send("Granne 1: lyssna", file)
    assert await stage.bridge.edit(parts, said("Granne 1: hör", file)) == parts
    assert await stage.bridge.edit(parts, said("Anna: hör", keeps_media=True)) == parts
    (message,) = stage.seen()
    assert (message.kind(), message.text) == (shown, "Anna: hör")
    await stage.bridge.redact(parts[0])

    assert stage.seen() == []


async def test_photos_and_films_are_one_album_and_the_rest_with_its_like(stage: Stage) -> None:
    """Telegram mixes nothing else; a voice is always alone."""
    files, kind = stage.files, MediaKind
    await stage.send(
        "",
        files.any(kind.VOICE, "a.ogg"),
        files.any(kind.VIDEO, "b.mp4"),
        files.any(kind.AUDIO, "c.mp3"),
        files.file("d"),
        files.photo("e"),
        files.any(kind.VOICE, "f.ogg"),
        files.any(kind.AUDIO, "g.mp3"),
        files.file("h"),
    )

    albums = [message.fixed.get("media_group_id") for message in stage.seen()]
    assert stage.kinds() == ["video", "photo", *["voice"] * 2, *["audio"] * 2, *["document"] * 2]
    assert [albums.count(album) if album else 1 for album in albums] == [2, 2, 1, 1, 2, 2, 2, 2]


async def test_album_of_a_photo_and_a_film_keeps_both_when_its_words_change(stage: Stage) -> None:
    """One caption, below the first."""
    media = (stage.files.photo("a"), stage.files.any(MediaKind.VIDEO, "b.mp4"))
    parts = await stage.send("Rök", *media)
    await stage.bridge.edit(parts, said("Löst", keeps_media=True))

    assert (stage.kinds(), stage.texts()) == (["photo", "video"], ["Löst", ""])


async def test_film_for_many_is_uploaded_once(stage: Stage) -> None:
    """The second reader gets it by its id."""
    film = stage.files.any(MediaKind.ANIMATION, "katt.mp4")
    for to in (stage.room, stage.user):
        await stage.bridge.send(to, said("Titta", film), key="k")
    first, second = (call for call in stage.account.log if call["method"] == "sendAnimation")

    assert str(first["animation"]).startswith("attach://")
    assert not str(second["animation"]).startswith("attach://")


async def test_old_film_that_is_erased_is_covered(stage: Stage) -> None:
    """Telegram deletes nothing older than two days, and lets a picture take its place."""
    parts = await stage.send("Granne 1: titta", stage.files.any(MediaKind.VIDEO, "a.mp4"))
    stage.clock.at += TWO_DAYS
    await stage.bridge.edit(parts, said("[raderat]"))

    assert (stage.kinds(), stage.texts()) == (["photo"], ["[raderat]"])


async def test_old_voice_that_is_erased_is_refused_and_loses_its_name(stage: Stage) -> None:
    """Nothing can take a voice's place: somebody has to delete it by hand, and must be told."""
    parts = await stage.send("Granne 1:", stage.files.any(MediaKind.VOICE, "a.ogg"))
    stage.clock.at += TWO_DAYS
    with pytest.raises(PermanentFailure):
        await stage.bridge.edit(parts, said("[raderat]"))

    assert [message.message_id for message in stage.seen()] == numbers(parts)
    assert (stage.kinds(), stage.texts()) == (["voice"], ["[raderat]"])


@given(st.lists(st.sampled_from(Form), max_size=40))
def test_groups_hold_every_file_once_and_none_that_telegram_would_refuse(
    forms: list[Form],
) -> None:
    """Ten at most; photos with films, music with music, documents with documents."""
    uploads = [_upload(number, form) for number, form in enumerate(forms)]
    groups = groups_of(uploads)

    assert sorted(u.media.name for g in groups for u in g) == sorted(u.media.name for u in uploads)
    for group in groups:
        assert 1 <= len(group) <= 10
        shapes = {upload.form for upload in group}
        assert len(group) == 1 or shapes <= {Form.PHOTO, Form.VIDEO} or len(shapes) == 1
        assert len(group) == 1 or shapes.isdisjoint({Form.VOICE, Form.ANIMATION, Form.STICKER})


@given(st.sampled_from(MediaKind), st.text(max_size=12), st.integers(0, 60_000_000))
def test_every_file_has_a_form(kind: MediaKind, name: str, size_bytes: int) -> None:
    """Whatever it is called."""
    media = Media(id=MediaId("f"), kind=kind, mime="", name=name, size_bytes=size_bytes)

    assert form_of(media) in Form


def _upload(number: int, form: Form) -> Upload:
    media = Media(
        id=MediaId(str(number)), kind=MediaKind.FILE, mime="", name=f"{number}", size_bytes=1
    )
    return Upload(media=media, source="id", form=form)
