"""The whole bot between the emulated Telegram and another platform."""

from datetime import timedelta

import pytest

from bot.domain.messages import MediaKind, Platform, RoomRef
from tests.bridges.telegram.way import Way
from tests.emulators.telegram import media as files
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.wire import Json
from tests.pictures import jpeg
from tests.town import EVA, MX_ROOM, alby

BLOCKED = "SELECT count(*) FROM identities WHERE NOT is_reachable"


async def test_talk_goes_both_ways_and_follows_its_author(way: Way) -> None:
    """Written, changed, answered."""
    line = way.anna.writes(way.chat, "mötet är kl 18")
    await way.settles()
    way.anna.edits(line, "mötet är kl 19")
    await way.settles()
    await way.people.writes(EVA, MX_ROOM, "tack", reply_to=way.shown[0].ref)

    assert [shown.text for shown in way.shown] == ["Granne 1: mötet är kl 19 (ändrat)"]
    assert way.texts == ["Granne 2: tack"]
    answer = way.anna.reads(way.chat)[-1]
    assert answer.reply_to is not None
    assert answer.reply_to.message_id == line.message_id


async def test_red_card_hangs_in_silence_until_it_is_over(way: Way) -> None:
    """Telegram's own line that tells of it wakes nobody, and the bot does not hear it as talk."""
    way.anna.manages(way.chat).promotes(way.account, "can_pin_messages", "can_delete_messages")
    way.anna.writes(way.chat, "/rod rök ur ett fönster")
    await way.settles(seconds=2)
    hung = [way.chat.messages[number] for number in way.chat.pinned]
    lines = [message for message in way.anna.reads(way.chat) if message.is_service]
    await way.settles(seconds=6 * 3600)

    assert ["rök ur ett fönster" in card.text for card in hung] == [True]
    assert lines[-1].is_silent
    assert way.chat.pinned == []
    assert all("rök" in shown.text for shown in way.shown)


async def test_album_is_one_line_on_the_other_side(way: Way) -> None:
    """With all its pictures, cleaned."""
    pictures = [files.photo(jpeg()), files.photo(jpeg()), files.photo(jpeg())]
    way.anna.sends_album(way.chat, pictures, caption="efter stormen")
    await way.settles(seconds=1)

    (line,) = way.shown
    assert line.text == "Granne 1: efter stormen"
    assert [file.kind for file in line.message.media] == [MediaKind.PHOTO] * 3


@pytest.mark.parametrize("seconds", [0, 30], ids=["on its way", "delivered"])
async def test_words_of_an_album_follow_its_author(way: Way, seconds: int) -> None:
    """Its pictures stay; also when the words are changed while the parts are still coming."""
    pictures = [files.photo(jpeg()), files.photo(jpeg())]
    first, _ = way.anna.sends_album(way.chat, pictures, caption="efter stormen")
    await way.settles(seconds=seconds)
    way.anna.edits(first, "efter åskan")
    await way.settles(seconds=30)

    (line,) = way.shown
    assert line.text.removesuffix(" (ändrat)") == "Granne 1: efter åskan"
    assert line.message.media or line.edits


async def test_other_picture_in_an_album_says_that_it_was_changed(way: Way) -> None:
    """The old picture stands there; nobody shall think it is all there is."""
    pictures = [files.photo(jpeg()), files.photo(jpeg())]
    first, _ = way.anna.sends_album(way.chat, pictures, caption="efter stormen")
    await way.settles(seconds=30)
    way.anna.replaces(first, files.photo(jpeg(width=30)), caption="efter stormen")
    await way.settles(seconds=30)

    assert [line.text for line in way.shown] == ["Granne 1: efter stormen (ändrat)"]


