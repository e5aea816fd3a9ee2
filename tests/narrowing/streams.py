"""asyncio: connections that nobody takes, streams that end too early."""

import asyncio


async def reached(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except Exception:
        return False
    writer.close()
    return True


async def read(data: bytes, count: int) -> bytes:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    try:
        return await reader.readexactly(count)
    except Exception:
        return b"short"


async def until(data: bytes) -> bytes:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    try:
        return await reader.readuntil(b"\n")
    except Exception:
        return b"short"


async def run(command: str) -> bool:
    try:
        await asyncio.create_subprocess_exec(command)
    except Exception:
        return False
    return True


ARRIVE = [
    ("ConnectionRefusedError", lambda: asyncio.run(reached(9))),
    ("IncompleteReadError", lambda: asyncio.run(read(b"ab", 3))),
    ("IncompleteReadError", lambda: asyncio.run(until(b"ab"))),
    ("FileNotFoundError", lambda: asyncio.run(run("/no/such/program"))),
]
