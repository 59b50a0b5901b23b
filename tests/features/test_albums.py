"""Messages whose parts come one by one: albums."""

from datetime import timedelta

import pytest

from bot.domain.incoming import IncomingEdit
from bot.domain.messages import MediaKind
from bot.domain.richtext import rich
from tests.pictures import jpeg
from tests.town import ANNA, BO, MX_ROOM, TG_ROOM, Town, make_town

PAUSE_S = 1


def picture(name="x.jpg"):
    """One file of an album."""
    return {name: (MediaKind.PHOTO, jpeg())}


async def sends_album(town: Town, *captions: str, where=TG_ROOM, bundle="a1"):
    """Anna sends pictures at once, each with its words; nothing has settled yet."""
    return [
        await town.sends(ANNA, where, caption, files=picture(), bundle=bundle)
        for caption in captions
    ]


async def test_album_is_one_line_with_all_its_pictures(town):
    """As it was sent, with the words of whichever part has some."""
    await sends_album(town, "", "efter stormen", "")
    assert town.texts(MX_ROOM) == []
    await town.passes(seconds=PAUSE_S)

    (line,) = town.in_room(MX_ROOM)
    assert line.text == "Granne 1: efter stormen"
    assert len(line.message.media) == 3
    assert len(town.kept_files()) <= 3


async def test_words_below_several_pictures_all_arrive(town):
    """Each on a line of its own, in their order."""
    await sends_album(town, "före", "", "efter")
    await town.passes(seconds=PAUSE_S)

    assert town.texts(MX_ROOM) == ["Granne 1: före\n│ efter"]


async def test_album_that_is_refused_is_refused_whole(town):
    """What was not meant for the room must not come into it by its other pictures."""
    await sends_album(town, "/rod #7K3", "", "")
    for _ in range(3):
        await town.passes(seconds=PAUSE_S)

    assert town.texts(MX_ROOM) == []
    assert "#7K3" in town.last(ANNA)
    assert town.rows("SELECT count(*) FROM inbox WHERE state = 'waiting'") == [(0,)]
    assert town.kept_files() == []


@pytest.mark.parametrize("said", ["/rod rök ur ett fönster", "🔴 rök ur ett fönster"])
async def test_card_takes_the_place_of_all_parts_of_a_report(town, said):
    """The pictures stand on the card; none is left over beside it."""
    parts = await sends_album(town, "", said, "")
    await town.passes(seconds=PAUSE_S)

    assert sorted(map(str, town.telegram.redacted)) == sorted(map(str, parts))
    assert len(town.card(TG_ROOM).message.media) == 3


async def test_answer_to_any_picture_answers_the_album(town):
    """Whichever of them it was, the album stands as one line on the other side."""
    _, second = await sends_album(town, "vems?", "")
    await town.passes(seconds=30)
    await town.writes(BO, TG_ROOM, "den är min", reply_to=second)

    album, answer = town.in_room(MX_ROOM)
    assert answer.message.reply_to == album.ref


async def test_words_put_below_another_picture_later_are_carried(town):
    """As an answer to the album; what they become after that, they become there."""
    _, second = await sends_album(town, "vems?", "")
    await town.passes(seconds=30)
    await town.edits(ANNA, second, "den blå är Karin")
    await town.edits(ANNA, second, "den blå är Karins")

    album, below = town.in_room(MX_ROOM)
    assert album.text == "Granne 1: vems?"
    assert below.text == "Granne 1: den blå är Karins (ändrat)"
    assert below.message.reply_to == album.ref


async def test_nothing_of_an_album_outlives_its_author(town):
    """Nor where its pictures stood."""
    _, second = await sends_album(town, "vems?", "")
    await town.passes(seconds=30)
    await town.edits(ANNA, second, "den blå är Karins")
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")

    assert town.texts(MX_ROOM) == []
    assert town.count_rows("relay_parts") == 0


async def test_crash_between_the_parts_loses_none(town):
    """They wait in the database."""
    await sends_album(town, "efter stormen", "")
    await town.app.close()
    again = make_town(town.folder, clock=town.clock)
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(vars(old))
    again.written = town.written
    await again.app.open()
    await again.sends(ANNA, TG_ROOM, files=picture(), bundle="a1")
    await again.passes(seconds=PAUSE_S)
    shown = again.in_room(MX_ROOM)
    await again.app.close()

    assert [len(line.message.media) for line in shown] == [3]


