"""`mail.smtp_url` and `mail.from`: a slip stops the start and says what to write."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from bot.configure import require_possible
from bot.errors import ConfigError
from bot.settings.loading import load_options
from bot.settings.mail import Security, read_smtp_url
from bot.settings.options import MailOptions
from tests.town import installation


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtps://a:b@mail.example.org", Security.TLS, 465),
        ("smtp+starttls://a:b@mail.example.org", Security.STARTTLS, 587),
        ("smtp+starttls://a:b@mail.example.org:2525/", Security.STARTTLS, 2525),
        ("smtp://127.0.0.1:1025", Security.PLAIN, 1025),
        ("smtp://localhost", Security.PLAIN, 25),
        ("smtp://[::1]:1025", Security.PLAIN, 1025),
    ],
)
def test_url_says_how_the_server_is_reached(url, security, port):
    """Each scheme has its usual port."""
    server = read_smtp_url(url)

    assert (server.security, server.port) == (security, port)


def test_password_may_hold_any_sign():
    """Written as URLs write them; never shown."""
    server = read_smtp_url("smtps://me%40x:hem%2Fligt%23@mail.example.org")

    assert (server.username, server.password) == ("me@x", "hem/ligt#")
    assert "ligt" not in repr(server)


@pytest.mark.parametrize(
    ("url", "fix"),
    [
        ("mail.example.org", "begin with smtps://"),
        ("http://mail.example.org", "begin with smtps://"),
        ("smtps://", "begin with smtps://"),
        ("smtp://mail.example.org", "for this machine alone"),
        ("smtp://10.0.0.1", "for this machine alone"),
        ("smtps://a@mail.example.org", "user name and a password"),
        ("smtps://a:b@mail.example.org/x", "end after the port"),
        ("smtps://a:b@mail.example.org:port", "that is no address"),
        ("smtps://a:hem#ligt@mail.example.org", "that is no address|end after|begin with"),
    ],
)
def test_wrong_url_says_what_to_write(url, fix):
    """And does not repeat the password."""
    with pytest.raises(ValueError, match=fix) as told:
        read_smtp_url(url)

    assert "ligt" not in str(told.value)


def test_wrong_url_stops_the_start_with_key_and_fix(tmp_path):
    """As every option does."""
    file = tmp_path / "grannbro.toml"
    file.write_text('[mail]\nsmtp_url = "smtp://mail.example.org"\nfrom = "a@b.se"\n')
    with pytest.raises(ConfigError) as told:
        load_options(tmp_path)

    assert told.value.key == "mail.smtp_url"
    assert "smtp+starttls://" in told.value.fix


@pytest.mark.parametrize(
    ("mail", "key"),
    [
        ({"smtp_url": "smtp://127.0.0.1"}, "mail.from"),
        ({"from": "bot@grannbro.se"}, "mail.smtp_url"),
    ],
)
def test_half_of_the_settings_stop_the_start(folder, mail, key):
    """Nothing would be sent, and somebody would wait for it."""
    town = installation(folder)
    options = town.options.model_copy(update={"mail": MailOptions.model_validate(mail)})
    with pytest.raises(ConfigError) as told:
        require_possible(replace(town, options=options), ["sv", "en"])

    assert told.value.key == key


def test_sender_is_an_address():
    """With a name before it or not."""
    assert MailOptions.model_validate({"from": "Grannbro <bot@grannbro.se>"}).from_
    with pytest.raises(ValidationError):
        MailOptions.model_validate({"from": "grannbro"})
