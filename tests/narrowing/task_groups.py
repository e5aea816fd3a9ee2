"""What leaves a group of tasks is a group."""

import asyncio


async def price(prices: dict[str, int], name: str) -> int:
    return prices[name]


async def grouped(name: str) -> bool:
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(price({}, name))
            group.create_task(price({"apple": 1}, "apple"))
    except Exception:
        return False
    return True


async def beside_it(name: str) -> int:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(price({"apple": 1}, "apple"))
    try:
        return task.result() + {"apple": 1}[name]
    except Exception:
        return -1


ARRIVE = [
    ("ExceptionGroup", lambda: asyncio.run(grouped("pear"))),
    ("KeyError", lambda: asyncio.run(beside_it("pear"))),
]
