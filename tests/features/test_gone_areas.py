"""The map is made anew: followers stay with their areas, and hear of those that are gone."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from bot.app import App
from bot.domain.areas import AreaId, AreaMap
from bot.domain.messages import Position
from tests.town import ANNA, AREAS, BO, IN_ALBYBERGET, TG_ROOM, Town, alby, labels_of, make_town


@pytest.fixture
async def restarted(folder):
    """Start the bot over the same folder with another map; Anna and Bo have said yes at first."""
    towns: list[Town] = []

    async def start(areas, **changes):
        before = towns[-1] if towns else None
        if before is not None:
            await before.app.close()
        town = make_town(folder, clock=before.clock if before else None, areas=areas, **changes)
        if before is not None:
            app = App(town.app.parts, [before.telegram, before.matrix])
            town = replace(before, app=app)
        towns.append(town)
        await town.app.open()
        if before is None:
            await town.agrees(ANNA, BO)
        return town

    yield start
    await towns[-1].app.close()


def the_map(**changes):
    """The example's map with some areas changed: fields by slug, None takes one away."""
    changes = {slug.replace("_", "-"): change for slug, change in changes.items()}
    return AreaMap(
        replace(area, **(changes.get(area.id) or {}))
        for area in AREAS
        if changes.get(area.id, {}) is not None
    )


def followed_by(town):
    """What is followed, by slug."""
    return {slug for (slug,) in town.rows("SELECT substr(followed, 6) FROM subscriptions")}


async def test_renamed_area_keeps_its_followers(restarted):
    """Its publisher's code says that it is the same."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja röd")
    town = await restarted(the_map(fittja={"id": AreaId("fittja-hamn"), "name": "Fittja hamn"}))
    await town.writes(ANNA, None, "/bevakningar")

    assert "rött från Fittja hamn" in town.last(ANNA)
    await town.passes(days=40)
    assert followed_by(town) == {"fittja-hamn"}


async def test_two_areas_may_exchange_their_names(restarted):
    """Each follower stays with the place, not with the word."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.writes(BO, None, "/bevaka hallunda")
    town = await restarted(
        the_map(
            fittja={"id": AreaId("hallunda"), "name": "Hallunda"},
            hallunda={"id": AreaId("fittja"), "name": "Fittja"},
        )
    )
    await town.writes(ANNA, None, "/bevakningar")
    await town.writes(BO, None, "/bevakningar")

    assert "från Hallunda" in town.last(ANNA)
    assert "från Fittja" in town.last(BO)


async def test_everything_that_names_an_area_goes_along(restarted):
    """Reports, numbers and shared places are of the place."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/rod Rök ur fönster")
    berget = {"id": AreaId("berget"), "name": "Berget"}
    group = alby(area=AreaId("berget"))
    town = await restarted(the_map(albyberget=berget), groups=(group,))

    assert town.rows("SELECT DISTINCT area FROM reports") == [("berget",)]
    assert town.rows("SELECT shared_area FROM people WHERE shared_area IS NOT NULL") == [
        ("berget",)
    ]
    assert ("area:berget",) in town.rows("SELECT scope FROM aliases")


async def test_follower_of_a_gone_area_is_told_once_with_what_lies_there_now(restarted):
    """What lay around it first; silently, for it is nobody's emergency."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja röd")
    town = await restarted(the_map(fittja=None))
    await town.passes(minutes=30)
    assert not any("finns inte längre" in text for text in town.texts(ANNA))
    await town.passes(hours=1)
    told = town.told(ANNA)[-1]

    assert told.text == (
        "Fittja finns inte längre på kartan, så därifrån kommer inget mer. Vill du bevaka det "
        "som ligger där nu i stället? Jag minns din bevakning i 30 dagar."
    )
    assert labels_of(told)[0] == "Botkyrka"
    assert labels_of(told)[-1] == "Sluta bevaka"
    assert told.message.silent
    await town.passes(days=2)
    assert sum("finns inte längre" in text for text in town.texts(ANNA)) == 1
    assert followed_by(town) == {"fittja"}


