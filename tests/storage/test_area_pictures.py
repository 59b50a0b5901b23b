"""Pictures of areas, drawn from their borders."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from shapely.geometry import MultiPolygon, box

from bot.domain.areas import AreaMap
from bot.errors import NotDrawn
from bot.storage.area_drawing import HEIGHT_PX, WIDTH_PX, view_of
from bot.storage.area_pictures import DrawnAreas
from bot.storage.lettering import Lettering
from tests.town import AREAS

FILL, WATER = (243, 193, 95), (215, 230, 236)


def an_area(**changes):
    """Albyberget with something else about it."""
    area = AREAS.get("albyberget")
    assert area is not None
    return replace(area, parent=None, **changes)


async def drawn(area, folder, areas=None):
    """The picture of an area."""
    pictures = DrawnAreas(folder, areas or AreaMap([area]))
    await pictures.draw(area)
    return Image.open(io.BytesIO(await pictures.of(area)))


def is_like(pixel, colour):
    """Whether it is that colour, as far as a JPEG keeps it."""
    return all(abs(one - other) < 16 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    "slug", ["albyberget", "gamla-stan", "botkyrka", "varmdo", "norrbottens-lan"]
)
async def test_every_sort_of_area_can_be_drawn(slug, tmp_path):
    """From a few streets to the far north."""
    area = AREAS.get(slug)
    picture = await drawn(area, tmp_path, AREAS)

    assert picture.size == (WIDTH_PX, HEIGHT_PX)
    assert picture.format == "JPEG"


async def test_area_is_filled_and_its_hole_is_not(tmp_path):
    """A ring around a lake."""
    ring = box(18.0, 60.0, 18.04, 60.02).difference(box(18.01, 60.005, 18.03, 60.015))
    picture = await drawn(an_area(border=ring, name="Ö"), tmp_path)
    view = view_of(ring)

    def pixel(lon, lat):
        across, down = view.spot(lon, lat)
        return picture.getpixel((round(across / 2), round(down / 2)))

    assert is_like(pixel(18.005, 60.003), FILL)
    assert is_like(pixel(18.02, 60.0125), WATER)
    assert is_like(pixel(18.045, 60.01), WATER)


async def test_north_is_up_and_east_is_right(tmp_path):
    """A square stays a square on the ground."""
    view = view_of(box(18.0, 60.0, 18.02, 60.01))
    west, south = view.spot(18.0, 60.0)
    east, north = view.spot(18.02, 60.01)

    assert east > west
    assert north < south
    assert (east - west) / (south - north) == pytest.approx(1.0, abs=0.01)


async def test_islands_and_specks_can_be_drawn(tmp_path):
    """Neither many parts nor a border smaller than a house stop it."""
    many = MultiPolygon([box(x / 50, 60 + y / 50, x / 50 + 0.01, 60.01 + y / 50)
                         for x in range(20) for y in range(20)])  # fmt: skip
    for border in (many, box(18.0, 60.0, 18.00001, 60.00001)):
        picture = await drawn(an_area(border=border), tmp_path)
        assert picture.size == (WIDTH_PX, HEIGHT_PX)


async def test_changed_border_or_name_is_drawn_anew(tmp_path):
    """Kept by what it shows, not by when."""
    for area in (an_area(), an_area(name="Alby"), an_area(border=box(18, 60, 18.1, 60.1))):
        await drawn(area, tmp_path)
        await drawn(area, tmp_path)

    assert len(list(tmp_path.glob("*.jpg"))) == 3


async def test_folder_that_can_not_be_written_costs_only_time(tmp_path):
    """A full disk keeps nobody from seeing the map."""
    blocked = tmp_path / "file"
    blocked.write_text("")

    assert (await drawn(an_area(), blocked / "pictures")).size == (WIDTH_PX, HEIGHT_PX)


async def test_picture_is_drawn_before_it_is_asked_for(tmp_path):
    """Whoever asks holds a transaction; drawing is for when nobody waits."""
    area = an_area()
    pictures = DrawnAreas(tmp_path, AreaMap([area]))
    with pytest.raises(NotDrawn):
        await pictures.of(area)
    await pictures.draw(area)
    once = await pictures.of(area)
    for file in tmp_path.glob("*.jpg"):
        file.unlink()

    assert once[:2] == b"\xff\xd8"
    with pytest.raises(NotDrawn):
        await pictures.of(area)


def test_names_are_written_with_swedish_letters():
    """Pillow's own typeface has none of them."""
    lettering = Lettering()

    assert lettering.readable("Håbo") == "Håbo"
    assert bytes(lettering.font(20).getmask("å")) != bytes(lettering.font(20).getmask("a"))
    assert bytes(lettering.font(20).getmask("å")) != bytes(lettering.font(20).getmask("ä"))
