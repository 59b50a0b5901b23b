"""Taking files of areas into the configuration."""

import json
import tomllib

import pytest

from bot.domain.areas import AreaKind
from bot.errors import ConfigError
from bot.settings.area_guess import Wishes
from bot.settings.area_import import plan_import
from bot.settings.areas import load_areas
from tests.real_data import REAL_DATA

LISTED = """# Ours.
[[file]]
path = "areas/kommuner.geojson"
kind = "municipality"   # the large ones

[[file]]
path = "areas/ours.geojson"
kind = "neighbourhood"
parent = "municipality"

[file.rename]
"0127R001" = "Berget"
"""
GROUP = """[[group]]
slug = "grannar"
name = "Grannar"
area = "fittja"
access = "open"
purpose = "Vi ser"
controller = "Föreningen"
"""


def square(at, size=1.0):
    """A border."""
    west, south = at
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features):
    """A file's text; each feature is a border and its properties."""
    found = [
        {"type": "Feature", "properties": properties, "geometry": border}
        for border, properties in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": found})


def regso(code, name, at):
    """A feature as Statistics Sweden publishes it."""
    about = {"regsokod": code, "regsonamn": name, "kommunkod": code[:4], "kommunnamn": "Botkyrka"}
    return square(at), about


@pytest.fixture
def folder(tmp_path):
    """A config folder with a municipality and two neighbourhoods."""
    config = tmp_path / "config"
    (config / "areas").mkdir(parents=True)
    (config / "areas.toml").write_text(LISTED)
    (config / "areas/kommuner.geojson").write_text(
        collection((square((0, 0), 9), {"name": "Botkyrka", "code": "0127"}))
    )
    (config / "areas/ours.geojson").write_text(
        collection(
            (square((0, 0)), {"name": "Alby", "code": "0127R001", "municipality": "0127"}),
            (square((2, 0)), {"name": "Fittja", "code": "0127R002", "municipality": "0127"}),
        )
    )
    return config


@pytest.fixture
def take(folder, tmp_path):
    """Plan an import of a file that holds this."""

    def plan(text, *, named="new.geojson", **wishes):
        file = tmp_path / named
        file.write_text(text)
        return plan_import(folder, [file], Wishes(**wishes))

    return plan


def test_preview_names_what_is_new_changed_and_gone_and_writes_nothing(take, folder):
    """By code, whatever the names are."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    text = collection(
        (square((0, 0)), {"name": "Albyberget", "code": "0127R001", "municipality": "0127"}),
        (square((4, 0)), {"name": "Hallunda", "code": "0127R003", "municipality": "0127"}),
    )
    changes = take(text, named="ours.geojson", kind=AreaKind.NEIGHBOURHOOD).changes

    assert [a.name for a in changes.new] == ["Hallunda"]
    assert [(was.code, now.code) for was, now in changes.changed] == []
    assert [a.name for a in changes.gone] == ["Fittja"]
    assert changes.same == 2
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_file_that_holds_all_of_another_takes_its_place_and_keeps_its_names(take, folder):
    """The whole country after a part of it: what people here say stays."""
    text = collection(
        regso("0127R001", "Albyberget", (0, 0)),
        regso("0127R002", "Fittja", (2, 0)),
        regso("0127R003", "Hallunda", (4, 0)),
    )
    planned = take(text)
    planned.carry_out()
    areas = load_areas(folder)

    assert planned.replaced == ("areas/ours.geojson",)
    assert [a.id for a in areas] == ["botkyrka", "berget", "fittja", "hallunda"]
    assert areas.chain("hallunda") == ("hallunda", "botkyrka")
    assert 'kind = "municipality"   # the large ones' in (folder / "areas.toml").read_text()


def test_larger_areas_are_listed_before_the_smaller(take, folder):
    """So that they lie around them."""
    text = collection((square((0, 0), 20), {"lansnamn": "Län", "lanskod": "01"}))
    take(text).carry_out()
    listed = tomllib.loads((folder / "areas.toml").read_text())["file"]

    assert [entry["kind"] for entry in listed] == ["county", "municipality", "neighbourhood"]
    assert load_areas(folder).chain("berget") == ("berget", "botkyrka", "lan")


def test_import_into_an_empty_folder_begins_the_list(take, folder):
    """The first map."""
    (folder / "areas.toml").unlink()
    take(collection((square((0, 0)), {"stadsdel": "SÖDER"}))).carry_out()
    (area,) = load_areas(folder)

    assert (area.id, area.name, area.kind) == ("soder", "Söder", AreaKind.DISTRICT)


def test_area_that_a_group_needs_can_not_be_taken_away(take, folder):
    """The bot would refuse to start: it is said before anything is written."""
    (folder / "groups.toml").write_text(GROUP)
    text = collection((square((0, 0)), {"name": "Alby", "code": "0127R001"}))
    with pytest.raises(ConfigError, match="no area is called fittja"):
        take(text, named="ours.geojson", kind=AreaKind.NEIGHBOURHOOD)


@pytest.mark.parametrize(
    ("properties", "wishes", "key"),
    [
        ({"namn": "A"}, {}, "--kind"),
        ({"x": "A"}, {"kind": AreaKind.CENTRE}, "--name"),
        ({"name": "A"}, {"kind": AreaKind.CENTRE, "name": "namn"}, "--name"),
        ({"name": "A"}, {"kind": AreaKind.CENTRE, "parent": "kommun"}, "--parent"),
    ],
    ids=["no kind", "no name", "wrong name", "wrong parent"],
)
def test_what_can_not_be_guessed_is_asked_for_by_the_option_s_name(take, properties, wishes, key):
    """With what there is to choose from."""
    with pytest.raises(ConfigError) as caught:
        take(collection((square((0, 0)), properties)), **wishes)

    assert caught.value.key == key


def test_half_of_the_codes_of_another_file_is_refused(take):
    """Neither in its place nor beside it."""
    with pytest.raises(ConfigError, match="0127R001 stands in"):
        take(collection(regso("0127R001", "Alby", (0, 0)), regso("0127R009", "Ö", (5, 5))))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("regso_2025_seed_areas.geojson", ("neighbourhood", "name", "regsokod", "kommun_code")),
        ("stockholm_stadsdelar.geojson", ("district", "name", "code", None)),
        ("swedish_municipalities.geojson", ("municipality", "kom_namn", "id", None)),
    ],
)
def test_published_files_are_understood(name, entry, tmp_path):
    """As they are: nobody should have to know their properties."""
    file = REAL_DATA / "geo" / name
    if not file.exists():
        pytest.skip("the published files are not here")
    codes = ("0127", "0180", "0191", "0163", "0480", "2582", "0486", "0481")
    spots = [(square((int(code) / 10_000, 0), 1e-5), code) for code in codes]
    around = collection(*[(spot, {"name": f"K{code}", "code": code}) for spot, code in spots])
    (tmp_path / "a.geojson").write_text(around)
    (tmp_path / "areas.toml").write_text('[[file]]\npath = "a.geojson"\nkind = "municipality"\n')
    if entry[0] == "municipality":
        (tmp_path / "areas.toml").unlink()
    (source,) = plan_import(tmp_path, [file], Wishes()).entries
    found = source.entry

    assert (found.kind, found.name, found.code, found.parent) == entry
