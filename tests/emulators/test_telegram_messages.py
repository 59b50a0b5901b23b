"""Sending, changing and deleting, and the words with which that is refused."""

import io

import aiohttp
import pytest

from tests.emulators.asking import Answered
from tests.emulators.telegram import media
from tests.emulators.telegram.wire import as_object
from tests.pictures import jpeg, png

HOUR_S = 3600


async def test_what_is_sent_is_what_people_see(ask, anna, group):
    """Text, form, buttons and sound."""
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    keyboard = {"inline_keyboard": [[{"text": "Sett", "callback_data": "s"}]]}
    await ask(
        "sendMessage", chat_id=group.id, text="Röd  ", entities=bold, reply_markup=keyboard,
        disable_notification=True,
    )  # fmt: skip
    (shown,) = anna.reads(group)

    assert (shown.text, shown.entities, shown.buttons) == ("Röd", bold, ["Sett"])
    assert shown.is_silent


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param({"text": " \n"}, "message text is empty", id="empty"),
        pytest.param({"text": "x" * 4097}, "message is too long", id="long"),
        pytest.param({"text": "😀" * 2049}, "message is too long", id="long-in-utf-16"),
        pytest.param(
            {"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "can't parse entities: Entity begins in a middle of a UTF-16 symbol",
            id="half-a-character",
        ),
        pytest.param(
            {"text": "hej", "entities": [{"type": "bold", "offset": 1, "length": 3}]},
            "can't parse entities: Entity beginning at UTF-16 offset 1 ends after the end",
            id="outside",
        ),
        pytest.param(
            {"text": "<b>hej", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
            id="html",
        ),
        pytest.param(
            {"text": "x", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
            id="reply",
        ),
        pytest.param(
            {"text": "x", "message_thread_id": 1}, "message thread not found", id="topic"
        ),
        pytest.param(
            {"text": "x", "reply_markup": None}, "object expected as reply markup", id="null"
        ),
        pytest.param(
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "å" * 33}]]},
            },
            "BUTTON_DATA_INVALID",
            id="data",
        ),
        pytest.param({}, 'parameter "text" of sendMessage is required', id="missing"),
        pytest.param({"text": "x", "colour": "red"}, 'unknown parameter "colour"', id="unknown"),
        pytest.param({"text": ["x"]}, "text is no String", id="type"),
    ],
)
async def test_wrong_message_is_refused_and_nothing_is_shown(ask, anna, group, asked, said):
    """With the service's words where it has any."""
    with pytest.raises(Answered) as refusal:
        await ask("sendMessage", chat_id=group.id, **asked)

    assert refusal.value.code == 400
    assert said in refusal.value.description
    assert anna.reads(group) == []


async def test_nulls_that_the_service_overlooks_are_overlooked(ask, anna, group):
    """Entities may be null, unlike buttons."""
    await ask("sendMessage", chat_id=group.id, text="hej", entities=None)

    assert [m.text for m in anna.reads(group)] == ["hej"]


async def test_answer_may_do_without_what_it_answers(ask, anna, group):
    """When the sender says so."""
    answered = {"message_id": 999, "allow_sending_without_reply": True}
    await ask("sendMessage", chat_id=group.id, text="ändå", reply_parameters=answered)

    assert [m.reply_to for m in anna.reads(group)] == [None]


async def test_quote_must_stand_in_what_is_answered(ask, anna, group):
    """And is told with its place."""
    said = anna.writes(group, "Rök ur fönster på Albyvägen")
    right = {"message_id": said.message_id, "quote": "fönster"}
    sent = await ask.record("sendMessage", chat_id=group.id, text="Var?", reply_parameters=right)

    assert as_object(sent["quote"])["position"] == 7
    wrong = right | {"quote": "dörr"}
    with pytest.raises(Answered, match="QUOTE_TEXT_INVALID"):
        await ask("sendMessage", chat_id=group.id, text="Var?", reply_parameters=wrong)


