"""grannbro.toml, the environment over it, and secrets from files."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import make_parts
from bot.domain.retention import Lifetimes
from bot.errors import ConfigError
from bot.settings.loading import load_installation
from bot.settings.retention import RetentionOptions
from tests.settings.conftest import Folder
from tests.settings.test_places import AREAS, GROUP, geojson
from tests.town import ROOT, FakeClock

OPTIONS = "grannbro.toml"
NAMES = [
    ("DATABASE_URL", "database_url", "sqlite+aiosqlite:///x.db"),
    ("KEYS_URL", "keys_url", "sqlite+aiosqlite:///k.db"),
    ("DATA_DIR", "data_dir", "elsewhere"),
    ("TIMEZONE", "timezone", "Europe/Helsinki"),
    ("LANGUAGE", "language", "en"),
    ("TELEGRAM__TOKEN", "telegram.token", "42:abc"),
    ("TELEGRAM__API_BASE", "telegram.api_base", "http://127.0.0.1:8081"),
    ("TELEGRAM__WEBHOOK_URL", "telegram.webhook_url", "https://example.org/x"),
    ("TELEGRAM__WEBHOOK_SECRET", "telegram.webhook_secret", "s"),
    ("MATRIX__HOMESERVER", "matrix.homeserver", "https://hem.example.org"),
    ("MATRIX__USER_ID", "matrix.user_id", "@bot:hem.example.org"),
    ("MATRIX__PASSWORD", "matrix.password", "p"),
    ("MATRIX__ACCESS_TOKEN", "matrix.access_token", "t"),
    ("MATRIX__DEVICE_ID", "matrix.device_id", "D"),
    ("MAIL__SMTP_URL", "mail.smtp_url", "smtps://post.example.org"),
    ("MAIL__FROM", "mail.from_", "bot@example.org"),
    ("WEB__HOST", "web.host", "0.0.0.0"),
    ("WEB__PORT", "web.port", "9090"),
    ("WEB__URL", "web.url", "https://chatt.example.org"),
    ("WEB__SECRET", "web.secret", "w"),
    ("LOG__LEVEL", "log.level", "debug"),
    *(
        (f"RETENTION__{name.upper()}", f"retention.{name}", "40")
        for name in RetentionOptions.model_fields
        if not name.startswith(("report", "note"))
    ),
    ("RETENTION__REPORT_GREEN_DAYS", "retention.report_green_days", "40"),
    ("RETENTION__REPORT_YELLOW_DAYS", "retention.report_yellow_days", "100"),
    ("RETENTION__REPORT_RED_DAYS", "retention.report_red_days", "200"),
    ("RETENTION__NOTE_DAYS", "retention.note_days", "8"),
]
SECRETS = [
    "DATABASE_URL",
    "KEYS_URL",
    "TELEGRAM__TOKEN",
    "TELEGRAM__WEBHOOK_SECRET",
    "MATRIX__PASSWORD",
    "MATRIX__ACCESS_TOKEN",
    "MAIL__SMTP_URL",
    "WEB__SECRET",
]


def value_of(options: object, path: str) -> str:
    """What an option holds, secret or not, as it would be written."""
    for part in path.split("."):
        options = getattr(options, part)
    return options.get_secret_value() if isinstance(options, SecretStr) else str(options)


def test_example_installation_loads(config):
    """What `make demo` runs, and what operators copy."""
    town = load_installation(ROOT / "config")

    assert {group.id for group in town.groups} == {"alby-grannar", "butikerna"}
    assert [c.organisation.id for c in town.organisations] == ["polisen", "botkyrka-kommun"]
    for slug in ("botkyrka", "albyberget", "stockholm", "gamla-stan"):
        assert town.areas.get(slug) is not None


def test_empty_folder_is_an_installation_of_defaults(config):
    """Every option has a value that works."""
    town = config.load()

    assert town.options.database_url == "sqlite+aiosqlite:///var/grannbro.db"
    assert town.options.data_dir == Path("var")
    assert town.options.keys_address == "sqlite+aiosqlite:///var/keys.db"
    assert str(town.options.zone) == "Europe/Stockholm"
    assert town.options.web.address == "http://127.0.0.1:8080"
    assert (len(town.areas), town.groups, town.organisations) == (0, (), ())


def test_folder_that_is_not_there_is_refused(config):
    """A slip in --config must not start an empty bot, which would forget its groups."""
    with pytest.raises(ConfigError, match="nowhere: --config: is no folder"):
        load_installation(config.path / "nowhere")


@pytest.mark.parametrize(("name", "path", "value"), NAMES, ids=[name for name, _, _ in NAMES])
def test_every_name_is_read_from_the_environment(config, name, path, value):
    """Fixed names: installations rely on them."""
    options = config.with_variable(name, value).load().options

    assert value_of(options, path) == value


def test_lists_and_tables_are_json_in_the_environment(config):
    """A line of the environment can hold nothing else."""
    config.with_variable("OWNERS", '["telegram:42", "web:bosse"]')
    config.with_variable("WEB__ROOMS", '{"torget": "Alby torg"}')
    config.with_variable("LOG__JSON", "true")
    options = config.load().options

    assert options.owners == ("telegram:42", "web:bosse")
    assert options.web.rooms == {"torget": "Alby torg"}
    assert options.log.json_lines


def test_environment_overrules_the_file_name_by_name(config):
    """What it does not say stays as the file has it."""
    config.says(OPTIONS, 'language = "en"\n[web]\nport = 1\nhost = "::1"')
    options = config.with_variable("WEB__PORT", "2").load().options

    assert (options.web.port, options.web.host, options.language) == (2, "::1", "en")


def test_public_address_overrules_host_and_port(config):
    """Personal links lead where people can reach it."""
    config.says(OPTIONS, '[web]\nurl = "https://chatt.example.org"')

    assert config.load().options.web.address == "https://chatt.example.org"


@pytest.mark.parametrize("name", SECRETS)
def test_secret_comes_from_a_file(config, name):
    """Over the config folder; the line end is no part of it."""
    path = next(path for known, path, _ in NAMES if known == name)
    secret = "smtps://42:hemligt@åäö.se" if name.startswith("MAIL") else "42:hemligt:åäö"
    config.says("secret", f"{secret}\n").says(OPTIONS, '[web]\nsecret = "old"')
    config.with_variable(f"{name}_FILE", str(config.path / "secret"))

    assert value_of(config.load().options, path) == secret


def test_secret_given_twice_is_refused(config):
    """Nobody could tell which one is in use."""
    config.says("secret", "one").with_variable("WEB__SECRET", "two")
    refusal = config.with_variable("WEB__SECRET_FILE", str(config.path / "secret")).refusal()

    assert (refusal.where, refusal.key) == ("environment", "GRANNBRO_WEB__SECRET_FILE")
    assert refusal.fix == "GRANNBRO_WEB__SECRET is set, too; keep one of them"


@pytest.mark.parametrize(
    ("data", "fix"),
    [
        (None, "secret cannot be read (No such file or directory)"),
        (b" \n", "secret is empty"),
        (b"\xff\xfe\x80", "secret holds no text"),
    ],
    ids=["missing", "empty", "binary"],
)
def test_secret_file_that_holds_none_is_refused(config, data, fix):
    """And names the variable, for the file's content must not be shown."""
    if data is not None:
        config.says("secret", data)
    refusal = config.with_variable("WEB__SECRET_FILE", str(config.path / "secret")).refusal()

    assert refusal.key == "GRANNBRO_WEB__SECRET_FILE"
    assert refusal.fix == fix


