"""`/areas`: what can be followed, where it is asked."""

from dataclasses import dataclass, field, replace

import pytest

from bot.domain.areas import Area, AreaMap
from bot.ports.pictures import AreaPictures
from bot.ports.store import Store
from bot.storage.pictures import is_picture
from tests.town import ANNA, BO, EVA, IN_ALBYBERGET, TG_ROOM, labels_of


@dataclass
class Watched:
    """Draws areas, and writes something meanwhile as others do."""

    pictures: AreaPictures
    store: Store
    drawn: list[str] = field(default_factory=list)

    async def of(self, area: Area) -> bytes:
        """Return what was drawn."""
        return await self.pictures.of(area)

    async def draw(self, area: Area) -> None:
        """Draw it; in a transaction this would wait for itself."""
        async with self.store.write():
            self.drawn.append(area.id)
        await self.pictures.draw(area)


async def test_area_is_drawn_while_others_can_write(town):
    """Once; what it is drawn for is done when it is there."""
    watched = Watched(town.app.parts.pictures, town.app.parts.database)
    dispatcher = town.app.inbox.dispatcher
    scene = replace(dispatcher.scene, pictures=watched)
    town.app.inbox.dispatcher = replace(dispatcher, scene=scene)
    for _ in range(2):
        await town.writes(BO, None, "/omraden albyberget")

    assert watched.drawn == ["albyberget"]
    assert [len(shown.message.media) for shown in town.told(BO)[-2:]] == [1, 1]


async def test_group_s_area_can_be_followed_from_its_room(town):
    """Told in private: the room is not filled with it."""
    await town.writes(ANNA, TG_ROOM, "/areas")
    assert town.last(ANNA).splitlines() == [
        "Alby grannar hör till Albyberget. Det här kan du följa:",
        "• Albyberget",
    ]
    await town.taps(ANNA, "Följ Albyberget")

    assert town.last(ANNA) == "Klart. Du får rött och gult från Albyberget."
    assert town.in_room(TG_ROOM) == []


async def test_what_is_followed_is_said_and_not_offered_again(town):
    """One button for each step that is left."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/områden")

    assert town.last(ANNA).endswith("• Albyberget ✓ du bevakar")
    assert labels_of(town.told(ANNA)[-1]) == ["⬆ Botkyrka"]


async def test_in_private_the_own_areas_come_first_and_then_what_is_near(town):
    """Where somebody is, writes, and follows."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/bevaka gamla stan")
    await town.writes(ANNA, None, "/omraden")
    lines = town.last(ANNA).splitlines()

    assert lines[:3] == ["Det här finns nära dig:", "• Albyberget", "• Gamla stan ✓ du bevakar"]
    assert len(lines) > 3
    assert len(set(lines)) == len(lines)


async def test_who_is_nowhere_yet_is_told_how_to_ask(town):
    """The next step as a button."""
    await town.writes(BO, None, "/omraden")

    assert town.last(BO).startswith("Jag vet inte var du är än.")
    assert labels_of(town.told(BO)[-1]) == ["Bevaka mitt område", "Visa hela kartan"]


async def test_municipality_shows_what_lies_in_it_and_how_much_is_left(town):
    """No more than a hand can scroll."""
    await town.writes(BO, None, "/omraden botkyrka")
    lines = town.last(BO).splitlines()

    assert lines[:2] == [
        "Botkyrka · kommun i Stockholms län. Här finns 20 områden (1–8):",
        "• Albyberget",
    ]
    assert labels_of(town.told(BO)[-1]) == [
        "Följ Botkyrka", *(line.removeprefix("• ") for line in lines[1:]), "Fler ▶",
        "⬆ Stockholms län",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "near"), [("allby", ["Albyberget", "Albydalen"]), ("xyzzyqwk", [])]
)
async def test_unknown_name_is_answered_with_those_near(town, name, near):
    """A button shows what was meant."""
    await town.writes(BO, None, f"/omraden {name}")
    assert labels_of(town.told(BO)[-1]) == near
    for label in near[:1]:
        await town.taps(BO, label)

    assert town.last(BO).startswith(
        "Jag hittar inget" if not near else "Albyberget · område i Bot"
    )


