"""Pictures, made small and freed of what they tell of their maker."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.errors import Unacceptable

MAX_PIXELS = 64_000_000
MAX_SIDE_PX = 2048
QUALITY = 85
SUFFIXES = frozenset(
    {"jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif"}
)


def is_picture(data: bytes, name: str) -> bool:
    """Whether a file is a picture, or says it is one by its name."""
    if name.rsplit(".", 1)[-1].lower() in SUFFIXES:
        return True
    try:
        with Image.open(io.BytesIO(data)):
            return True
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return False


def clean_picture(data: bytes) -> bytes:
    """Return the picture as a JPEG of at most 2048 pixels a side, upright, with no metadata.

    Raises:
        Unacceptable: It is broken, of an unknown type, or larger than 64 megapixels.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            _require_reasonable(picture)
            # Lets the JPEG decoder make it small while reading: a tenth of the memory.
            picture.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
            return _as_jpeg(upright)
    except Image.DecompressionBombError as error:
        raise Unacceptable("picture-too-large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unacceptable("picture-unreadable") from error


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


Image.MAX_IMAGE_PIXELS = MAX_PIXELS
