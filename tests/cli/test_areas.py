"""`grannbro areas import`: what an operator sees, and what is written."""

import json
import shutil

import pytest

from tests.town import ROOT

pytestmark = pytest.mark.slow

TORGET = {
    "type": "Feature",
    "properties": {"name": "Alby torg", "radius_m": 200},
    "geometry": {"type": "Point", "coordinates": [17.8452, 59.2394]},
}


@pytest.fixture
def config(tmp_path):
    """A copy of the example's configuration."""
    return shutil.copytree(ROOT / "config", tmp_path / "config")


@pytest.fixture
def centres(tmp_path):
    """An own drawn centre."""
    file = tmp_path / "centres.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [TORGET]}))
    return file


def test_own_centre_is_taken_in_after_a_preview(grannbro, config, centres):
    """The second time nothing is new."""
    first = grannbro("areas", "import", str(centres), config=config)
    again = grannbro("areas", "import", str(centres), config=config)

    assert first.exit_code == again.exit_code == 0
    assert "centre, called name" in first.out
    assert "new: 1 (Alby torg)" in first.out
    assert "Written. Restart the bot" in first.out
    assert "new: 0" in again.out
    assert (config / "areas/centres.geojson").exists()


def test_dry_run_writes_nothing(grannbro, config, centres):
    """It is for looking."""
    before = (config / "areas.toml").read_text()
    ended = grannbro(
        "areas", "import", str(centres), "--kind", "centre", "--dry-run", config=config
    )

    assert ended.exit_code == 0
    assert "Nothing is written." in ended.out
    assert (config / "areas.toml").read_text() == before
    assert not (config / "areas/centres.geojson").exists()


def test_file_that_can_not_be_used_ends_with_a_word(grannbro, config, tmp_path):
    """File, key and fix, as for every wrong configuration."""
    broken = tmp_path / "broken.geojson"
    broken.write_text("{")
    ended = grannbro("areas", "import", str(broken), config=config)

    assert ended.exit_code == 2
    assert "is no GeoJSON" in ended.err + ended.out