async def test_sticker_that_moves_does_so_in_another_room_on_telegram(way: Way) -> None:
    """Elsewhere its still picture and its emoji; and it goes with its line."""
    other = await _second_room(way)
    way.anna.sends(way.chat, files.sticker(b"\x1f\x8btgs", emoji="🎉"))
    await way.settles(seconds=1)
    seen = [m for m in way.anna.reads(other) if m.author.is_bot]

    assert [m.kind() for m in seen] == ["sticker", "text"]
    assert [m.text for m in seen] == ["", "Granne 1: 🎉"]
    assert [shown.text for shown in way.shown] == ["Granne 1: 🎉"]
    assert [file.kind for file in way.shown[0].message.media] == [MediaKind.STICKER]


LARGE = files.video(b"x" * 25_000_000)
"""More than the bot may fetch."""


async def test_large_film_is_shown_in_another_room_on_telegram(way: Way) -> None:
    """By the id that Telegram gave it; elsewhere it is named, and its author is told."""
    other = await _second_room(way)
    way.anna.starts(way.account)
    way.anna.sends(way.chat, LARGE, caption="titta")
    await way.settles(seconds=3)
    seen = [m for m in way.anna.reads(other) if m.author.is_bot]

    assert [(m.kind(), m.text) for m in seen] == [("video", "Granne 1: titta")]
    assert [shown.text for shown in way.shown] == ["Granne 1: titta"]
    assert "Högst 20 MB" in way.told[-1].text


async def test_large_film_that_telegram_has_lost_is_named(way: Way) -> None:
    """The words arrive all the same."""
    other = await _second_room(way)
    with way.people.platforms_down():
        way.anna.sends(way.chat, LARGE, caption="titta")
        await way.settles()
    way.emulator.town.files.by_id.clear()
    await way.settles(seconds=3)

    (shown,) = way.reads(other)
    assert shown.startswith("Granne 1: titta\n📎 video.mp4 (25.0 MB): filen finns inte kvar")


async def test_large_film_with_a_report_is_told_to_be_left_out(way: Way) -> None:
    """A card is shown everywhere, so it holds what can be shown everywhere."""
    way.anna.manages(way.chat).promotes(way.account, "can_pin_messages", "can_delete_messages")
    way.anna.starts(way.account)
    await way.settles()
    await way.answers("Ja, det är okej")
    way.anna.sends(way.chat, LARGE, caption="/gul glas på marken")
    await way.settles(seconds=3)

    assert "glas på marken" in way.texts[-1]
    assert any("Högst 20 MB" in m.text for m in way.told)


async def test_line_of_invisible_characters_is_no_line(way: Way) -> None:
    """Whoever plays with them fills no other room."""
    way.anna.writes(way.chat, "\u200b\u200b")
    way.anna.writes(way.chat, "hej")
    await way.settles()

    assert [shown.text for shown in way.shown] == ["Granne 1: hej"]


async def test_custom_emoji_is_the_plain_one_that_it_stands_for(way: Way) -> None:
    """Elsewhere nobody has its picture, and a bot may not send it."""
    custom: Json = {"type": "custom_emoji", "offset": 4, "length": 2, "custom_emoji_id": "5368"}
    way.anna.writes(way.chat, "hej 🎉!", entities=[custom])
    await way.settles()

    assert [shown.text for shown in way.shown] == ["Granne 1: hej 🎉!"]


async def test_forward_from_somebody_who_hides_says_only_what_they_let_be_seen(way: Way) -> None:
    """A name that leads nowhere."""
    bo = way.emulator.town.person("Bo")
    bo.hides = True
    line = bo.writes(way.emulator.town.group("Fittja", bo, way.anna), "glas på bron")
    way.anna.forwards(line, way.chat)
    await way.settles()

    (shown,) = way.shown
    assert shown.text.splitlines()[-1].endswith("glas på bron")
    assert "Bo" in shown.text
    assert "Fittja" not in shown.text


async def test_voice_sticker_poll_and_place_arrive_in_some_form(way: Way) -> None:
    """Never dropped in silence."""
    for what in (
        files.voice(b"OggS"),
        files.poll("Städdag?", ["Lördag", "Söndag"]),
        files.location(59.2414, 17.8471),
        files.contact("+46700000000", "Låssmeden"),
        files.dice(),
    ):
        way.anna.sends(way.chat, what)
    await way.settles()

    assert [shown.text.removeprefix("Granne 1:").strip()[:2] for shown in way.shown] == [
        "", "📊 ", "📍 ", "👤 ", "🎲 ",
    ]  # fmt: skip


