"""Runs in aiogram's own environment: reads all updates and calls many methods.

Each answer is parsed strictly. It prints what it has understood as one line of JSON. Arguments:
base URL, token, chat id, a person's id; a picture comes through stdin.
"""
# mypy: disable-error-code="import-not-found"

import asyncio
import json
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    ReactionTypeEmoji,
    ReplyParameters,
)


async def read_updates(bot: Bot) -> list[str]:
    """Read all that waits; say of each what it is."""
    kinds, offset = [], None
    while updates := await bot.get_updates(offset=offset, limit=100):
        kinds += [_kind(update) for update in updates]
        offset = updates[-1].update_id + 1
    return kinds


def _kind(update) -> str:
    message = update.message or update.channel_post
    return f"{update.event_type}:{message.content_type}" if message else update.event_type


async def call_methods(bot: Bot, chat_id: int, person_id: int, picture: bytes) -> list[str]:
    """Call what a group bot needs; each answer is parsed as the type it should be."""
    photo = BufferedInputFile(picture, "bild.jpg")
    row = [InlineKeyboardButton(text="Sett", callback_data="s")]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[row])
    sent = await bot.send_message(chat_id, "hej", reply_markup=keyboard)
    answer = ReplyParameters(message_id=sent.message_id, quote="hej")
    group = [InputMediaPhoto(media=photo, caption="a"), InputMediaPhoto(media=photo)]
    options = [InputPollOption(text="Nu"), InputPollOption(text="Sen")]
    pictured = await bot.send_photo(chat_id, photo, caption="bild")
    poll = await bot.send_poll(chat_id, "När?", options)
    where = {"chat_id": chat_id, "message_id": sent.message_id}
    place = await bot.send_location(chat_id, 59.24, 17.84, live_period=900)
    moved = {"chat_id": chat_id, "message_id": place.message_id}
    link = await bot.create_chat_invite_link(chat_id, creates_join_request=True)
    done = [
        await bot.get_me(),
        await bot.send_message(
            chat_id, "svar", reply_parameters=answer, reply_markup=ForceReply()
        ),
        await bot.send_media_group(chat_id, group),
        await bot.send_photo(chat_id, pictured.photo[-1].file_id),
        await bot.send_document(chat_id, BufferedInputFile(b"x", "x.txt"), caption="fil"),
        await bot.send_voice(chat_id, BufferedInputFile(b"x", "x.ogg")),
        await bot.send_audio(chat_id, BufferedInputFile(b"x", "x.mp3"), title="Visa"),
        await bot.send_video(chat_id, BufferedInputFile(b"x", "x.mp4"), thumbnail=photo),
        await bot.send_video_note(chat_id, BufferedInputFile(b"x", "x.mp4")),
        await bot.send_animation(chat_id, BufferedInputFile(b"x", "x.mp4")),
        await bot.send_sticker(chat_id, BufferedInputFile(b"x", "x.webp")),
        await bot.send_venue(chat_id, 59.24, 17.84, "Centrum", "Albyvägen 1"),
        await bot.send_contact(chat_id, "+46701740605", "Cilla"),
        await bot.send_dice(chat_id),
        await bot.send_chat_action(chat_id, "typing"),
        await bot.edit_message_text("hej igen", **where),
        await bot.edit_message_reply_markup(reply_markup=keyboard, **where),
        await bot.edit_message_live_location(latitude=59.25, longitude=17.85, **moved),
        await bot.edit_message_caption(
            chat_id=chat_id, message_id=pictured.message_id, caption="ny"
        ),
        await bot.edit_message_media(
            InputMediaPhoto(media=photo), chat_id=chat_id, message_id=pictured.message_id
        ),
        await bot.set_message_reaction(reaction=[ReactionTypeEmoji(emoji="👀")], **where),
        await bot.pin_chat_message(**where),
        await bot.get_chat(chat_id),
        await bot.get_chat(person_id),
        await bot.unpin_chat_message(**where),
        await bot.stop_poll(chat_id, poll.message_id),
        await bot.forward_message(chat_id, chat_id, sent.message_id),
        await bot.copy_message(chat_id, chat_id, sent.message_id),
        await bot.get_chat_member(chat_id, person_id),
        await bot.get_chat_administrators(chat_id),
        await bot.get_chat_member_count(chat_id),
        await bot.get_file(pictured.photo[-1].file_id),
        await bot.get_user_profile_photos(person_id),
        await bot.export_chat_invite_link(chat_id),
        await bot.revoke_chat_invite_link(chat_id, link.invite_link),
        await bot.set_my_commands([BotCommand(command="red", description="Akut")]),
        await bot.get_my_commands(),
        await bot.set_my_description("Granne"),
        await bot.get_my_description(),
        await bot.get_my_short_description(),
        await bot.get_my_name(),
        await bot.get_webhook_info(),
        await bot.delete_messages(chat_id, [sent.message_id]),
    ]
    return [type(answer).__name__ for answer in done]


async def main(base_url: str, token: str, chat_id: str, person_id: str) -> None:
    """Do both."""
    picture = sys.stdin.buffer.read()
    session = AiohttpSession(api=TelegramAPIServer.from_base(base_url))
    async with Bot(token, session=session) as bot:
        kinds = await read_updates(bot)
        answers = await call_methods(bot, int(chat_id), int(person_id), picture)
    sys.stdout.write(json.dumps({"updates": kinds, "answers": answers}))


asyncio.run(main(*sys.argv[1:]))
