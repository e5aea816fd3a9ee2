# args: --unsafe
# path: shop.py
# skips: 19 N01-unknown
import anyio.to_thread
from anyio import to_thread


def price(text: str) -> int:
    return int(text)


async def known(text: str) -> int:
    try:
        return await anyio.to_thread.run_sync(price, text)
    except Exception:
        return 0


async def strange(work) -> int:
    try:
        return await to_thread.run_sync(work.find())
    except Exception:
        return 0
# output
import anyio.to_thread
from anyio import to_thread


def price(text: str) -> int:
    return int(text)


async def known(text: str) -> int:
    try:
        return await anyio.to_thread.run_sync(price, text)
    except ValueError:
        return 0


async def strange(work) -> int:
    try:
        return await to_thread.run_sync(work.find())
    except Exception:
        return 0
