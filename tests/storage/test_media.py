"""Files: freed of what they tell of their maker, sealed one by one, and really gone at the end."""

import io
import random
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bot.domain.messages import Media, MediaId, MediaKind
from bot.errors import StorageUnavailable, Unacceptable
from bot.ports.media import MAX_FILE_BYTES
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from bot.storage.pictures import MAX_SIDE_PX, clean_picture, is_picture
from tests.storage.files import every_byte_of, full_disk

NEEDLE = "Albyvägen tre trappor"
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
GPS, ORIENTATION, MAKER, COMMENT = 0x8825, 0x0112, 0x010F, 0x9286


@pytest.fixture
def files(database: Database, folder: Path) -> SealedFiles:
    """The files of an installation."""
    return SealedFiles(folder / "media", database.vault)


def photo(fmt: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    """A picture, red above and blue below."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0], size[1] // 2))
    out = io.BytesIO()
    picture.save(out, format=fmt, **more)
    return out.getvalue()


def photo_with_secrets() -> bytes:
    """A picture that tells where and by whom it was taken, held sideways."""
    exif = Image.Exif()
    exif[MAKER] = NEEDLE
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (59.0, 14.0, 28.0), 3: "E", 4: (17.0, 50.0, 45.0)})
    return photo(exif=exif, comment=NEEDLE.encode())


def claimed_size(width: int, height: int) -> bytes:
    """A small file that claims to be a picture of any size."""
    data = photo("PNG")
    header = struct.pack(">II", width, height) + data[24:29]
    crc = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return data[:16] + header + crc + data[33:]


def opened(data: bytes) -> Image.Image:
    """A picture, read."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


async def content(files: SealedFiles, media: Media) -> bytes:
    """What is kept."""
    data = await files.read(media.id)
    assert data is not None
    return data


async def test_picture_tells_nothing_of_its_maker(files: SealedFiles) -> None:
    """Neither where nor when nor with what; it stands upright all the same."""
    kept = await files.keep(photo_with_secrets(), kind=MediaKind.PHOTO, name="IMG_1.jpg")
    data = await content(files, kept)

    picture = opened(data)
    assert not picture.getexif()
    assert "comment" not in picture.info
    assert NEEDLE.encode() not in data
    assert b"Exif" not in data
    assert picture.size == (48, 64)
    left, right = picture.getpixel((4, 32)), picture.getpixel((44, 32))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[2] - left[0] > 150
    assert right[0] - right[2] > 150


async def test_words_inside_a_png_are_gone(files: SealedFiles) -> None:
    """Other formats have other hiding places."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", NEEDLE)
    info.add_itxt("XML:com.adobe.xmp", NEEDLE)
    kept = await files.keep(photo("PNG", pnginfo=info), kind=MediaKind.FILE, name="skärm.png")

    assert NEEDLE.encode() not in await content(files, kept)
    assert (kept.kind, kept.mime, kept.name) == (MediaKind.PHOTO, "image/jpeg", "skärm.jpg")


@pytest.mark.parametrize("fmt", FORMATS)
async def test_picture_sent_as_a_file_is_cleaned_too(files: SealedFiles, fmt: str) -> None:
    """Sent `without compression`, with any name, it is a picture still."""
    kept = await files.keep(photo(fmt), kind=MediaKind.FILE, name="hemligt")

    assert kept.kind is MediaKind.PHOTO
    assert (await content(files, kept)).startswith(b"\xff\xd8")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_every_kind_of_picture_becomes_a_jpeg(mode: str) -> None:
    """Grey, transparent or for print."""
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, format="TIFF")
    picture = opened(clean_picture(out.getvalue()))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (30, 20))


def test_what_is_transparent_becomes_white() -> None:
    """Not black, on which nothing can be read."""
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, format="PNG")

    assert opened(clean_picture(out.getvalue())).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.slow
@pytest.mark.parametrize("fmt", ["PNG", "JPEG"])
async def test_picture_of_forty_megapixels_is_taken_and_shrunk(
    files: SealedFiles, fmt: str
) -> None:
    """What phones make today."""
    kept = await files.keep(photo(fmt, (8000, 5000)), kind=MediaKind.PHOTO, name="stor")
    picture = opened(await content(files, kept))

    assert picture.size == (MAX_SIDE_PX, 1280)
    assert kept.size_bytes < 1_000_000


@pytest.mark.parametrize("size", [(10_000, 8_000), (8_001, 8_001), (60_000, 60_000)])
@pytest.mark.parametrize("kind", [MediaKind.PHOTO, MediaKind.FILE])
@pytest.mark.parametrize("name", ["bomb.png", "bomb"])
async def test_picture_of_eighty_megapixels_is_refused(
    files: SealedFiles, folder: Path, size: tuple[int, int], kind: MediaKind, name: str
) -> None:
    """It would take the memory of all the others; as a plain file it would keep its secrets."""
    with pytest.raises(Unacceptable) as refusal:
        await files.keep(claimed_size(*size), kind=kind, name=name)

    assert refusal.value.text_id == "picture-too-large"
    assert not (folder / "media").exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", photo()[:200], photo("PNG")[:60], b"GIF89a", b"\xff\xd8\xff"],
    ids=["empty", "text", "cut jpeg", "cut png", "cut gif", "only a mark"],
)
async def test_broken_picture_is_refused(files: SealedFiles, folder: Path, data: bytes) -> None:
    """With words, and nothing is left behind."""
    with pytest.raises(Unacceptable) as refusal:
        await files.keep(data, kind=MediaKind.PHOTO, name="x.jpg")

    assert refusal.value.text_id == "picture-unreadable"
    assert not (folder / "media").exists()


@pytest.mark.filterwarnings("ignore")
@given(
    fmt=st.sampled_from(FORMATS),
    seed=st.integers(0, 2**32),
    cuts=st.integers(1, 12),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_picture_is_cleaned_or_refused(fmt: str, seed: int, cuts: int) -> None:
    """Nothing else comes out of it, whatever the damage does to a decoder."""
    chance = random.Random(seed)
    data = bytearray(photo(fmt))
    for _ in range(cuts):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
    try:
        cleaned = clean_picture(bytes(data))
    except Unacceptable:
        is_picture(bytes(data), "x")
    else:
        assert cleaned.startswith(b"\xff\xd8")


async def test_other_files_are_kept_as_they_are(files: SealedFiles) -> None:
    """A programme for the yard party."""
    kept = await files.keep(b"%PDF-1.7 fest", kind=MediaKind.FILE, name="../../Gårdsfest?.pdf")

    assert await content(files, kept) == b"%PDF-1.7 fest"
    assert (kept.mime, kept.name, kept.size_bytes) == ("application/pdf", "Gårdsfest.pdf", 13)


async def test_file_of_an_unknown_kind_is_bytes(files: SealedFiles) -> None:
    """No browser runs it."""
    kept = await files.keep(b"?", kind=MediaKind.FILE, name="x.qqq")

    assert kept.mime == "application/octet-stream"


async def test_limit_of_twenty_megabytes(files: SealedFiles, folder: Path) -> None:
    """One byte more is too much, and is told so."""
    with pytest.raises(Unacceptable) as refusal:
        await files.keep(bytes(MAX_FILE_BYTES + 1), kind=MediaKind.FILE, name="x.bin")
    assert refusal.value.text_id == "file-too-large"
    assert refusal.value.values == {"most": 20}
    assert not (folder / "media").exists()

    kept = await files.keep(bytes(MAX_FILE_BYTES), kind=MediaKind.FILE, name="x.bin")
    assert kept.size_bytes == MAX_FILE_BYTES


async def test_file_is_sealed_on_the_disk(files: SealedFiles, folder: Path) -> None:
    """Who takes the disk has nothing; each file has a key of its own."""
    one = await files.keep(NEEDLE.encode(), kind=MediaKind.FILE, name="a.txt")
    two = await files.duplicate(one)
    assert two is not None

    stored = every_byte_of(folder / "media")
    assert len(stored) == 2
    assert all(NEEDLE.encode() not in data for data in stored.values())
    assert len(set(stored.values())) == 2
    assert one.id != two.id
    assert await content(files, two) == NEEDLE.encode()


async def test_discarded_file_is_gone_and_its_copy_is_not(
    files: SealedFiles, folder: Path
) -> None:
    """A backup of the file alone opens no more, for its key is destroyed."""
    one = await files.keep(b"abc", kind=MediaKind.FILE, name="a.txt")
    two = await files.duplicate(one)
    assert two is not None
    (path,) = list((folder / "media").rglob(one.id))
    backup = path.read_bytes()
    await files.discard(one.id)
    await files.discard(one.id)
    assert await files.read(one.id) is None
    path.write_bytes(backup)

    assert await files.read(one.id) is None
    assert await files.duplicate(one) is None
    assert await content(files, two) == b"abc"


async def test_copy_says_what_the_picture_shows(files: SealedFiles) -> None:
    """Whoever can't see it is told on every platform."""
    kept = await files.keep(b"ord", kind=MediaKind.FILE, name="a.txt")
    copy = await files.duplicate(replace(kept, alt="Karta"))

    assert copy is not None
    assert copy.alt == "Karta"


async def test_damaged_file_reads_as_gone(files: SealedFiles, folder: Path) -> None:
    """A power cut may leave an empty one; that stops nobody."""
    kept = await files.keep(b"abc", kind=MediaKind.FILE, name="a.txt")
    (path,) = list((folder / "media").rglob(kept.id))
    for damage in (b"", b"short", path.read_bytes()[:-1], bytes(40)):
        path.write_bytes(damage)
        assert await files.read(kept.id) is None


@pytest.mark.parametrize(
    "name", ["../keys.db", "..", "", "a/b", "a\\b", "/etc/passwd", "a.b", "\x00"]
)
async def test_no_path_leads_out_of_the_folder(files: SealedFiles, name: str) -> None:
    """Ids come from outside too."""
    with pytest.raises(ValueError, match="not a media id"):
        await files.read(MediaId(name))
    with pytest.raises(ValueError, match="not a media id"):
        await files.discard(MediaId(name))


async def test_full_disk_keeps_nothing(files: SealedFiles, folder: Path) -> None:
    """Neither the file nor a part of it."""
    await files.keep(b"first", kind=MediaKind.FILE, name="a.txt")
    before = set(every_byte_of(folder / "media"))
    with (
        full_disk(from_bytes=500_000),
        pytest.raises(StorageUnavailable, match="could not be written"),
    ):
        await files.keep(bytes(600_000), kind=MediaKind.FILE, name="b.bin")

    assert set(every_byte_of(folder / "media")) == before
    kept = await files.keep(b"after", kind=MediaKind.FILE, name="c.txt")
    assert await content(files, kept) == b"after"
