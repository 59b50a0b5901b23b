"""What is stored of somebody's wishes is what was said."""

import json

import pytest
from hypothesis import given

from bot.domain.alert_settings_json import alert_settings_from_json, alert_settings_to_json
from bot.domain.alerting import AlertSettings
from bot.domain.richtext_json import Json
from tests.domain.examples import json_objects
from tests.domain.times import alert_settings


@given(settings=alert_settings())
def test_settings_come_back_as_they_were_written(settings: AlertSettings) -> None:
    """All of them, through text."""
    written = json.loads(json.dumps(alert_settings_to_json(settings)))

    assert alert_settings_from_json(written) == settings


@given(written=json_objects("quiet", "red_breaks_quiet", "digest", "most_an_hour", "paused_until"))
def test_what_is_no_settings_is_refused(written: Json) -> None:
    """With one kind of error, whatever it is."""
    with pytest.raises(ValueError, match="settings"):
        alert_settings_from_json(written)
