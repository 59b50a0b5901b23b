"""Carrying what is said in one room of a group to the others."""

from dataclasses import replace

import pytest

from bot.domain.incoming import IncomingEdit
from bot.domain.messages import MediaKind
from bot.domain.richtext import Link, RichText, Style, Styled, Text, rich
from bot.errors import UnknownOutcome
from tests.pictures import jpeg, png
from tests.town import (
    ANNA,
    AT_SEA,
    BO,
    CILLA,
    EVA,
    IN_ALBYBERGET,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG_ROOM,
)


async def _sends_album(town, *captions):
    """Let a picture be sent with each caption, all as one album, and that arrive."""
    photo = {"a.jpg": (MediaKind.PHOTO, jpeg())}
    album = [
        await town.sends(ANNA, TG_ROOM, caption, files=photo, bundle="a1") for caption in captions
    ]
    await town.passes(seconds=30)
    return album


async def test_line_arrives_in_the_other_room_and_nowhere_else(town):
    """All rooms of a group mirror each other."""
    await town.writes(ANNA, TG_ROOM, "God morgon!")
    await town.writes(EVA, MX_ROOM, "Morgon!")

    assert town.texts(MX_ROOM) == ["Granne 1: God morgon!"]
    assert town.texts(TG_ROOM) == ["Granne 2: Morgon!"]
    assert town.texts(SHOPS) == []


async def test_order_is_kept_within_a_room(town):
    """As it was said."""
    for number in range(5):
        await town.writes((ANNA, BO)[number % 2], TG_ROOM, f"rad {number}")

    assert [text[-5:] for text in town.texts(MX_ROOM)] == [f"rad {n}" for n in range(5)]


async def test_formatting_is_carried(town):
    """Bold stays bold, a link a link."""
    said = RichText(
        (
            Text("Kolla "),
            Styled(Style.BOLD, (Text("lampan"),)),
            Text(" på "),
            Link("https://alby.se", (Text("sidan"),)),
        )
    )
    await town.writes(ANNA, TG_ROOM, said)

    assert town.in_room(MX_ROOM)[-1].message.text.nodes[-len(said.nodes) :] == said.nodes


async def test_what_looks_like_markup_is_only_words(town):
    """Nobody writes in the bot's voice."""
    await town.writes(ANNA, TG_ROOM, "**Polisen**: __lugnt__ { $byline } \ue000")

    shown = town.in_room(MX_ROOM)[-1].message.text
    assert "**Polisen**: __lugnt__ { $byline }" in shown.plain


async def test_alias_is_the_same_each_time_and_another_in_each_group(town):
    """A stable alias per group."""
    await town.writes(BO, SHOPS, "hej")
    await town.writes(ANNA, SHOPS, "hej")
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.writes(ANNA, TG_ROOM, "hej")

    assert town.card(SHOPS).text.endswith("— Granne 2")
    assert town.last(MX_ROOM) == "Granne 1: hej"


async def test_number_of_somebody_forgotten_is_given_to_nobody_else(town):
    """Else a newcomer would answer for what another has said."""
    await town.writes(ANNA, TG_ROOM, "ett")
    await town.writes(BO, TG_ROOM, "två")
    await town.taps_after(BO, "/glom", "Ja, radera allt")
    await town.passes(minutes=11)
    await town.writes(CILLA, TG_ROOM, "tre")

    assert town.texts(MX_ROOM) == ["Granne 1: ett", "Granne 3: tre"]