@pytest.mark.parametrize("command", ["/omraden", "/bevaka", "/avsluta"])
async def test_slip_in_a_name_is_answered_with_the_nearest(town, command):
    """As buttons: one tap and it is mended."""
    await town.writes(ANNA, None, f"{command} ally")

    assert labels_of(town.told(ANNA)[-1]) == ["Albyberget", "Albydalen"]


async def test_pages_turn_and_the_tree_is_climbed(town):
    """Down to a neighbourhood, up to the whole map."""
    await town.writes(BO, None, "/omraden botkyrka")
    await town.taps(BO, "Fler ▶")
    assert "(9–16)" in town.last(BO)
    await town.taps(BO, "Fler ▶")
    assert "(17–20)" in town.last(BO)
    assert "Fler ▶" not in labels_of(town.told(BO)[-1])
    await town.taps(BO, "◀ Tidigare")
    assert "(9–16)" in town.last(BO)
    await town.taps(BO, "⬆ Stockholms län")
    assert town.last(BO).startswith("Stockholms län · län. Här finns 26 områden (1–8):")
    await town.taps(BO, "⬆ Hela kartan")
    assert town.last(BO).startswith("Så här är kartan delad.")
    await town.taps(BO, "Gotlands län")

    assert town.last(BO).startswith("Gotlands län · län. Här finns ett område:")


@pytest.mark.parametrize("page", ["0", "99", "000"])
async def test_page_that_is_not_there_shows_the_area_alone(town, page):
    """Nobody breaks it by writing a number."""
    await town.writes(BO, None, f"/omraden botkyrka {page}")

    assert town.last(BO).startswith("Botkyrka · kommun i Stockholms län.")


async def test_what_lies_in_a_followed_area_is_included(town):
    """It need not be followed by itself."""
    await town.writes(ANNA, None, "/bevaka botkyrka")
    await town.writes(ANNA, None, "/omraden botkyrka")
    assert "Du bevakar det." in town.last(ANNA)
    assert "• Albyberget ✓ ingår" in town.last(ANNA)
    await town.taps(ANNA, "Albyberget")

    assert "Det ingår i ett område som du bevakar." in town.last(ANNA)


@pytest.mark.parametrize(("user", "command"), [(BO, "/omraden"), (EVA, "!areas")])
async def test_area_comes_with_a_picture_that_says_what_it_shows(town, user, command):
    """On every platform, with the words; for those who can't see it, too."""
    await town.writes(user, None, f"{command} albyberget")
    (picture,) = town.told(user)[-1].message.media
    data = await town.app.parts.media.read(picture.id)

    assert picture.name == "Albyberget.jpg"
    assert picture.alt == "Karta över Albyberget och det som ligger runt om. Norr är uppåt."
    assert data is not None
    assert is_picture(data, "")


async def test_picture_is_drawn_once_and_kept(town):
    """The second time it comes from the disk."""
    folder = town.folder / "pictures"
    await town.writes(BO, None, "/omraden albyberget")
    (first,) = folder.iterdir()
    stamp = first.stat().st_mtime_ns
    await town.writes(ANNA, None, "/omraden albyberget")

    assert list(folder.iterdir()) == [first]
    assert first.stat().st_mtime_ns == stamp


async def test_alby_means_the_one_of_the_own_group(town):
    """Whoever has written in the group of Albyberget means that."""
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(ANNA, None, "/bevaka alby")

    assert town.last(ANNA) == "Klart. Du får rött och gult från Albyberget."


async def test_postal_code_means_its_municipality_and_says_so(town):
    """It tells no more than that."""
    await town.writes(ANNA, None, "/bevaka 145 59")

    said = town.texts(ANNA)[-2:]
    assert said[0].startswith("145 59 hör till Botkyrka. Längre in än kommunen")
    assert said[1].startswith("Klart. Du får rött och gult från hela Botkyrka")


async def test_bot_without_a_map_says_so(open_town):
    """Nothing to browse, and no error."""
    town = await open_town(areas=AreaMap(()), groups=(), organisations=())
    await town.writes(BO, None, "/omraden alla")

    assert town.last(BO).startswith("Så här är kartan delad.")
