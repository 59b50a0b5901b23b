"""People whose apps encrypt, on a real homeserver."""

import pytest
from nio.crypto import decrypt_attachment, encrypt_attachment

from tests.pictures import png
from tests.servers.matrix.asking import Json, as_object
from tests.servers.matrix.contents import File
from tests.servers.matrix.encrypting import Shield
from tests.servers.matrix.node import AppFailed
from tests.servers.matrix.people import People


async def test_only_those_in_the_room_can_read(people: People):
    """What goes over the server is sealed; edits, reactions and files arrive all the same."""
    cilla = await people.arrives_encrypting("Cilla")
    david = await people.arrives_encrypting("David")
    room = await cilla.opens(invites=[david], is_encrypted=True)
    assert await david.is_invited(cilla.id) == room
    await david.joins(room)
    said = await cilla.writes(room, "hej")
    await david.sees(room, "hej")
    await david.reacts(room, said, "👍")
    await cilla.edits(room, said, "god dag")
    picture = File(kind="m.image", data=png(), name="a.png", mime="image/png", caption="Bron")
    sent = await cilla.sends_file(room, picture)

    seen = await david.sees(room, "Bron")
    first = (await david.reads(room))[0]
    assert (first.text, first.is_edited, first.reactions) == ("god dag", True, {"👍": 1})
    assert await david.downloads(seen) == picture.data
    seal = await david.seal(room, sent)
    assert (seal.is_encrypted, seal.shield) == (True, Shield.NONE)
    assert (await david.trusts(cilla.id, cilla.device_id)).is_signed_by_owner


async def test_an_app_asks_to_compare_keys(people: People):
    """It is a message in the room, which whoever can't compare may answer in words."""
    cilla = await people.arrives_encrypting("Cilla")
    david = await people.arrives_encrypting("David")
    room = await cilla.opens(invites=[david], is_encrypted=True, is_direct=True)
    await david.joins(room)
    await cilla.writes(room, "hej")
    await cilla.asks_to_verify(david.id, room)

    asked = await david.sees(room, lambda seen: seen.kind == "m.key.verification.request")
    assert (asked.sender, asked.content["to"]) == (cilla.id, david.id)


async def test_apps_say_what_they_could_not_do(people: People):
    """And go on with what comes after it."""
    cilla = await people.arrives_encrypting("Cilla")
    with pytest.raises(AppFailed, match="is not a function"):
        await cilla.node.call(cilla.id, "dances", {})

    assert await cilla.reads(await cilla.opens()) == []


async def test_files_open_across_makes(people: People):
    """What one library seals the other opens."""
    cilla = await people.arrives_encrypting("Cilla")
    room = await cilla.opens(is_encrypted=True)
    picture = File(kind="m.file", data=png(), name="a.png", mime="image/png", caption="Bron")
    await cilla.sends_file(room, picture)
    file = as_object((await cilla.sees(room, "Bron")).content["file"])
    sealed = await cilla.ask.download(str(file["url"]))
    key, hashes = as_object(file["key"]), as_object(file["hashes"])
    assert decrypt_attachment(sealed, key["k"], hashes["sha256"], file["iv"]) == png()

    ours, secrets = encrypt_attachment(png())
    mxc = await cilla.ask.upload(ours, name="b", mime="application/octet-stream")
    content: Json = {"msgtype": "m.file", "body": "Från nio", "file": secrets | {"url": mxc}}
    await cilla.sends(room, "m.room.message", content)
    assert await cilla.downloads(await cilla.sees(room, "Från nio")) == png()