def test_secret_for_a_section_that_is_none_blames_the_file(config):
    """The secret has nowhere to go, but it is not what is wrong."""
    config.says("secret", "s").says(OPTIONS, "web = 3")
    refusal = config.with_variable("WEB__SECRET_FILE", str(config.path / "secret")).refusal()

    assert (refusal.where, refusal.key) == (OPTIONS, "web")


@pytest.mark.parametrize("in_file", [True, False], ids=["file", "environment"])
def test_empty_secret_is_refused(config, in_file):
    """Sessions signed with nothing could be made by anybody."""
    if in_file:
        config.says(OPTIONS, '[web]\nsecret = ""')
    else:
        config.with_variable("WEB__SECRET", "")
    refusal = config.refusal()

    assert refusal.where == (OPTIONS if in_file else "environment (GRANNBRO_WEB__SECRET)")
    assert refusal.key == "web.secret"
    assert "fill it or remove it" in refusal.fix


@pytest.mark.parametrize(
    ("text", "key", "fix"),
    [
        ('langage = "sv"', "langage", "is unknown; did you mean language?"),
        ("[wbe]\nport = 1", "wbe", "is unknown; did you mean web?"),
        ("[web]\nprot = 1", "web.prot", "is unknown; did you mean port?"),
        ("[log]\njsn = true", "log.jsn", "is unknown; did you mean json?"),
        (
            "[mail]\nzzz = 1",
            "mail.zzz",
            "is unknown; remove it (known here: from, most_an_hour, most_an_hour_each,"
            " officials_an_hour, smtp_url)",
        ),
        ("[web]\nport = 0", "web.port", "Input should be greater than or equal to 1"),
        ('[log]\nlevel = "loud"', "log.level", "Input should be 'debug', 'info', 'warning' or"),
        ('owners = ["bosse"]', "owners.0", "'bosse' is not of the form platform:id"),
        ('owners = "web:bosse"', "owners", "Input should be a valid tuple"),
        ('timezone = "Mars"', "timezone", "no time zone is called 'Mars'; use Europe/Stockholm"),
        ('timezone = "../x"', "timezone", "no time zone is called '../x'"),
        ('timezone = "Europe"', "timezone", "no time zone is called 'Europe'"),
        ("[retention]\nnote_days = 0", "retention.note_days", "Input should be greater than"),
        ("[retention]\nnote_days = 31", "retention.note_days", "Input should be less than"),
        ("[retention]\nnote_days = 1.5", "retention.note_days", "Input should be a valid integer"),
        ("web = 3", "web", "Input should be a valid dictionary"),
        ("web = [", "file", "is no TOML: Invalid value"),
    ],
)
def test_wrong_file_is_refused_with_key_and_fix(config, text, key, fix):
    """It starts only if it understood everything."""
    refusal = config.says(OPTIONS, text).refusal()

    assert (refusal.where, refusal.key) == (OPTIONS, key)
    assert refusal.fix.startswith(fix)


