"""A verified role has force only on devices that its holder has signed, where that can be seen."""

import json
import re

import pytest

from bot.domain.incoming import IncomingEdit
from bot.domain.messages import MessageRef, UserRef
from bot.domain.people import Grant, Role
from bot.domain.proofs import Proof
from bot.domain.richtext import rich
from bot.domain.senders import Sender
from tests.town import ANNA, BO, EVA, MX_ROOM, OWNER, POLICE, TG_ROOM, Town, data_of

OWN, NEW = "a1" * 16, "b2" * 16
PHONE = Proof(device="d1", owner=OWN)
UNSIGNED = Proof(device="d2")
STOLEN = Proof(device="d3", owner=NEW)


@pytest.fixture
async def sealed(town: Town) -> Town:
    """The group's room on Matrix is encrypted, and those in it let words leave it."""
    town.matrix.administrators.add((EVA, MX_ROOM))
    await town.sends(EVA, MX_ROOM, "hej", is_sealed=True)
    asked = next(shown for shown in town.in_room(MX_ROOM) if "krypterat" in shown.text)
    await town.presses_data(EVA, asked.ref, data_of(asked, "Ja, skicka vidare"))
    return town


def on(town: Town, proof: Proof, user: UserRef = POLICE) -> Sender:
    """Somebody on a device."""
    return Sender(user=user, name=town.sender(user).name, proof=proof)


async def says(town: Town, proof: Proof, text: str = "vi är på plats") -> MessageRef:
    """Let the police say something sealed in the group's room."""
    return await town.sends(POLICE, MX_ROOM, text, is_sealed=True, sender=on(town, proof))


def badges(town: Town) -> list[bool]:
    """Of the lines that came to the other room, which had a badge."""
    return ["✔" in text for text in town.texts(TG_ROOM)]


def code_for(town: Town, user: UserRef) -> str:
    """The code that somebody was sent."""
    found = re.findall(r"/intyga (\w{4}-\w{4})", "\n".join(town.texts(user)))
    assert found
    return str(found[-1])


async def test_only_what_comes_from_a_signed_device_has_the_badge(sealed: Town) -> None:
    """The rest is carried as any neighbour's: nothing is lost, and nobody is fooled."""
    for proof in (PHONE, UNSIGNED, PHONE):
        await says(sealed, proof)

    assert badges(sealed) == [True, False, True]
    assert all("vi är på plats" in text for text in sealed.texts(TG_ROOM))


async def test_holder_is_told_once_for_each_device_what_to_do(sealed: Town) -> None:
    """Gently, in private; it may be a theft as well."""
    for proof in (UNSIGNED, UNSIGNED, PHONE, Proof(device="d9"), UNSIGNED):
        await says(sealed, proof)

    told = [text for text in sealed.texts(POLICE) if "inte har verifierat" in text]
    assert len(told) == 2
    assert "logga ut den enheten" in told[0]


async def test_rights_go_with_the_badge(sealed: Town) -> None:
    """An unsigned device answers for nothing, and who holds the role hears why."""
    await sealed.writes(ANNA, TG_ROOM, "/gul skum typ")
    (report,) = sealed.rows("SELECT id FROM reports")
    await says(sealed, UNSIGNED, f"!confirm {report[0]}")

    assert sealed.rows("SELECT state FROM reports") == [("open",)]
    assert any("inte har verifierat" in text for text in sealed.texts(POLICE))
    await says(sealed, PHONE, f"!confirm {report[0]}")
    assert sealed.rows("SELECT state FROM reports") == [("confirmed",)]


async def test_edit_from_an_unsigned_device_takes_the_badge_along(sealed: Town) -> None:
    """Else somebody could put other words under it."""
    ref = await says(sealed, PHONE)
    edit = IncomingEdit(
        ref=ref,
        sender=on(sealed, UNSIGNED),
        text=rich("gå hem allihop"),
        is_direct=False,
        is_sealed=True,
    )
    await sealed.happens(edit)

    assert "gå hem allihop" in sealed.last(TG_ROOM)
    assert "✔" not in sealed.last(TG_ROOM)


async def test_neighbours_devices_are_nobody_s_business(sealed: Town) -> None:
    """They have no role that anybody could speak in."""
    await sealed.sends(EVA, MX_ROOM, "hej", is_sealed=True, sender=on(sealed, UNSIGNED, EVA))

    assert not any("verifierat" in text for text in sealed.texts(EVA))
    assert sealed.count_rows("owner_keys") == 0