async def test_follower_chooses_another_area_with_the_same_priority(restarted):
    """Also a week later; the old one is let go."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja röd")
    town = await restarted(the_map(fittja=None))
    await town.passes(days=8)
    await town.taps(ANNA, "Botkyrka")

    assert town.last(ANNA) == "Klart. Du får rött från hela Botkyrka."
    assert town.rows("SELECT place, at_least FROM routes") == [("botkyrka", 3)]


async def test_follower_may_stop(restarted):
    """One press, and nothing is left."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    town = await restarted(the_map(fittja=None))
    await town.passes(hours=2)
    await town.taps(ANNA, "Sluta bevaka")

    assert town.last(ANNA) == "Du bevakar inte längre Fittja."
    assert followed_by(town) == set()


async def test_follower_who_chooses_nothing_is_let_go_after_thirty_days(restarted):
    """Until then the area may come back."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    town = await restarted(the_map(fittja=None))
    await town.passes(days=29)
    assert followed_by(town) == {"fittja"}
    await town.passes(days=2)

    assert followed_by(town) == set()
    assert town.rows("SELECT slug FROM areas WHERE gone_at IS NOT NULL") == []


async def test_area_that_comes_back_is_followed_as_before(restarted):
    """Within the hour nobody has even heard of it; and when it goes again, they hear again."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    await restarted(the_map(fittja=None))
    town = await restarted(the_map())
    await town.passes(days=40)
    assert followed_by(town) == {"fittja"}
    assert not any("finns inte längre" in text for text in town.texts(ANNA))
    town = await restarted(the_map(fittja=None))
    await town.passes(hours=2)

    assert town.last(ANNA).startswith("Fittja finns inte längre")


async def test_name_that_another_place_has_taken_does_not_take_its_followers(restarted):
    """Fittja elsewhere is not Fittja."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    elsewhere = {"code": "9999R001", "border": box(12.0, 57.0, 12.1, 57.1), "parent": None}
    town = await restarted(the_map(fittja=elsewhere))
    await town.passes(hours=2)

    assert town.last(ANNA).startswith("Fittja finns inte längre")
    assert followed_by(town) == {"fittja-before-1"}
    assert town.app.parts.installation.areas.at(Position(57.05, 12.05)).id == "fittja"


async def test_place_that_was_given_another_code_stays(restarted):
    """Codes are given anew now and then; name and place say that it is the same."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    town = await restarted(the_map(fittja={"code": "0127R999"}))
    await town.passes(days=40)

    assert followed_by(town) == {"fittja"}


async def test_map_that_was_lost_is_no_reason_to_tell_anybody(restarted):
    """An empty list of areas is a mistake of the operator's."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    town = await restarted(AreaMap(()), groups=(), organisations=())
    await town.passes(days=40)

    assert followed_by(town) == {"fittja"}


async def test_area_that_left_before_anything_was_remembered_is_told_of_by_its_slug(restarted):
    """An installation that is older than the memory of its map."""
    town = await restarted(the_map())
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(ANNA, None, "/bevaka fittja")
    town.changes_rows("UPDATE subscriptions SET followed = 'area:fitja'")
    town = await restarted(the_map())
    await town.passes(hours=2)

    assert town.last(ANNA).startswith("fitja finns inte längre på kartan")
    assert "Fittja" in labels_of(town.told(ANNA)[-1])


async def test_gone_area_ends_with_forget(restarted):
    """It is a subscription like others, and the question a note like others."""
    town = await restarted(the_map())
    await town.writes(ANNA, None, "/bevaka fittja")
    town = await restarted(the_map(fittja=None))
    await town.passes(hours=2)
    await town.writes(ANNA, None, "/glom")
    await town.taps(ANNA, "Ja, radera")

    assert followed_by(town) == set()
    assert town.rows("SELECT count(*) FROM notes WHERE feature = 'gone_areas'") == [(0,)]
