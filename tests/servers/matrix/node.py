"""The process in which people's encrypting apps run; one line of JSON a call."""

import asyncio
import itertools
import json
from pathlib import Path

from tests.servers.matrix.asking import Json, as_object
from tests.servers.matrix.place import PLACE, program

PATIENCE_S = 30.0
_PROGRAM = Path(__file__).with_name("encrypting.mjs")
_LONGEST_LINE_BYTES = 100_000_000


class AppFailed(Exception):
    """The app could not do that; the message is what it said."""


class Node:
    """Apps of several people in one process, which the first call starts."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._numbers = itertools.count(1)
        self._open: dict[int, asyncio.Future[object]] = {}
        self._complaints = bytearray()

    async def call(self, who: str, does: str, what: Json) -> object:
        """Let somebody's app do something.

        Raises:
            AppFailed: It could not, or it took too long.
        """
        process = self._process or await self._start()
        number = next(self._numbers)
        answer = self._open[number] = asyncio.get_running_loop().create_future()
        call: Json = {"id": number, "who": who, "does": does, "with": what}
        assert process.stdin is not None
        process.stdin.write(json.dumps(call).encode() + b"\n")
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await answer
        except TimeoutError:
            said = self._complaints[-2000:].decode(errors="replace")
            raise AppFailed(f"{does} takes longer than {PATIENCE_S} s\n{said}") from None
        finally:
            self._open.pop(number, None)

    async def close(self) -> None:
        """End it."""
        if self._process is None or self._reading is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reading
        self._process = None

    async def _start(self) -> asyncio.subprocess.Process:
        self._process = process = await asyncio.create_subprocess_exec(
            program("node"),
            _PROGRAM,
            PLACE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE_BYTES,
        )
        self._reading = asyncio.create_task(self._read(process))
        return process

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen(process.stdout))
            tasks.create_task(self._note_complaints(process.stderr))
        for waiting in self._open.values():
            waiting.set_exception(AppFailed(f"it has ended\n{self._complaints.decode()}"))

    async def _listen(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            said = as_object(json.loads(line))
            waiting = self._open.get(int(str(said["id"])))
            if waiting is None or waiting.done():
                continue
            if "refused" in said:
                waiting.set_exception(AppFailed(str(said["refused"])))
            else:
                waiting.set_result(said.get("got"))

    async def _note_complaints(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            self._complaints += line