async def test_role_rests_when_the_account_has_another_identity(sealed: Town) -> None:
    """Wherever it is on that account, and on its first device no less when a server adds none."""
    await says(sealed, PHONE)
    await says(sealed, STOLEN)
    await sealed.writes(POLICE, MX_ROOM, "i ett öppet rum")

    assert badges(sealed) == [True, False, False]
    assert "Din roll vilar" in sealed.last(POLICE)
    assert "/intyga" not in "".join(sealed.texts(POLICE))


async def test_coordinator_who_knows_them_gives_the_role_its_force_again(sealed: Town) -> None:
    """By a code, once; what is kept to is the new identity."""
    await says(sealed, PHONE)
    await says(sealed, STOLEN)
    await sealed.writes(OWNER, None, f"/intyga {code_for(sealed, OWNER).lower()}")
    await says(sealed, STOLEN)
    await says(sealed, PHONE)

    assert badges(sealed) == [True, False, True, False]
    assert sealed.rows("SELECT verb FROM audit WHERE verb LIKE 'role%'") == [("role.vouched",)]
    assert any("gäller igen" in text for text in sealed.texts(POLICE))


async def test_colleague_can_vouch_and_a_neighbour_can_not(sealed: Town) -> None:
    """Nor can the one whose account it is, with whatever role."""
    async with sealed.app.parts.database.write() as uow:
        grant = Grant(role=Role.POLICE, organisation="polisen")
        await uow.people.grant(BO, grant, sealed.clock.now())
        coordinator = Grant(role=Role.COORDINATOR)
        await uow.people.grant(POLICE, coordinator, sealed.clock.now())
    await says(sealed, PHONE)
    await says(sealed, STOLEN)
    code = code_for(sealed, BO)
    await sealed.writes(ANNA, None, f"/vouch {code}")
    await sealed.sends(POLICE, None, f"!vouch {code}", is_sealed=True, sender=on(sealed, STOLEN))
    refused = sealed.last(ANNA), sealed.last(POLICE)
    await sealed.writes(BO, None, f"/vouch {code}")

    assert all("samordnare eller en kollega" in text for text in refused)
    assert "Rollen gäller igen" in sealed.last(BO)


async def test_wrong_code_vouches_for_nobody(sealed: Town) -> None:
    """And it is said what may be the matter."""
    await says(sealed, PHONE)
    await says(sealed, STOLEN)
    await sealed.writes(OWNER, None, "/vouch 2222-2222")

    assert "väntar ingen på" in sealed.last(OWNER)
    assert sealed.rows("SELECT awaited IS NOT NULL FROM owner_keys") == [(1,)]


async def test_question_goes_when_the_first_identity_is_back(sealed: Town) -> None:
    """A server that only tried has changed nothing, and nobody has to answer."""
    await says(sealed, PHONE)
    await says(sealed, STOLEN)
    code = code_for(sealed, OWNER)
    await says(sealed, PHONE)
    await sealed.writes(OWNER, None, f"/vouch {code}")

    assert badges(sealed) == [True, False, True]
    assert "väntar ingen på" in sealed.last(OWNER)


async def test_key_is_told_handed_out_and_forgotten(sealed: Town) -> None:
    """As everything of a person's."""
    await says(sealed, PHONE)
    await sealed.writes(POLICE, None, "!privacy")
    told = sealed.last(POLICE)
    await sealed.writes(POLICE, None, "!export")
    (file,) = sealed.told(POLICE)[-1].message.media
    exported = json.loads(await sealed.app.parts.media.read(file.id) or b"{}")
    await sealed.taps_after(POLICE, "!forget", "Ja, radera allt")

    assert "fingeravtryck av nyckeln som signerar dina enheter" in told
    assert [key["digest"] for key in exported["signing_keys"]] == [OWN]
    assert sealed.count_rows("owner_keys") == 0


async def test_key_is_forgotten_with_the_role(sealed: Town) -> None:
    """Whoever is verified again shows another key then, perhaps."""
    await says(sealed, PHONE)
    async with sealed.app.parts.database.write() as uow:
        await uow.people.drop_configured_grants()
    await sealed.passes(hours=2)

    assert sealed.count_rows("owner_keys") == 0