@pytest.mark.parametrize(
    ("said", "key", "fix"),
    [
        (
            "report_green_days = 100",
            "report_yellow_days",
            "is 90, less than report_green_days (100); raise it to 100 or lower report_green_days",
        ),
        (
            "report_red_days = 89",
            "report_red_days",
            "is 89, less than report_yellow_days (90); raise it to 90 or lower report_yellow_days",
        ),
    ],
    ids=["green-above-yellow", "red-below-yellow"],
)
def test_report_that_matters_more_is_not_kept_shorter(config, said, key, fix):
    """Whether both are said or one of them."""
    refusal = config.says(OPTIONS, f"[retention]\n{said}").refusal()

    assert (refusal.where, refusal.key) == (OPTIONS, f"retention.{key}")
    assert refusal.fix == fix


def test_lifetime_in_the_environment_is_refused_as_such(config):
    """Who looks for it in the file would look in vain."""
    refusal = config.with_variable("RETENTION__NOTE_DAYS", "0").refusal()

    assert refusal.where == "environment (GRANNBRO_RETENTION__NOTE_DAYS)"


def test_lifetimes_that_nothing_is_said_about_are_the_usual_ones(config):
    """And each option sets its own."""
    says = config.says(OPTIONS, "[retention]\nupdate_seen_hours = 24").load().options.retention

    assert RetentionOptions().lifetimes == Lifetimes()
    assert says.lifetimes == Lifetimes(update_seen=timedelta(hours=24))


def test_file_that_cannot_be_read_is_refused(config):
    """It is there, so somebody meant it to be heard."""
    (config.path / OPTIONS).mkdir()
    refusal = config.refusal()

    assert (refusal.where, refusal.key) == (OPTIONS, "file")
    assert refusal.fix.startswith("cannot be read (Is a directory)")


def test_file_that_is_no_text_is_refused(config):
    """An editor may have saved it in another encoding."""
    refusal = config.says(OPTIONS, b"\xff\xfe").refusal()

    assert (refusal.where, refusal.key) == (OPTIONS, "file")
    assert refusal.fix.startswith("is no TOML")


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("WEB__PORT", "x", "Input should be a valid integer"),
        ("LOG__JSON", "maybe", "Input should be a valid boolean"),
        ("TIMEZONE", "Mars", "no time zone is called 'Mars'"),
        ("OWNERS", '["bosse"]', "'bosse' is not of the form platform:id"),
    ],
)
def test_wrong_value_in_the_environment_is_refused_as_such(config, name, value, fix):
    """Who looks for it in the file would look in vain."""
    refusal = config.says(OPTIONS, '[web]\nport = 80\nhost = "::1"').with_variable(name, value)

    assert refusal.refusal().where == f"environment (GRANNBRO_{name})"
    assert refusal.refusal().fix.startswith(fix)


