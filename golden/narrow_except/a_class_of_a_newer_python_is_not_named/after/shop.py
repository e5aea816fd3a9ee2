import asyncio


def order(waiting: asyncio.Queue) -> str:
    try:
        return waiting.get_nowait()
    except asyncio.QueueEmpty:
        return ""
