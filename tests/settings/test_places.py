"""areas.toml and its GeoJSON, groups.toml, organisations.toml."""

import json

import pytest

from bot.domain.groups import Access, Reach
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.people import Role

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]]}
SMALL = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
AREAS = '[[file]]\npath = "a.geojson"\nkind = "municipality"\n'
GROUP = """[[group]]
slug = "grannar"
name = "Grannar"
area = "alby"
purpose = "Vi ser"
controller = "Föreningen"
"""
BODY = '[[organisation]]\nslug = "polisen"\nname = "Polisen"\nrole = "police"\n'


def geojson(*features, **changes):
    """A file of areas; one that is called Alby if nothing else is said."""
    feature = {"type": "Feature", "properties": {"name": "Alby"}, "geometry": SQUARE}
    return json.dumps(
        {"type": "FeatureCollection", "features": features or [{**feature, **changes}]}
    )


def area(name, border=SQUARE, **properties):
    """A feature."""
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": border}


@pytest.fixture
def alby(config):
    """A config folder with one area."""
    return config.says("areas.toml", AREAS).says("a.geojson", geojson())


def test_area_lies_in_the_smallest_that_was_there_before(config):
    """By position, where no property names its parent."""
    inner = '[[file]]\npath = "b.geojson"\nkind = "neighbourhood"\n'
    config.says("areas.toml", AREAS + inner).says("a.geojson", geojson(area("Botkyrka")))
    config.says("b.geojson", geojson(area("Alby", SMALL)))

    assert config.load().areas.chain("alby") == ("alby", "botkyrka")


def test_parent_is_found_by_its_code_and_names_may_be_changed(config):
    """Properties may be called anything; a code that nobody has is no parent."""
    files = (
        '[[file]]\npath = "a.geojson"\nkind = "municipality"\nname = "KOMMUN"\ncode = "kod"\n'
        '[[file]]\npath = "b.geojson"\nkind = "neighbourhood"\nparent = "i"\ncode = "kod"\n'
        '[file.rename]\n"B1" = "Gamla stan"\n'
    )
    outer = {"type": "Feature", "properties": {"KOMMUN": "Stad", "kod": 1}, "geometry": SQUARE}
    config.says("areas.toml", files).says("a.geojson", geojson(outer))
    inner = [area("Storkyrkan", SMALL, kod="B1", i=1), area("Ö", SMALL, i=9)]
    areas = config.says("b.geojson", geojson(*inner)).load().areas

    assert areas.chain("gamla-stan") == ("gamla-stan", "stad")
    assert areas.chain("o") == ("o",)


def test_areas_of_one_name_are_told_apart(config):
    """By what lies around them, then by a number."""
    inner = '[[file]]\npath = "b.geojson"\nkind = "neighbourhood"\n'
    config.says("areas.toml", AREAS + inner).says("a.geojson", geojson(area("Alby")))
    config.says("b.geojson", geojson(*[area("Alby", SMALL, code=n) for n in range(3)]))

    assert [a.id for a in config.load().areas] == [
        "alby", "alby-alby", "alby-alby-2", "alby-alby-3",
    ]  # fmt: skip


def test_border_that_crosses_itself_is_mended(config):
    """Official files hold some of them."""
    config.says("areas.toml", AREAS).says("a.geojson", geojson(geometry=BOW))
    (found,) = config.load().areas

    assert found.border.is_valid
    assert found.border.area == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "key", "fix"),
    [
        pytest.param("{", "file", "is no GeoJSON", id="no JSON"),
        pytest.param(b"\xff", "file", "is no GeoJSON", id="no text"),
        pytest.param("[]", "file", "is no GeoJSON", id="a list"),
        pytest.param('{"features": null}', "features", "is no list", id="no features"),
        pytest.param('{"features": {"a": 1}}', "features", "is no list", id="a table"),
    ],
)
def test_file_that_is_no_geojson_is_refused(config, text, key, fix):
    """Named, with what is wrong."""
    refusal = config.says("areas.toml", AREAS).says("a.geojson", text).refusal()

    assert (refusal.where, refusal.key) == ("a.geojson", key)
    assert refusal.fix.startswith(fix)


@pytest.mark.parametrize(
    ("change", "key", "fix"),
    [
        pytest.param({"geometry": None}, "geometry", "has no polygon", id="none"),
        pytest.param({"geometry": {"type": "Blob"}}, "geometry", "has no polygon", id="unknown"),
        pytest.param(
            {"geometry": {**SQUARE, "coordinates": [[[0, 0], [1, 1]]]}},
            "geometry",
            "has no polygon",
            id="too short",
        ),
        pytest.param(
            {"geometry": {"type": "Point", "coordinates": [1, 1]}},
            "radius_m",
            "a point needs its radius in metres",
            id="a point",
        ),
        pytest.param({"properties": None}, "properties", "are none", id="no properties"),
        pytest.param({"properties": {}}, "name", "is no name; set `name`", id="no name"),
        pytest.param({"properties": {"name": 3}}, "name", "is no name", id="a number"),
        pytest.param({"properties": {"name": "!!"}}, "name", "is no name", id="no letters"),
    ],
)
def test_feature_that_is_no_area_is_refused(config, change, key, fix):
    """With its number: files have thousands."""
    feature = {**area("Alby"), **change}
    config.says("areas.toml", AREAS).says("a.geojson", geojson(area("Botkyrka"), feature))
    refusal = config.refusal()

    assert (refusal.where, refusal.key) == ("a.geojson: feature 2", key)
    assert refusal.fix.startswith(fix)


