"""Files that were uploaded, and what the wire tells of each."""

import hashlib
import io
from dataclasses import dataclass, field

from PIL import Image, ImageOps, UnidentifiedImageError

from tests.emulators.telegram.media import Sendable
from tests.emulators.telegram.wire import Json, bad_request, present

LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024
LARGEST_PHOTO_BYTES = 10 * 1024 * 1024
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
SIZES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
FOLDERS = {
    "photo": "photos", "video": "videos", "voice": "voice", "audio": "music",
    "sticker": "stickers", "animation": "animations", "video_note": "video_notes",
    "thumbnail": "thumbnails",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file under its id; the same bytes have the same unique id."""

    file_id: str
    unique_id: str
    kind: str
    content: bytes
    path: str
    fields: Json

    def to_json(self) -> Json:
        """Word it as a File; the path is told only for what may be downloaded."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


@dataclass
class FileStore:
    """All files of the emulated service.

    Attributes:
        sizes: All sizes of a picture, by the file id of each.
    """

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)
    sizes: dict[str, list[Json]] = field(default_factory=dict)

    def hold(self, sent: Sendable) -> Json:
        """Store what somebody sends and word it as the fields of a message."""
        if sent.content is None:
            return {sent.kind: sent.fields}
        if sent.kind == "photo":
            return {"photo": self.hold_photo(sent.content)}
        fields = sent.fields
        if fields.get("is_animated") or fields.get("is_video"):
            fields = fields | {"thumbnail": self.hold_thumbnail(_still())}
        known = self._store(sent.kind, sent.content, sent.name, fields)
        told: Json = {sent.kind: known.fields}
        return told | {"document": _as_document(known)} if sent.kind == "animation" else told

    def find(self, file_id: str, kind: str) -> Json:
        """Word a file that is there already as the fields of a message.

        Raises:
            Refused: There is no such file, or it is of another kind.
        """
        known = self.by_id.get(file_id)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind} as {kind}")
        if kind == "photo":
            return {"photo": self.sizes[file_id]}
        told: Json = {kind: known.fields}
        return told | {"document": _as_document(known)} if kind == "animation" else told

    def hold_thumbnail(self, content: bytes) -> Json:
        """Store a preview."""
        width, height = _size_of(content)
        return self._store(
            "thumbnail", content, "t.jpg", {"width": width, "height": height}
        ).fields

    def hold_photo(self, content: bytes) -> list[Json]:
        """Store a picture in all the sizes that the service makes.

        Raises:
            Refused: It is none, or too large in some way.
        """
        if len(content) > LARGEST_PHOTO_BYTES:
            raise bad_request(
                f"file of size {len(content)} bytes is too big for a photo; "
                f"the maximum size is {LARGEST_PHOTO_BYTES} bytes"
            )
        picture = _open(content)
        width, height = picture.size
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        made: list[Json] = []
        for letter, longest in SIZES:
            made.append(self._hold_size(picture, letter, longest))
            if max(width, height) <= longest:
                break
        self.sizes |= {str(size["file_id"]): made for size in made}
        return made

    def _hold_size(self, picture: Image.Image, letter: str, longest: int) -> Json:
        copy = ImageOps.exif_transpose(picture).convert("RGB")
        copy.thumbnail((longest, longest))
        out = io.BytesIO()
        copy.save(out, format="JPEG", quality=87)
        fields: Json = {"width": copy.width, "height": copy.height}
        return self._store("photo", out.getvalue(), f"{letter}.jpg", fields).fields

    def _store(self, kind: str, content: bytes, name: str, fields: Json) -> StoredFile:
        number = len(self.by_id) + 1
        digest = hashlib.sha256(content).hexdigest()
        unique_id = f"AQAD{digest[:12]}"
        file_id = f"{kind[:2].upper()}AC{number:06}{digest[:30]}"
        ending = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{FOLDERS.get(kind, 'documents')}/file_{number}.{ending}"
        ids: Json = {"file_id": file_id, "file_unique_id": unique_id}
        told = ids | fields | {"file_size": len(content)}
        known = StoredFile(file_id, unique_id, kind, content, path, told)
        self.by_id[file_id] = self.by_path[path] = known
        return known


def _as_document(known: StoredFile) -> Json:
    told = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size", "thumbnail")
    return present(**{name: known.fields.get(name) for name in told})


def _open(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content))
    except BOMBS:
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from None
    except (UnidentifiedImageError, OSError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def _size_of(content: bytes) -> tuple[int, int]:
    return _open(content).size


def _still() -> bytes:
    """Make the picture that the service makes of a sticker that moves."""
    made = io.BytesIO()
    Image.new("RGB", (128, 128), "#a0c0a0").save(made, "JPEG")
    return made.getvalue()
