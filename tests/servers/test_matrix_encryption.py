"""People whose apps encrypt, on a real homeserver."""

from tests.pictures import png
from tests.servers.matrix.contents import File
from tests.servers.matrix.encrypting import Shield
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
