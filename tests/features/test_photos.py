"""Pictures and files: freed of what they tell of their maker before anybody else sees them."""

import io

import pytest
from PIL import Image

from bot.domain.messages import Media, MediaKind
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


async def test_forty_megapixels_are_made_small(town):
    """A good phone takes them; a card needs two thousand pixels."""
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(jpeg(width=8000, height=5000),))

    (shown,) = town.card(SHOPS).message.media
    assert max(Image.open(io.BytesIO(await _data(town, shown))).size) == 2048


@pytest.mark.parametrize(
    ("where", "said"),
    [(SHOPS, "/rod rök"), (None, "/rapport rök"), (None, "hej"), (SHOPS, "/okänt")],
    ids=["report", "form", "words", "unknown-command"],
)
async def test_broken_picture_is_answered_and_nothing_is_left(town, where, said):
    """Said what to do instead; a good one beside it is not kept either."""
    before = town.footprint()
    await town.writes(ANNA, where, said, photos=(jpeg(), jpeg()[:200]))

    assert town.last(ANNA) == "Den bilden går inte att öppna. Skicka den som JPEG eller PNG."
    assert town.footprint() == before
    assert town.in_room(SHOPS) == []


@pytest.mark.parametrize("data", [b"", b"hej", b"\xff\xd8\xff", b"\x00" * 1000, b"GIF89a"])
async def test_what_is_no_picture_is_answered(town, data):
    """Whatever bytes come."""
    await town.writes(ANNA, SHOPS, "/rod rök", photos=(data,))

    assert town.last(ANNA).startswith("Den bilden går inte att öppna.")
    assert town.kept_files() == []


async def test_picture_larger_than_any_camera_s_is_refused(town):
    """A small file may unfold into gigabytes."""
    await town.writes(ANNA, SHOPS, "/rod rök", photos=(png(width=20_000, height=20_000),))

    assert town.last(ANNA).startswith("Den bilden är för stor.")
    assert town.kept_files() == []


async def test_file_over_twenty_megabytes_is_refused(town):
    """It says how much is fine."""
    await town.writes(ANNA, SHOPS, "/gron städdag", files={"film.bin": bytes(20_000_001)})

    assert town.last(ANNA) == "Den filen är för stor. Högst 20 MB går bra."
    assert town.kept_files() == []


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (None, "hej"),
        (None, "/help"),
        (None, "/okänt"),
        (SHOPS, "/help"),
        (SHOPS, "/okänt"),
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
