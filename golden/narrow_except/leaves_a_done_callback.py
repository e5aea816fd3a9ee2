# args: --unsafe
# path: shop.py
# skips: 9 N15-thread-or-task
import asyncio

PRICES = {"apple": 3}


def done(task: asyncio.Task) -> None:
    try:
        print(PRICES["apple"])
    except Exception:
        print("no apples")


def watch(task: asyncio.Task) -> None:
    task.add_done_callback(done)
