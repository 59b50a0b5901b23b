"""A homeserver with its own limits, which nobody has lifted for the bot."""

import re
from pathlib import Path

import pytest

from tests.e2e.across import make_program, write_groups
from tests.emulators.telegram import Emulator
from tests.servers.matrix.gate import Asked, Gate
from tests.servers.matrix.people import People
from tests.servers.matrix.sight import Seen
from tests.servers.matrix.synapse import Synapse

pytestmark = pytest.mark.slow
LINES = 60
WAITING = 5
"""So many come one by one; those after them stand together, as the operator has set it."""
PATIENCE_S = 150.0
A_MOMENT_S = 0.05
"""What clocks of two processes may differ by."""


async def test_burst_arrives_whole_in_order_and_once(
    limited_synapse: Synapse, tmp_path: Path
) -> None:
    """Ten lines at once and then one every five seconds: the bot asks for no more than that."""
    async with (
        Emulator() as emulator,
        People(limited_synapse) as people,
        Gate(limited_synapse.url) as gate,
    ):
        bot, bo = emulator.town.bot(), emulator.town.person("Bo")
        chat = emulator.town.supergroup("Alby torg", bo, bot)
        bo.manages(chat).promotes(bot)
        anna, account = await people.arrives("Anna"), await people.account("granne")
        room = await anna.opens("Alby backe", invites=[account.id])
        program = make_program(tmp_path, emulator, bot, limited_synapse, account)
        program.variables["GRANNBRO_MATRIX__HOMESERVER"] = gate.url
        program.variables["GRANNBRO_RELAY__BURST_AFTER_LINES"] = str(WAITING)
        write_groups(program.config, [(chat.id, room)])
        await program.start()
        await anna.sees(room, "Så här blir rummet klart", within_s=60)
        for number in range(LINES):
            bo.writes(chat, f"rad {number}.")
        await anna.sees(room, f"rad {LINES - 1}.", within_s=PATIENCE_S)
        seen = [one for one in await anna.reads(room) if "rad " in one.text]
        await program.stop()

    assert _lines_in(seen) == list(range(LINES))
    assert gate.sent(429)
    assert [one for one in gate.sent(429) if _was_not_obeyed(one, gate)] == []
    assert len(gate.sent(429)) <= len(gate.sent(200))
    assert len(gate.asked) < 4 * LINES


def _lines_in(seen: list[Seen]) -> list[int]:
    """Return the numbers of all lines, those told by their count alone among them."""
    found: list[int] = []
    for one in seen:
        numbers = [int(number) for number in re.findall(r"rad (\d+)\.", one.text)]
        gathered = re.match(r"💬 (\d+) ", one.text)
        if gathered is not None:
            count = int(gathered[1])
            # The last ones stand there whole; the others are those right before them.
            numbers = [*range(numbers[-1] + 1 - count, numbers[0]), *numbers]
        found += numbers
    return found


def _was_not_obeyed(refused: Asked, gate: Gate) -> bool:
    """Whether something was sent before the time was over that the server had asked for."""
    until_s = refused.answered_at_s + refused.wait_s - A_MOMENT_S
    later = [one for one in gate.asked if one.is_sending]
    return any(refused.answered_at_s < one.asked_at_s < until_s for one in later)
