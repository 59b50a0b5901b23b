"""Pictures, made small and freed of what they tell of their maker."""

import io

from PIL import Image, ImageOps

from bot.errors import Unacceptable

MAX_PIXELS = 64_000_000
MAX_SIDE_PX = 2048
QUALITY = 85
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
SUFFIXES = frozenset(
    {"jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif"}
)


def is_picture(data: bytes, name: str) -> bool:
    """Whether a file is a picture, or says it is one by its name."""
    if name.rsplit(".", 1)[-1].lower() in SUFFIXES:
        return True
    try:
        with _open(data):
            return True
    except (OSError, ValueError):
        return False


def clean_picture(data: bytes) -> bytes:
    """Return the picture as a JPEG of at most 2048 pixels a side, upright, with no metadata.

    Raises:
        Unacceptable: It is broken, of an unknown type, or larger than 64 megapixels.
    """
    try:
        with _open(data) as picture:
            _require_reasonable(picture)
            # A JPEG is made small while it is read: a tenth of the memory.
            picture.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
            return _as_jpeg(ImageOps.exif_transpose(picture))
    except Unacceptable:
        raise
    except Exception as error:  # a decoder that is fed with anything fails in any way
        raise Unacceptable("picture-unreadable") from error


def _open(data: bytes) -> Image.Image:
    Image.init()
    # Pillow knows formats, too, that other programs have to read for it.
    return Image.open(io.BytesIO(data), formats=[f for f in FORMATS if f in Image.OPEN])


def _require_reasonable(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise Unacceptable("picture-too-large")


def _as_jpeg(picture: Image.Image) -> bytes:
    # A new picture with the same pixels: nothing else of the file comes along.
    plain = Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    plain.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, format="JPEG", quality=QUALITY)
    return out.getvalue()


Image.MAX_IMAGE_PIXELS = None  # Pillow only warns between one and two limits; ours is above