async def test_name_is_shown_with_its_platform_by_consent(town):
    """`Anna (Telegram)`: they can't be written to from there."""
    await town.taps(ANNA, "Visa mitt namn")
    await town.taps(EVA, "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(EVA, MX_ROOM, "hej")

    assert town.last(MX_ROOM) == "Anna (Telegram): hej"
    assert town.last(TG_ROOM) == "Eva (Matrix): hej"


async def test_police_bear_their_badge_where_their_role_reaches(town):
    """Only the bot prints badges."""
    await town.taps(POLICE, "Visa mitt namn")
    await town.writes(POLICE, MX_ROOM, "Vi är i området i kväll")

    assert town.last(TG_ROOM) == "Polisen ✔ verifierad polis: Vi är i området i kväll"


async def test_reply_answers_the_same_line_in_the_other_room(town):
    """Replies keep together what belongs together, from either side."""
    first = await town.writes(ANNA, TG_ROOM, "Någon som saknar en vante?")
    carried = town.in_room(MX_ROOM)[-1].ref
    await town.writes(EVA, MX_ROOM, "Jag!", reply_to=carried)
    assert town.in_room(TG_ROOM)[-1].message.reply_to == first
    answer = town.in_room(TG_ROOM)[-1].ref
    await town.writes(BO, TG_ROOM, "Jag också", reply_to=first)
    await town.writes(BO, TG_ROOM, "Vilken färg?", reply_to=answer)

    replies = [shown.message.reply_to for shown in town.in_room(MX_ROOM)]
    assert replies[1] == carried
    assert replies[2] is not None
    assert replies[2].message_id.startswith("m")


async def test_reply_to_what_the_bot_never_saw_is_a_line(town):
    """Older than the bot, or forgotten: the words are carried all the same."""
    await town.writes(ANNA, TG_ROOM, "Just det", reply_to=town.new_ref(BO, TG_ROOM))

    assert town.last(MX_ROOM) == "Granne 1: Just det"
    assert town.in_room(MX_ROOM)[-1].message.reply_to is None


async def test_edit_changes_the_line_in_place(town):
    """And says that it is changed."""
    line = await town.writes(ANNA, TG_ROOM, "Möte klockan 18")
    await town.edits(ANNA, line, "Möte klockan 19")

    assert town.texts(MX_ROOM) == ["Granne 1: Möte klockan 19 (ändrat)"]


async def test_edit_long_after_still_arrives(town):
    """The words are forgotten once they arrived, not where they stand."""
    line = await town.writes(ANNA, TG_ROOM, "Möte klockan 18")
    await town.passes(days=2)
    await town.edits(ANNA, line, "Möte klockan 19")
    await town.passes(minutes=1)

    assert town.texts(MX_ROOM) == ["Granne 1: Möte klockan 19 (ändrat)"]


async def test_edited_caption_leaves_its_picture_standing(town):
    """The bot has let go of the file by then; what stands in the other room keeps it."""
    line = await town.writes(ANNA, TG_ROOM, "Vems är den?", photos=(jpeg(),))
    before = town.in_room(MX_ROOM)[-1].message.media
    await town.passes(seconds=10)
    await town.edits(ANNA, line, "Vems är den här?")

    shown = town.in_room(MX_ROOM)[-1]
    assert shown.text == "Granne 1: Vems är den här? (ändrat)"
    assert shown.message.media == before != ()
    assert town.kept_files() == []


@pytest.mark.parametrize("waits_s", [0, 10], ids=["at-once", "after-delivery"])
async def test_picture_put_in_place_of_another_takes_it_away_everywhere(town, waits_s):
    """It may be one that nobody should have sent."""
    line = await town.writes(ANNA, TG_ROOM, "Vems?", photos=(jpeg(),))
    old = town.in_room(MX_ROOM)[-1]
    await town.passes(seconds=waits_s)
    await town.edits(ANNA, line, "Den här", photos=(png(),))

    (shown,) = town.in_room(MX_ROOM)
    assert shown.text == "Granne 1: Den här (ändrat)"
    assert town.matrix.redacted == [old.ref]
    assert shown.message.media != old.message.media
    await town.passes(seconds=10)
    assert town.kept_files() == []


async def test_file_that_is_taken_out_of_a_line_goes_everywhere(town):
    """Where a platform lets words take its place."""
    line = await town.writes(ANNA, TG_ROOM, "Vems?", photos=(jpeg(),))
    await town.edits(ANNA, line, "Ingen bild", photos=())

    assert [shown.text for shown in town.in_room(MX_ROOM)] == ["Granne 1: Ingen bild (ändrat)"]
    assert town.in_room(MX_ROOM)[-1].message.media == ()


async def test_picture_of_an_album_put_in_place_of_another_takes_all_of_it_away(town):
    """Which copy shows it is not known; the others stand where they were sent."""
    _, second = await _sends_album(town, "vems?", "")
    await town.edits(ANNA, second, "", photos=(png(),))

    (shown,) = town.in_room(MX_ROOM)
    assert len(shown.message.media) == 1
    assert len(town.matrix.redacted) == 1


async def test_picture_of_an_album_put_in_place_of_another_below_words_of_its_own_goes_too(town):
    """What was written below it since then has become a line, and goes with it."""
    _, second = await _sends_album(town, "vems?", "")
    await town.edits(ANNA, second, "Den här är min")
    await town.passes(seconds=30)
    await town.edits(ANNA, second, "Eller den här", photos=(png(),))

    assert town.texts(MX_ROOM) == ["Granne 1: Eller den här (ändrat)"]
    assert len(town.in_room(MX_ROOM)[-1].message.media) == 1
    assert len(town.matrix.redacted) == 2
    assert town.footprint()["relays"] == 1


async def test_words_below_a_picture_of_an_album_change_where_they_stand(town):
    """Its picture is the same as when it came."""
    pictures = (town._attach(town.telegram, jpeg()), town._attach(town.telegram, jpeg()))
    _, second = [
        await town.sends(ANNA, TG_ROOM, attachments=(picture,), bundle="a1")
        for picture in pictures
    ]
    await town.passes(seconds=30)
    for said in ("Den här är min", "Den här är vår"):
        edit = IncomingEdit(
            ref=second,
            sender=town.sender(ANNA),
            text=rich(said),
            is_direct=False,
            attachments=pictures[1:],
        )
        await town.happens(edit)

    assert town.texts(MX_ROOM)[1:] == ["Granne 1: Den här är vår (ändrat)"]
    assert town.matrix.redacted == []


async def test_caption_that_changes_below_the_same_picture_sends_it_no_second_time(town):
    """Platforms tell the file again with each edit."""
    attached = town._attach(town.telegram, jpeg())
    line = await town.sends(ANNA, TG_ROOM, "Vems?", attachments=(attached,))
    await town.passes(seconds=10)
    town.telegram.files.clear()
    edit = IncomingEdit(
        ref=line,
        sender=town.sender(ANNA),
        text=rich("Vems är den?"),
        is_direct=False,
        attachments=(attached,),
    )
    await town.happens(edit)

    (shown,) = town.in_room(MX_ROOM)
    assert shown.text == "Granne 1: Vems är den? (ändrat)"
    assert town.matrix.redacted == []


async def test_caption_that_changes_below_a_file_too_large_to_carry_leaves_its_line_standing(town):
    """What could not be had is still what the line came with."""
    film = replace(town._attach(town.telegram, b"", kind=MediaKind.VIDEO), size_bytes=20_000_001)
    line = await town.sends(ANNA, TG_ROOM, "Filmen", attachments=(film,))
    await town.passes(seconds=10)
    edit = IncomingEdit(
        ref=line,
        sender=town.sender(ANNA),
        text=rich("Filmen från gården"),
        is_direct=False,
        attachments=(film,),
    )
    await town.happens(edit)

    assert town.texts(MX_ROOM) == ["Granne 1: Filmen från gården (ändrat)"]
    assert town.matrix.redacted == []


@pytest.mark.parametrize("waits_s", [0, 10], ids=["at-once", "after-delivery"])
async def test_edited_words_beside_a_place_leave_the_place(town, waits_s):
    """The area stands as it was told; the exact spot was never kept."""
    line = await town.writes(ANNA, TG_ROOM, "Här", position=IN_ALBYBERGET)
    await town.passes(seconds=waits_s)
    await town.edits(ANNA, line, "Här, vid porten")

    assert town.texts(MX_ROOM) == ["Granne 1: Här, vid porten 📍 Albyberget (ändrat)"]


@pytest.mark.parametrize(
    ("user", "room", "said"),
    [
        (EVA, MX_ROOM, "!Viktigt: möte kl 18"),
        (EVA, MX_ROOM, "!rde det brinner"),
        (ANNA, TG_ROOM, "/tmp är full"),
    ],
)
async def test_line_that_only_looks_like_a_command_is_carried(town, user, room, said):
    """No feature answers to it, so it is talk, and it stays where it was written."""
    await town.writes(user, room, said)

    assert town.texts(MX_ROOM if room == TG_ROOM else TG_ROOM) == [f"Granne 1: {said}"]
    assert town.telegram.redacted == []


@pytest.mark.parametrize("said", ["/tips polisen min granne säljer knark", "/anmal Kalle"])
async def test_what_is_for_few_is_not_carried(town, said):
    """Who writes a tip in a group by mistake must not have it spread further."""
    await town.writes(ANNA, TG_ROOM, said)

    assert town.texts(MX_ROOM) == []


async def test_edit_of_what_was_never_carried_is_nothing(town):
    """A line from before the bot came."""
    await town.edits(ANNA, town.new_ref(ANNA, TG_ROOM), "hej")

    assert town.texts(MX_ROOM) == []


async def test_nobody_edits_another_s_line(town):
    """Whatever a platform claims."""
    line = await town.writes(ANNA, TG_ROOM, "Möte klockan 18")
    await town.edits(BO, line, "Inget möte")

    assert town.texts(MX_ROOM) == ["Granne 1: Möte klockan 18"]


async def test_deleted_line_goes_in_the_other_room_too(town):
    """With its picture; a second deletion is nothing."""
    line = await town.writes(EVA, MX_ROOM, "Fel rum, förlåt", photos=(jpeg(),))
    await town.deletes(EVA, line)
    await town.deletes(EVA, line)

    assert town.texts(TG_ROOM) == []
    assert town.kept_files() == []
    assert town.footprint()["relays"] == 0


async def test_line_whose_copy_a_moderator_removes_goes_everywhere(town):
    """Else it would stand on in the room where it was written, and in all others."""
    line = await town.writes(ANNA, TG_ROOM, "Fula ord", photos=(jpeg(),))
    await town.deletes(EVA, town.in_room(MX_ROOM)[-1].ref, may_remove_others=True)

    assert town.texts(MX_ROOM) == []
    assert town.telegram.redacted == [line]
    assert town.kept_files() == []
    assert town.footprint()["relays"] == 0
    assert town.rows("SELECT verb FROM audit WHERE verb = 'line.removed'") == [("line.removed",)]


async def test_album_whose_copy_a_moderator_removes_goes_with_all_its_messages(town):
    """It is one line elsewhere, and several messages in the room where it was written."""
    album = await _sends_album(town, "Fula bilder", "", "")
    await town.deletes(EVA, town.in_room(MX_ROOM)[-1].ref, may_remove_others=True)

    assert town.texts(MX_ROOM) == []
    assert set(town.telegram.redacted) == set(album)
    assert town.footprint()["relays"] == town.count_rows("relay_parts") == 0


async def test_album_that_a_moderator_removes_takes_along_what_was_written_below_its_pictures(
    town,
):
    """Those words stand elsewhere as an answer to it."""
    _, second, _ = await _sends_album(town, "Fula bilder", "", "")
    await town.edits(ANNA, second, "och fula ord")
    album, below = town.in_room(MX_ROOM)
    assert below.message.reply_to == album.ref
    await town.deletes(EVA, album.ref, may_remove_others=True)

    assert town.texts(MX_ROOM) == []
    assert town.footprint()["relays"] == town.count_rows("relay_parts") == 0


async def test_line_whose_copy_somebody_else_removes_stays_where_it_was_written(town):
    """What removed it may be a platform's own doing: who decides for all rooms is known."""
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.deletes(EVA, town.in_room(MX_ROOM)[-1].ref)

    assert town.telegram.redacted == []
    assert town.footprint()["relays"] == 1


async def test_picture_is_carried_with_its_words(town):
    """And kept no longer than until it has arrived."""
    await town.writes(ANNA, TG_ROOM, "Vems är den?", photos=(jpeg(), jpeg()))
    shown = town.in_room(MX_ROOM)[-1]
    assert shown.text == "Granne 1: Vems är den?"
    assert len(shown.message.media) == 2
    await town.passes(minutes=1)

    assert town.kept_files() == []


async def test_picture_of_a_deleted_line_is_not_kept(town):
    """What its author took back leaves the disk, too."""
    with town.platforms_down():
        line = await town.writes(ANNA, TG_ROOM, "Så här ser det ut", photos=(jpeg(),))
        assert len(town.kept_files()) == 1
        await town.deletes(ANNA, line)
    await town.settle()

    assert town.kept_files() == []
    assert town.in_room(MX_ROOM) == []


async def test_place_is_carried_as_an_area(town):
    """The nearest honest way, never the exact spot."""
    await town.writes(ANNA, TG_ROOM, "Här", position=IN_ALBYBERGET)
    await town.writes(ANNA, TG_ROOM, "", position=AT_SEA)

    assert town.texts(MX_ROOM) == [
        "Granne 1: Här 📍 Albyberget",
        "Granne 1: 📍 En plats utanför området",
    ]


async def test_words_are_forgotten_once_they_have_arrived(town):
    """Nothing personal is kept but what is needed to carry it, and only until then."""
    await town.writes(ANNA, TG_ROOM, "hej")
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "på väg")
        await town.passes(minutes=1)
    await town.settle()
    assert town.last(MX_ROOM) == "Granne 1: på väg"
    await town.passes(minutes=1)

    async with town.app.parts.database.read() as uow:
        anna = await uow.people.by_user(ANNA, town.clock.now())
        kept = [await uow.relays.get(relay) for relay in await uow.relays.of_person(anna.id)]
    assert [relay.text for relay in kept if relay] == [None, None]


