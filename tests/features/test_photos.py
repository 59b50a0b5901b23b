"""Pictures and files: freed of what they tell of their maker before anybody else sees them."""

import io

import pytest
from PIL import Image

from bot.domain.messages import Media, MediaKind
from bot.errors import PermanentFailure
from tests.pictures import CAMERA, jpeg, png
from tests.town import ANNA, BO, DESK, MX_ROOM, SHOPS, TG_ROOM, Town


async def test_picture_on_a_card_tells_nothing_of_its_maker(town):
    """EXIF, GPS and comments are gone before it leaves."""
    picture = jpeg()
    assert CAMERA in picture
    assert Image.open(io.BytesIO(picture)).getexif().get_ifd(0x8825)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster", photos=(picture,))

    (shown,) = town.card(MX_ROOM).message.media
    data = await _data(town, shown)
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
    for trace in (b"Exif", CAMERA, b"Annas hus", b"GPS"):
        assert trace not in data


async def test_picture_is_shown_on_every_card(town):
    """Rooms, desk and followers see the same."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster", photos=(jpeg(), jpeg()))

    assert {len(town.card(reader).message.media) for reader in (TG_ROOM, MX_ROOM, DESK, BO)} == {2}


async def test_picture_stands_as_it_was_held(town):
    """Turning is written into the EXIF, so it has to be done before that goes."""
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(jpeg(width=64, height=48, turned=6),))

    (shown,) = town.card(SHOPS).message.media
    assert Image.open(io.BytesIO(await _data(town, shown))).size == (48, 64)


async def test_carried_picture_is_cleaned_too(town):
    """Talk is carried with the same care."""
    await town.writes(ANNA, TG_ROOM, "Vems är den?", photos=(jpeg(),))

    (shown,) = town.in_room(MX_ROOM)[-1].message.media
    assert CAMERA not in await _data(town, shown)


async def test_picture_sent_as_a_file_is_cleaned_too(town):
    """Whatever it calls itself."""
    files = {"IMG_1234.JPG": jpeg(), "dokument": jpeg()}
    await town.writes(ANNA, SHOPS, "/gul glas", files=files)

    for shown in town.card(SHOPS).message.media:
        assert shown.kind is MediaKind.PHOTO
        assert CAMERA not in await _data(town, shown)


async def test_picture_with_nothing_behind_it_gets_a_white_ground(town):
    """A PNG may be see-through; a JPEG is not."""
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(png(),))

    (shown,) = town.card(SHOPS).message.media
    picture = Image.open(io.BytesIO(await _data(town, shown)))
    assert (picture.format, picture.getpixel((0, 0))) == ("JPEG", (255, 255, 255))


async def test_other_files_are_carried_as_they_are(town):
    """With a name that can be shown anywhere."""
    await town.writes(ANNA, SHOPS, "/gron städdag", files={"../../etc/Affisch våren.pdf": b"%PDF"})

    (shown,) = town.card(SHOPS).message.media
    assert (shown.kind, shown.name, shown.mime) == (
        MediaKind.FILE,
        "Affisch våren.pdf",
        "application/pdf",
    )
    assert await _data(town, shown) == b"%PDF"


async def test_file_on_disk_is_sealed(town):
    """Who takes the disk sees no picture."""
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(jpeg(),))

    (path,) = town.kept_files()
    assert not path.read_bytes().startswith(b"\xff\xd8")


@pytest.mark.slow
async def test_forty_megapixels_are_made_small(town):
    """A good phone takes them; a card needs two thousand pixels."""
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(jpeg(width=8000, height=5000),))

    (shown,) = town.card(SHOPS).message.media
    assert max(Image.open(io.BytesIO(await _data(town, shown))).size) == 2048


@pytest.mark.parametrize("data", [b"", b"hej", b"\xff\xd8\xff", b"\x00" * 1000, b"GIF89a"])
async def test_red_words_go_out_though_their_picture_can_t_be_opened(town, data):
    """A fire is told whatever the phone sends along; the sender learns what is missing."""
    await town.writes(ANNA, SHOPS, "/rod det brinner", photos=(data,))

    assert "\ndet brinner\n" in town.card(SHOPS).text
    assert town.card(SHOPS).message.media == ()
    assert town.kept_files() == []
    assert town.last(ANNA) == (
        "Det du skrev kom med. Den bilden går inte att öppna. Skicka den som JPEG eller PNG."
    )


async def test_picture_of_a_new_phone_stops_no_report(town):
    """An iPhone names its pictures so; the good one beside it is shown."""
    files = {"IMG_1.HEIC": b"\0\0\0\x18ftypheic" + b"x" * 50, "IMG_2.HEIC": b"", "x.jpg": jpeg()}
    await town.writes(ANNA, TG_ROOM, "/rod det brinner", files=files)

    assert len(town.card(MX_ROOM).message.media) == 1
    assert [text for text in town.texts(ANNA) if "går inte att öppna" in text] == [town.last(ANNA)]


async def test_picture_larger_than_any_camera_s_is_left_out(town):
    """A small file may unfold into gigabytes."""
    await town.writes(ANNA, SHOPS, "/rod rök", photos=(png(width=20_000, height=20_000),))

    assert "\nrök\n" in town.card(SHOPS).text
    assert "Den bilden är för stor." in town.last(ANNA)
    assert town.kept_files() == []


async def test_talk_is_carried_without_a_broken_picture(town):
    """Nothing that can be told is dropped."""
    await town.writes(ANNA, TG_ROOM, "Vems är den?", photos=(jpeg()[:200],))

    assert town.texts(MX_ROOM) == ["Granne 1: Vems är den?"]
    assert "Den bilden går inte att öppna." in town.last(ANNA)


@pytest.mark.parametrize("where", [SHOPS, TG_ROOM, None], ids=["one-room", "two-rooms", "private"])
async def test_broken_picture_alone_is_answered_and_nothing_is_left(town, where):
    """There is nothing else to go on with; it says what to do instead."""
    before = town.footprint()
    await town.writes(ANNA, where, "", photos=(jpeg()[:200],))

    assert town.last(ANNA) == "Den bilden går inte att öppna. Skicka den som JPEG eller PNG."
    assert town.footprint() == before
    assert town.texts(MX_ROOM) == []


async def test_form_goes_on_without_a_broken_picture(town):
    """The words that came with it are kept."""
    await town.writes(ANNA, None, "/rapport rök", photos=(jpeg(), jpeg()[:200]))

    assert "Den bilden går inte att öppna." in town.last(ANNA)
    assert "Hur bråttom är det?" in town.texts(ANNA)


async def test_file_alone_that_the_platform_has_lost_is_answered(town):
    """What is gone does not come back by asking again: no dead letter."""
    town.telegram.fail_next = PermanentFailure("no such file")
    await town.writes(ANNA, SHOPS, "", photos=(jpeg(),))

    assert town.last(ANNA) == "Filen gick inte att hämta. Skicka den en gång till."
    assert town.kept_files() == []


async def test_file_over_twenty_megabytes_is_refused(town):
    """It says how much is fine."""
    await town.writes(ANNA, SHOPS, "", files={"film.bin": bytes(20_000_001)})

    assert town.last(ANNA) == "Den filen är för stor. Högst 20 MB går bra."
    assert town.kept_files() == []


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (None, "hej"),
        (None, "/help"),
        (None, "/okänt"),
        (SHOPS, "/help"),
        (SHOPS, "/anmal"),
        (None, "/bevaka fittja"),
    ],
)
async def test_picture_that_nobody_asked_for_is_not_kept(town, where, said):
    """No feature took it, so it is destroyed at once."""
    await town.writes(ANNA, where, said, photos=(jpeg(),))

    assert town.kept_files() == []


async def test_picture_beside_an_answer_about_the_place_is_not_kept(town):
    """The form asked for something else."""
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, "Gul")
    await town.taps(ANNA, "Brand")
    await town.writes(ANNA, None, "Albyberget", photos=(jpeg(),))

    assert town.kept_files() == []


async def _data(town: Town, shown: Media) -> bytes:
    data = await town.app.parts.media.read(shown.id)
    assert data is not None
    return data