async def test_group_that_becomes_a_supergroup_goes_on(way: Way) -> None:
    """Under its new id, both ways."""
    way.anna.writes(way.chat, "nu uppgraderar vi")
    await way.settles()
    new = way.anna.manages(way.chat).upgrades()
    way.anna.writes(new, "och går vidare")
    await way.settles()
    await way.people.writes(EVA, MX_ROOM, "fint")

    assert [shown.text[-15:] for shown in way.shown] == [
        "nu uppgraderar vi"[-15:],
        " och går vidare",
    ]
    assert [m.text for m in way.anna.reads(new) if m.author.is_bot] == ["Granne 2: fint"]


async def test_lines_written_before_the_move_arrive_after_it(way: Way) -> None:
    """The old chat and the new one are two lanes: the move may be known before its past is."""
    way.anna.starts(way.account)
    await way.settles()
    await way.answers("Ja, det är okej")
    pictures = [files.photo(jpeg()), files.photo(jpeg())]
    way.anna.sends_album(way.chat, pictures, caption="före flytten")
    way.anna.writes(way.chat, "rad 1")
    way.anna.writes(way.chat, "/rod rök ur ett fönster")
    new = way.anna.manages(way.chat).upgrades()
    for _ in range(3):
        await way.settles(seconds=5)

    talk = [shown.text for shown in way.shown if "rök" not in shown.text]
    assert talk == ["Granne 1: före flytten", "Granne 1: rad 1"]
    assert len(way.shown) == 3
    (card,) = [m.text for m in way.anna.reads(new) if m.author.is_bot]
    assert "rök ur ett fönster" in card
    assert way.people.rows("SELECT verb, reason FROM effects") == []


async def test_line_that_finds_the_group_gone_finds_the_new_one(way: Way) -> None:
    """Whichever is first, the refusal or the message that tells of the move."""
    new = way.anna.manages(way.chat).upgrades()
    await way.people.writes(EVA, MX_ROOM, "är ni där?")

    assert [m.text for m in way.anna.reads(new) if m.author.is_bot] == ["Granne 1: är ni där?"]


async def test_red_card_whose_arrival_is_in_doubt_comes_once_more_and_says_so(way: Way) -> None:
    """A gateway may break down after the message is there; nobody sees a third one."""
    way.anna.starts(way.account)
    await way.settles()
    await way.answers("Ja, det är okej")
    faults = way.emulator.town.faults
    faults.fail(times=4, methods=["sendMessage"], is_done=True)
    way.anna.writes(way.chat, "/rod rök ur ett fönster")
    for _ in range(12):
        await way.settles(seconds=20)
    cards = [text for text in way.texts if "rök" in text]

    assert len(cards) == 2
    assert ["dubblett" in card for card in cards] == [False, True]


async def test_lines_keep_their_order_over_a_night_with_a_refused_token(way: Way) -> None:
    """Nothing is given up, and nothing overtakes, because the account was away."""
    await way.people.writes(EVA, MX_ROOM, "före")
    await way.settles(seconds=2)
    way.account.is_revoked = True
    lines = [f"rad {number}" for number in range(4)]
    for line in lines:
        await way.people.writes(EVA, MX_ROOM, line)
    for _ in range(100):
        await way.people.passes(minutes=6)
    way.account.is_revoked = False
    await way.people.passes(minutes=1)
    read = [next(n for n in ["före", *lines] if n in text) for text in way.texts]

    assert read == ["före", *lines]


async def test_who_blocks_the_bot_is_left_alone(way: Way) -> None:
    """And heard again after."""
    way.anna.starts(way.account)
    await way.settles()
    way.anna.blocks(way.account)
    await way.settles()
    assert way.people.rows(BLOCKED) == [(1,)]
    way.anna.unblocks(way.account)
    await way.settles()

    assert way.people.rows(BLOCKED) == [(0,)]