async def test_chats_out_of_reach_are_refused_each_in_its_way(ask, town, anna, bo, granne, group):
    """A bot learns from the words what to do."""
    cilla = town.person("Cilla")
    bo.writes(group, "/hej")
    anna.starts(granne)
    anna.blocks(granne)
    other = town.group("Utan", anna, granne)
    anna.manages(other).removes(granne)
    left = town.supergroup("Lämnad", anna, granne)
    await ask("leaveChat", chat_id=left.id)
    said = {}
    for name, chat_id in {
        "stranger": cilla.user.id, "met": bo.user.id, "blocked": anna.user.id, "none": -100123,
        "kicked": other.id, "left": left.id, "self": granne.id,
    }.items():  # fmt: skip
        with pytest.raises(Answered) as refusal:
            await ask("sendMessage", chat_id=chat_id, text="hej")
        said[name] = str(refusal.value)

    assert (await ask.record("getChat", chat_id=bo.user.id))["first_name"] == "Bo"
    assert said["stranger"] == "400 Bad Request: chat not found"
    assert said["met"] == "403 Forbidden: bot can't initiate conversation with a user"
    assert said["blocked"] == "403 Forbidden: bot was blocked by the user"
    assert said["none"] == "400 Bad Request: chat not found"
    assert said["kicked"] == "403 Forbidden: bot was kicked from the group chat"
    assert said["left"] == "403 Forbidden: bot is not a member of the supergroup chat"


async def test_edit_must_change_something(ask, anna, group):
    """Else it is refused, and tells so in words that programs look for."""
    keyboard = {"inline_keyboard": [[{"text": "Sett", "callback_data": "s"}]]}
    sent = await ask.record("sendMessage", chat_id=group.id, text="ett", reply_markup=keyboard)
    where = {"chat_id": group.id, "message_id": sent["message_id"]}

    with pytest.raises(Answered, match="400 Bad Request: message is not modified: specified new"):
        await ask("editMessageText", text="ett ", reply_markup=keyboard, **where)
    await ask("editMessageText", text="ett", **where)
    await ask("editMessageText", text="två", **where)
    (shown,) = anna.reads(group)
    assert (shown.text, shown.buttons, shown.edits) == ("två", [], 1)


async def test_only_own_messages_can_be_edited(ask, anna, group):
    """And only those that are there."""
    said = anna.writes(group, "/hej")

    with pytest.raises(Answered, match="message can't be edited"):
        await ask("editMessageText", chat_id=group.id, message_id=said.message_id, text="x")
    with pytest.raises(Answered, match="message to edit not found"):
        await ask("editMessageText", chat_id=group.id, message_id=999, text="x")


async def test_message_with_a_keyboard_of_the_app_stays_as_it_is(ask, group):
    """Only buttons below a message can be changed."""
    keyboard = {"keyboard": [[{"text": "Dela plats", "request_location": True}]]}
    sent = await ask.record("sendMessage", chat_id=group.id, text="Var?", reply_markup=keyboard)

    assert "reply_markup" not in sent
    with pytest.raises(Answered, match="message can't be edited"):
        await ask("editMessageText", chat_id=group.id, message_id=sent["message_id"], text="Här?")


async def test_deleting_needs_a_right_or_an_own_fresh_message(ask, anna, granne, group, clock):
    """48 hours for one's own; an administrator's right knows no age."""
    said = anna.writes(group, "hej")
    sent = await ask.record("sendMessage", chat_id=group.id, text="hej")
    theirs = {"chat_id": group.id, "message_id": said.message_id}
    own = {"chat_id": group.id, "message_id": sent["message_id"]}

    with pytest.raises(Answered, match="message can't be deleted for everyone"):
        await ask("deleteMessage", **theirs)
    clock.advance(48 * HOUR_S)
    with pytest.raises(Answered, match="message can't be deleted for everyone"):
        await ask("deleteMessage", **own)
    anna.manages(group).promotes(granne, "can_delete_messages")
    await ask("deleteMessage", **theirs)
    await ask("deleteMessage", **own)
    with pytest.raises(Answered, match="message to delete not found"):
        await ask("deleteMessage", **own)
    assert [m for m in anna.reads(group) if not m.is_service] == []


async def test_several_are_deleted_at_once_and_the_missing_passed_over(ask, anna, granne):
    """Up to a hundred."""
    ids = [anna.writes(granne, word).message_id for word in ("ett", "två")]
    await ask("deleteMessages", chat_id=anna.user.id, message_ids=[*ids, 10**6])

    assert anna.reads(granne) == []
    with pytest.raises(Answered, match="from 1 to 100"):
        await ask("deleteMessages", chat_id=anna.user.id, message_ids=list(range(1, 102)))


