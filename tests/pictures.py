"""Pictures as people send them: with all that a camera writes into them."""

import io
import struct
import zlib

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

CAMERA = b"Kamera AB"


def jpeg(*, width: int = 64, height: int = 48, turned: int = 1) -> bytes:
    """A picture with the camera's name and the place in its EXIF, and a comment."""
    exif = Image.Exif()
    exif[Base.Make] = CAMERA.decode()
    exif[Base.Orientation] = turned
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (59.0, 14.0, 29.0)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", (17.0, 50.0, 49.0)
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(
        out, format="JPEG", exif=exif, comment=b"Annas hus"
    )
    return out.getvalue()


def png(*, width: int = 8, height: int = 8) -> bytes:
    """A picture that is see-through all over."""
    out = io.BytesIO()
    if width * height < 1_000_000:
        Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, format="PNG")
        return out.getvalue()
    # As large as its head says, without making it so: the body is that of a small one.
    small = png()
    head = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]