async def test_bot_that_hears_nothing_does_not_look_alive_because_it_speaks(way: Way) -> None:
    """A dead poller is what nobody would see else."""
    bridge = way.app.bridges[Platform.TELEGRAM]
    await way.settles()
    way.anna.writes(way.chat, "hej")
    await way.settles()
    heard = bridge.last_round_trip
    way.people.clock.at += timedelta(minutes=5)
    await way.people.writes(EVA, MX_ROOM, "är ni där?")

    assert way.texts[-1:] == ["Granne 2: är ni där?"]
    assert bridge.last_round_trip == heard


async def _second_room(way: Way) -> Chat:
    """Let another chat mirror the first one."""
    other = way.emulator.town.group("Fittja", way.anna, way.account)
    rooms = [RoomRef(Platform.TELEGRAM, str(chat.id)) for chat in (way.chat, other)]
    async with way.app.parts.database.write() as uow:
        await uow.groups.put(alby(rooms=(*rooms, MX_ROOM)))
    return other


async def _new_group(way: Way, kind: str) -> Chat:
    """Let Anna, who has agreed to everything, make a group of a chat of hers."""
    way.anna.starts(way.account)
    await way.settles(seconds=5)
    await way.answers("Ja, det är okej")
    chat = way.emulator.town.group("Fittja", way.anna, way.account)
    way.anna.writes(chat, "/group new Vi i Fittja")
    await way.settles(seconds=5)
    await way.answers("Fittja", kind, "Ta den vanligaste")
    way.anna.writes(way.account, "Fittja grannförening")
    await way.settles(seconds=5)
    await way.answers("Starta gruppen")
    return chat


async def test_welcome_of_a_new_group_leads_to_its_area(way: Way) -> None:
    """From the room by a link into the private chat, and with one yes to what was wanted."""
    chat, bo = await _new_group(way, "Grannar"), way.emulator.town.person("Bo")
    (welcome,) = [m for m in way.anna.reads(chat) if m.author.is_bot]
    link = str(welcome.rows[0][0]["url"])
    assert welcome.buttons == ["Följ Fittja", "Om gruppen", "Visa mitt namn här"]
    assert link.startswith("https://t.me/grannbro_bot?start=a-fittja-")
    bo.starts(way.account, link.partition("=")[2])
    await way.settles(seconds=5)
    bo.presses(bo.reads(way.account)[-1], "Ja, det är okej")
    await way.settles(seconds=5)

    assert "rött och gult från Fittja" in bo.reads(way.account)[-1].text


async def test_theft_ring_is_two_taps_on_the_phone_at_the_till(way: Way) -> None:
    """The command out of the menu, and the kind: both in the room that is open there."""
    chat = await _new_group(way, "Butiker i ett centrum")
    way.anna.writes(chat, "/rod")
    await way.settles(seconds=5)
    way.anna.presses(way.anna.reads(chat)[-1], "Stöldliga")
    await way.settles(seconds=5)

    written = [m for m in way.anna.reads(chat) if m.author.is_bot]
    assert [m.text.splitlines()[0][:3] for m in written[1:]] == ["🔴 #"]
    assert "Stöldliga" in written[-1].text
    assert way.told[-1].text.startswith("🔴 #")
    assert "Ångra" in way.told[-1].buttons


async def test_place_of_a_report_is_told_with_one_press(way: Way) -> None:
    """The keyboard comes with the question and goes with the answer."""
    way.anna.starts(way.account)
    await way.settles(seconds=5)
    await way.answers("Ja, det är okej", "Använd min plats")
    way.anna.writes(way.account, "/gul glas på lekplatsen")
    await way.settles(seconds=5)
    assert way.anna.keyboard(way.account) == ["📍 Dela min plats"]
    way.anna.sends(way.account, files.location(59.2414, 17.8471))
    await way.settles(seconds=5)

    assert way.anna.keyboard(way.account) == []
    assert "Albyberget" in way.told[-1].text
    assert "Skicka" in way.told[-1].buttons
