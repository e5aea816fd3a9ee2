"""Queues that are full or empty, of threads and of asyncio."""

import asyncio
import queue


def taken(waiting: queue.Queue) -> str:
    try:
        return waiting.get_nowait()
    except Exception:
        return "empty"


def waited(waiting: queue.Queue) -> str:
    try:
        return waiting.get(timeout=0.01)
    except Exception:
        return "empty"


def put(waiting: queue.Queue, name: str) -> bool:
    try:
        waiting.put_nowait(name)
    except Exception:
        return False
    return True


async def taken_async() -> str:
    waiting: asyncio.Queue = asyncio.Queue()
    try:
        return waiting.get_nowait()
    except Exception:
        return "empty"


async def put_async() -> bool:
    waiting: asyncio.Queue = asyncio.Queue(maxsize=1)
    waiting.put_nowait("a")
    try:
        waiting.put_nowait("b")
    except Exception:
        return False
    return True


def full() -> queue.Queue:
    waiting: queue.Queue = queue.Queue(maxsize=1)
    waiting.put("a")
    return waiting


NARROWED = ["taken", "waited", "put", "taken_async", "put_async"]
ARRIVE = [
    ("Empty", lambda: taken(queue.Queue())),
    ("Empty", lambda: waited(queue.Queue())),
    ("Full", lambda: put(full(), "b")),
    ("QueueEmpty", lambda: asyncio.run(taken_async())),
    ("QueueFull", lambda: asyncio.run(put_async())),
]