async def test_what_is_said_after_an_album_stands_after_it(town):
    """Order is kept within a room; other rooms don't wait."""
    await sends_album(town, "efter stormen", "")
    await town.writes(BO, TG_ROOM, "oj")
    assert town.texts(MX_ROOM) == []
    await town.passes(seconds=PAUSE_S)

    assert town.texts(MX_ROOM) == ["Granne 1: efter stormen", "Granne 2: oj"]


async def test_slow_album_is_not_waited_for_for_ever(town):
    """After five seconds what is there goes on; nothing of the rest is lost."""
    for _ in range(8):
        await sends_album(town, "")
        town.clock.at += timedelta(seconds=0.9)
        await town.settle()
    await town.passes(seconds=PAUSE_S)

    assert [len(line.message.media) for line in town.in_room(MX_ROOM)] == [7, 1]


async def test_part_that_comes_too_late_comes_alone(town):
    """Better apart than not at all."""
    await sends_album(town, "efter stormen", "")
    await town.passes(seconds=PAUSE_S)
    await sends_album(town, "")
    await town.passes(seconds=PAUSE_S)

    assert [len(line.message.media) for line in town.in_room(MX_ROOM)] == [2, 1]


async def test_same_part_twice_is_one(town):
    """Platforms deliver at least once, also while the others are awaited."""
    await sends_album(town, "efter stormen", "")
    part = town.telegram._updates[-1]
    await town.app.inbox.accept(
        town.telegram.raw(part, update_id=f"u{len(town.telegram._updates) - 1}", bundle="a1")
    )
    await town.passes(seconds=PAUSE_S)

    assert [len(line.message.media) for line in town.in_room(MX_ROOM)] == [2]


async def test_report_of_an_album_waits_whole_for_a_yes(open_town):
    """What waits for consent is all of it, and it follows its author's last word."""
    town = await open_town()
    refs = await sends_album(town, "/gul glas på gångvägen", "")
    await town.passes(seconds=PAUSE_S)
    assert town.cards(TG_ROOM) == []
    edit = IncomingEdit(
        ref=refs[0], sender=town.sender(ANNA), text=rich("/gul glas och spik"), is_direct=False
    )
    await town.happens(edit)
    await town.taps(ANNA, "Ja, det är okej")

    assert "glas och spik" in town.card(TG_ROOM).text
    assert len(town.card(TG_ROOM).message.media) == 2
    assert town.rows("SELECT count(*) FROM inbox WHERE state IN ('held', 'waiting')") == [(0,)]


async def test_refused_yes_lets_go_of_all_parts(open_town):
    """Nothing of it is kept."""
    town = await open_town()
    await sends_album(town, "/gul glas på gångvägen", "")
    await town.passes(seconds=PAUSE_S)
    await town.taps(ANNA, "Nej tack")

    assert town.rows("SELECT count(*) FROM inbox WHERE payload IS NOT NULL") == [(0,)]
    assert town.kept_files() == []


@pytest.mark.parametrize("where", [None, TG_ROOM], ids=["private", "room"])
async def test_two_albums_at_once_are_two(town, where):
    """Each has a name of its own."""
    await sends_album(town, "/gul ett", "", where=where, bundle="a1")
    await sends_album(town, "/gul två", where=where, bundle="a2")
    await town.passes(seconds=PAUSE_S)
    await town.passes(seconds=PAUSE_S)

    assert town.rows("SELECT count(*) FROM inbox WHERE state = 'waiting'") == [(0,)]
    if where is not None:
        assert [len(card.message.media) for card in town.cards(TG_ROOM)] == [2, 1]


async def test_album_that_breaks_the_bot_is_set_aside_whole(town, monkeypatch):
    """Its parts don't come as smaller albums afterwards."""
    await sends_album(town, "efter stormen", "")

    async def stumble(*_args):
        raise RuntimeError("bug")

    with monkeypatch.context() as patch:
        patch.setattr(type(town.app.inbox.dispatcher), "_handle", stumble)
        for _ in range(6):
            await town.passes(minutes=10)
    await town.passes(minutes=10)

    assert town.texts(MX_ROOM) == []
    assert town.rows("SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY state") == [
        ("dead", 2)
    ]