async def test_press_is_answered_in_time_or_not_at_all(ask, anna, group, clock):
    """A person doesn't wait for ever."""
    keyboard = {"inline_keyboard": [[{"text": "Sett", "callback_data": "s"}]]}
    await ask("sendMessage", chat_id=group.id, text="Rök", reply_markup=keyboard)
    (shown,) = anna.reads(group)
    first, second = anna.presses(shown, "Sett"), anna.presses(shown, "#1")
    await ask("answerCallbackQuery", callback_query_id=first.id, text="Tack", show_alert=True)
    clock.advance(16)

    with pytest.raises(Answered, match="query is too old and response timeout expired or query"):
        await ask("answerCallbackQuery", callback_query_id=second.id)
    with pytest.raises(Answered, match="query is too old and response timeout expired or query"):
        await ask("answerCallbackQuery", callback_query_id="1")
    assert (first.answer, first.is_alert, second.is_answered) == ("Tack", True, False)


async def test_file_of_a_message_can_be_fetched(ask, anna, granne):
    """By the path that getFile tells; pictures are made anew and lose what a camera wrote."""
    anna.sends(granne, media.document(b"%PDF", "karta.pdf", "application/pdf"), caption="Karta")
    anna.sends(granne, media.photo(jpeg()))
    (first, second) = [as_object(u["message"]) for u in await ask.updates()]
    document, photo = as_object(first["document"]), second["photo"]
    assert isinstance(photo, list)
    fetched = [await _fetch(ask, str(f["file_id"])) for f in (document, photo[-1])]

    assert first["caption"] == "Karta"
    assert document["file_name"] == "karta.pdf"
    assert fetched[0] == b"%PDF"
    assert fetched[1].startswith(b"\xff\xd8")
    assert b"Kamera" not in fetched[1]


async def _fetch(ask, file_id):
    path = (await ask.record("getFile", file_id=file_id))["file_path"]
    async with ask.session.get(f"{ask.emulator.base_file_url}{ask.bot.token}/{path}") as answer:
        assert answer.status == 200
        return await answer.read()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"no picture", "IMAGE_PROCESS_FAILED", id="none"),
        pytest.param(png(width=9000, height=2000), "PHOTO_INVALID_DIMENSIONS", id="wide"),
        pytest.param(png(width=20000, height=20000), "PHOTO_INVALID_DIMENSIONS", id="bomb"),
        pytest.param(jpeg(width=420, height=20), "PHOTO_INVALID_DIMENSIONS", id="narrow"),
        pytest.param(jpeg() + bytes(10 * 1024 * 1024), "is too big for a photo", id="heavy"),
        pytest.param(b"", "file must be non-empty", id="empty"),
    ],
)
async def test_picture_that_can_not_be_shown_is_refused(ask, anna, group, content, said):
    """As a file it could be sent."""
    form = aiohttp.FormData({"chat_id": str(group.id)})
    form.add_field("photo", io.BytesIO(content), filename="bild.jpg", content_type="image/jpeg")
    url = f"{ask.emulator.base_url}{ask.bot.token}/sendPhoto"
    async with ask.session.post(url, data=form) as answer:
        told = await answer.json()

    assert said in told["description"]
    assert anna.reads(group) == []


async def test_large_file_is_named_but_not_handed_out(ask, anna, granne):
    """Bots fetch up to 20 MB."""
    anna.sends(granne, media.document(bytes(20 * 1024 * 1024 + 1), "film.mkv"))
    ((document,),) = [[as_object(m["document"])] for m in await ask.messages()]

    assert document["file_size"] == 20 * 1024 * 1024 + 1
    with pytest.raises(Answered, match="400 Bad Request: file is too big"):
        await ask("getFile", file_id=document["file_id"])


async def test_unknown_method_and_unknown_token_are_told_apart(ask, granne):
    """404 is no method, 401 no such bot."""
    with pytest.raises(Answered, match="404 Not Found"):
        await ask("sendTelepathy")
    granne.is_revoked = True
    with pytest.raises(Answered, match="401 Unauthorized"):
        await ask("getMe")
