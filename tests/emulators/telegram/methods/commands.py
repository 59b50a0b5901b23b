"""The menu of commands, per scope and language."""

import re

from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.wire import Json, bad_request

MOST_COMMANDS, LONGEST_DESCRIPTION = 100, 256
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def set_my_commands(call: Call) -> object:
    """Put a list in place of the one for the same scope and language."""
    commands = call.params.records("commands")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    call.bot.profile.commands[_key(call)] = commands
    return True


def get_my_commands(call: Call) -> object:
    """Read the list for exactly this scope and language."""
    return call.bot.profile.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> object:
    """Remove a list, so that a wider one counts."""
    call.bot.profile.commands.pop(_key(call), None)
    return True


def _check(command: Json) -> None:
    if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", ""))) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _key(call: Call) -> tuple[str, str]:
    scope = call.params.record("scope") or {"type": "default"}
    needed = SCOPES.get(str(scope.get("type")))
    if needed is None or any(name not in scope for name in needed):
        raise bad_request("can't parse BotCommandScope: unsupported type or a field is missing")
    language = call.params.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    return " ".join(str(scope[name]) for name in ("type", *needed)), language


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