@pytest.mark.parametrize("said", ["", "\u202e\u200b", "   "], ids=["empty", "hidden", "blank"])
async def test_line_that_shows_nothing_is_not_carried(town, said):
    """An empty line under a name would only puzzle."""
    await town.writes(ANNA, TG_ROOM, said)

    assert town.texts(MX_ROOM) == []


@pytest.mark.parametrize("said", ["🔥", "x" * 20_000, "שלום", "سلام دنیا"])
async def test_any_words_are_carried(town, said):
    """Talk is free: no length, script or sign is refused."""
    await town.writes(ANNA, TG_ROOM, said)

    assert town.texts(MX_ROOM) == [f"Granne 1: {said}"]


async def test_given_up_line_keeps_its_words_for_one_more_try(town):
    """Whoever looks after the bot can let it go again, minutes or days later."""
    town.telegram.fail_after_next = UnknownOutcome("the connection broke")
    await town.writes(EVA, MX_ROOM, "kvar")
    town.telegram.fail_after_next = UnknownOutcome("the connection broke")
    await town.passes(minutes=5)
    town.telegram.shown.clear()
    for _ in range(3):
        await town.passes(hours=2)

    async with town.app.parts.database.dead_letters() as letters:
        assert await letters.replay(None) == 1
    await town.settle()

    assert town.texts(TG_ROOM) == ["Granne 1: kvar"]
    await town.passes(minutes=5)
    assert town.rows("SELECT content IS NULL FROM relays") == [(1,)]


async def test_nobody_forges_a_line_of_somebody_else(town):
    """The bot's own words begin lines; a neighbour's further lines are marked."""
    said = "hej\n\nPolisen ✔ verifierad polis: Lämna era hus nu\nGranne 14: jag såg det"
    await town.writes(ANNA, TG_ROOM, said)

    assert town.last(MX_ROOM) == (
        "Granne 1: hej\n\n"
        "│ Polisen [x] verifierad polis: Lämna era hus nu\n"
        "│ Granne 14: jag såg det"
    )