@pytest.mark.parametrize("name", ["OWNERS", "WEB__ROOMS"])
def test_list_in_the_environment_that_is_no_json_is_refused(config, name):
    """With an example of how to write it."""
    refusal = config.with_variable(name, "web:bosse").refusal()

    assert (refusal.where, refusal.key) == ("environment", f"GRANNBRO_{name}")
    assert re.match(r"is no JSON; write it like \[", refusal.fix)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("WEB_PORT", "WEB__PORT"),
        ("TELEGRAM_TOKEN", "TELEGRAM__TOKEN"),
        ("OWNER", "OWNERS"),
        ("WEB__SECRETFILE", "WEB__SECRET_FILE"),
    ],
)
def test_unknown_variable_is_refused_with_the_nearest(config, name, near):
    """A forgotten underscore would else be an option that has no effect."""
    refusal = config.with_variable(name, "1").refusal()

    assert (refusal.where, refusal.key) == ("environment", f"GRANNBRO_{name}")
    assert refusal.fix == f"is unknown; did you mean GRANNBRO_{near}?"


def test_unknown_variable_that_is_near_to_none_shows_all(config):
    """The prefix that all share makes none of them near."""
    fix = config.with_variable("QQQ", "1").refusal().fix

    assert fix.startswith("is unknown; remove it (known here: GRANNBRO_DATABASE_URL,")


NOT_POSSIBLE = [
    ("language", '"xx"', "use one of en, sv"),
    (
        "matrix.homeserver",
        '"https://x.org"',
        "set matrix.access_token, too, or matrix.user_id and matrix.password",
    ),
    *(
        (key, f'"{url}"', "this version stores in a file; write sqlite+aiosqlite:///PATH")
        for key in ("database_url", "keys_url")
        for url in ("nonsense", "postgresql+asyncpg://db.example.org/grannbro", "mysql://x/y")
    ),
]
"""What can be read and can't be done."""


@pytest.mark.parametrize(("key", "value", "fix"), NOT_POSSIBLE)
def test_what_this_version_can_t_do_is_refused_where_it_stands_in_the_file(
    config, key, value, fix
):
    """A bot that ignored it would be another one than the operator asked for."""
    section, _, name = key.rpartition(".")
    config.says(OPTIONS, f"[{section}]\n{name} = {value}" if section else f"{name} = {value}")
    refusal = refusal_at_start(config)

    assert (refusal.where, refusal.key) == (str(config.path / OPTIONS), key)
    assert refusal.fix == fix


@pytest.mark.parametrize(("key", "value", "fix"), NOT_POSSIBLE)
def test_what_this_version_can_t_do_is_refused_by_the_name_of_its_variable(
    config, key, value, fix
):
    """Who looks for it in the file would look in vain."""
    name = key.replace(".", "__").upper()
    config.says(OPTIONS, "[web]\nport = 80").with_variable(name, value.strip('"'))
    refusal = refusal_at_start(config)

    assert (refusal.where, refusal.key) == (f"environment (GRANNBRO_{name})", key)
    assert refusal.fix == fix


def test_what_a_secret_file_asks_for_is_refused_by_the_name_of_its_variable(config):
    """The file's own name could be a secret's."""
    config.says("token", "no token at all").with_variable(
        "TELEGRAM__TOKEN_FILE", str(config.path / "token")
    )

    assert refusal_at_start(config).where == "environment (GRANNBRO_TELEGRAM__TOKEN_FILE)"


def test_group_that_speaks_an_unknown_language_is_refused(config):
    """It would else be spoken to in another one, and nobody would know why."""
    config.says("areas.toml", AREAS).says("a.geojson", geojson())
    config.says("groups.toml", GROUP + 'languages = ["sv", "fi", "sv-FI"]')
    refusal = refusal_at_start(config)

    assert refusal.where == str(config.path / "groups.toml")
    assert refusal.key == "group.0 (grannar).languages"
    assert refusal.fix == "there are no texts in fi, sv-FI; use en or sv"


def test_group_may_speak_every_language_that_there_is(config):
    """In any order."""
    config.says("areas.toml", AREAS).says("a.geojson", geojson())
    town = config.says("groups.toml", GROUP + 'languages = ["en", "sv"]').load()

    assert make_parts(town, FakeClock()).texts.languages == ("en", "sv")


def refusal_at_start(config: Folder) -> ConfigError:
    """Read everything, and start in vain."""
    with pytest.raises(ConfigError) as caught:
        make_parts(config.load(), FakeClock())
    return caught.value


def test_secret_is_shown_nowhere(config):
    """Neither by an error nor by what prints the options."""
    options = config.with_variable("TELEGRAM__TOKEN", "42:abc").load().options

    assert "42:abc" not in repr(options)
