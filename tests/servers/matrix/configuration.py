"""What Synapse is told: SQLite, loopback, and nothing switched on that no test looks at."""

import base64
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

SERVER_NAME = "grannar.test"
SECRET = "only for tests"
_FREE = {"per_second": 100_000, "burst_count": 100_000}
_NO_LIMITS = {
    "rc_message": _FREE,
    "rc_registration": _FREE,
    "rc_login": {"address": _FREE, "account": _FREE, "failed_attempts": _FREE},
    "rc_joins": {"local": _FREE, "remote": _FREE},
    "rc_joins_per_room": _FREE,
    "rc_invites": {"per_room": _FREE, "per_user": _FREE, "per_issuer": _FREE},
    "rc_media_create": _FREE,
    "rc_room_creation": _FREE,
    "rc_key_requests": _FREE,
    "rc_profile": _FREE,
    "rc_reports": _FREE,
    "rc_delayed_event_mgmt": _FREE,
}
_LOGGING = {
    "version": 1,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["out"]},
    "disable_existing_loggers": False,
}


def write_configuration(folder: Path, *, port: int, limited: bool, room_version: str) -> Path:
    """Write all that a server needs to start at once; return the configuration's file.

    Args:
        folder: Where all of it is kept.
        port: On which it serves, on loopback alone.
        limited: Whether Synapse's own default limits hold; else there are none.
        room_version: What rooms are made as when nobody says otherwise.
    """
    seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    (folder / "signing.key").write_text(f"ed25519 a_1 {seed}\n", encoding="utf-8")
    _write(folder / "logging.json", _LOGGING)
    return _write(
        folder / "homeserver.json",
        {
            "server_name": SERVER_NAME,
            "public_baseurl": f"http://127.0.0.1:{port}/",
            "listeners": [
                {
                    "port": port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "resources": [{"names": ["client", "media"], "compress": False}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(folder / "synapse.db")}},
            "media_store_path": str(folder / "media"),
            "signing_key_path": str(folder / "signing.key"),
            "log_config": str(folder / "logging.json"),
            "pid_file": str(folder / "synapse.pid"),
            "registration_shared_secret": SECRET,
            "macaroon_secret_key": SECRET,
            "form_secret": SECRET,
            "default_room_version": room_version,
            "bcrypt_rounds": 4,
            "trusted_key_servers": [],
            "federation_domain_whitelist": [],
            "report_stats": False,
            "presence": {"enabled": False},
            "push": {"enabled": False},
            "user_directory": {"enabled": False, "search_all_users": False},
            "enable_search": False,
            "url_preview_enabled": False,
            "max_upload_size": "50M",
            "thumbnail_sizes": [],
        }
        | ({} if limited else _NO_LIMITS),
    )


def _write(file: Path, content: Mapping[str, object]) -> Path:
    # JSON is YAML, and needs no library here.
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return file
