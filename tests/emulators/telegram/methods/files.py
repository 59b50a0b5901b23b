"""Files to be fetched."""

from tests.emulators.telegram.files import LARGEST_DOWNLOAD_BYTES
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.wire import bad_request, present


def get_file(call: Call) -> object:
    """Say where a file can be fetched; up to 20 MB."""
    known = call.town.files.by_id.get(call.params.text("file_id"))
    if known is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(known.content) > LARGEST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return known.to_json() | present(file_path=known.path)


def get_user_profile_photos(call: Call) -> object:
    """Show the pictures that somebody has of themselves."""
    user = call.somebody()
    person = next((p for p in call.town.people.values() if p.user.id == user.id), None)
    photos = [person.portrait] if person is not None and person.portrait else []
    return {"total_count": len(photos), "photos": photos}


METHODS: dict[str, Method] = {
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
}