@pytest.mark.parametrize(
    ("text", "where", "key", "fix"),
    [
        (AREAS, "a.geojson", "file", "cannot be read (No such file or directory)"),
        ('[[file]]\nkind = "county"', "areas.toml", "file.0.path", "is missing; add it"),
        (AREAS + 'nmae = "x"', "areas.toml", "file.0.nmae", "is unknown; did you mean name?"),
        (
            AREAS.replace("municipality", "planet"),
            "areas.toml",
            "file.0.kind",
            "Input should be 'county', 'municipality', 'district', 'neighbourhood' or 'centre'",
        ),
    ],
    ids=["missing file", "missing key", "unknown key", "unknown kind"],
)
def test_wrong_list_of_areas_is_refused(config, text, where, key, fix):
    """With the entry's number."""
    refusal = config.says("areas.toml", text).refusal()

    assert (refusal.where, refusal.key, refusal.fix) == (where, key, fix)


@pytest.mark.parametrize(
    ("access", "more", "reach"),
    [
        ("open", "", Reach.AREA),
        ("locked", "", Reach.GROUP),
        ("open", 'reports_reach = "group"', Reach.GROUP),
        ("locked", 'reports_reach = "area"', Reach.AREA),
    ],
)
def test_reach_of_reports_follows_access_if_nothing_is_said(alby, access, more, reach):
    """A closed group keeps its reports to itself."""
    alby.says("groups.toml", f'{GROUP}access = "{access}"\n{more}')
    (group,) = alby.load().groups

    assert (group.access, group.reports_reach) == (Access(access), reach)
    assert (group.area, group.languages) == ("alby", ("sv",))


def test_rooms_are_named_by_platform_and_an_opaque_id(alby):
    """A topic of Telegram, and a room of Matrix with and without a server."""
    names = ["telegram:-100123", "telegram:-100123/7", "matrix:!a:hem.se", "matrix:!b"]
    (group,) = alby.says("groups.toml", f"{GROUP}rooms = {names}").load().groups

    assert group.rooms == (
        RoomRef(Platform.TELEGRAM, "-100123"),
        RoomRef(Platform.TELEGRAM, "-100123/7"),
        RoomRef(Platform.MATRIX, "!a:hem.se"),
        RoomRef(Platform.MATRIX, "!b"),
    )


@pytest.mark.parametrize(
    ("text", "key", "fix"),
    [
        (GROUP.replace('"alby"', '"allby"'), "group.0 (grannar).area", "did you mean alby?"),
        (GROUP.replace('"alby"', '"zzzzz"'), "group.0 (grannar).area", "see areas.toml"),
        (GROUP + 'acces = "open"', "group.0.acces", "did you mean access?"),
        (GROUP + 'access = "ajar"', "group.0.access", "Input should be 'open' or 'locked'"),
        (GROUP + "languages = []", "group.0.languages", "at least 1 item"),
        (GROUP + 'rooms = ["torget"]', "group.0.rooms.0", "is not of the form platform:id"),
        (GROUP + 'rooms = ["irc:x"]', "group.0.rooms.0", "is not a valid Platform"),
        (GROUP + 'rooms = ["web:a", "web:a"]', "group.rooms", "web:a stands there twice"),
        (GROUP + GROUP, "group.slug", "grannar stands there twice; keep one"),
        (GROUP.replace("grannar", "Två ord"), "group.0.slug", "should match pattern"),
        ('[[group]]\nslug = "a"', "group.0.name", "is missing; add it"),
        ('[[groups]]\nslug = "a"', "groups", "did you mean group?"),
        ('[group]\nslug = "a"', "group", "Input should be a valid tuple"),
    ],
)
def test_wrong_group_is_refused(alby, text, key, fix):
    """With the entry's number, or what is there twice."""
    refusal = alby.says("groups.toml", text).refusal()

    assert (refusal.where, refusal.key) == ("groups.toml", key)
    assert fix in refusal.fix


def test_organisation_has_areas_desks_and_people(alby):
    """Verified from the start."""
    alby.says(
        "organisations.toml",
        BODY + 'areas = ["alby"]\ndesk_rooms = ["matrix:!desk"]\npeople = ["telegram:42"]\n'
        'mail_domains = ["polisen.se"]',
    )
    (found,) = alby.load().organisations

    assert found.people == (UserRef(Platform.TELEGRAM, "42"),)
    assert found.organisation.areas == {"alby"}
    assert found.organisation.role is Role.POLICE
    assert found.organisation.desk_rooms == (RoomRef(Platform.MATRIX, "!desk"),)
    assert found.organisation.mail_domains == ("polisen.se",)


@pytest.mark.parametrize(
    ("text", "key", "fix"),
    [
        (BODY.replace('"police"', '"resident"'), "organisation.0.role", "use one of fire_service"),
        (BODY + 'areas = ["allby"]', "organisation (polisen).areas", "did you mean alby?"),
        (BODY + 'people = ["pia"]', "organisation.0.people.0", "of the form platform:id"),
        (BODY + 'desk_rooms = ["desk"]', "organisation.0.desk_rooms.0", "of the form platform:id"),
        (BODY + 'desks = ["web:a"]', "organisation.0.desks", "did you mean desk_rooms?"),
        (BODY + BODY, "organisation.slug", "polisen stands there twice; keep one"),
    ],
)
def test_wrong_organisation_is_refused(alby, text, key, fix):
    """A badge is given to nobody by a slip of the pen."""
    refusal = alby.says("organisations.toml", text).refusal()

    assert (refusal.where, refusal.key) == ("organisations.toml", key)
    assert fix in refusal.fix
