# args: --unsafe
# path: shop.py
# skips: 14 N14-worker
import asyncio
import logging

import warehouse

log = logging.getLogger(__name__)


async def work(orders: asyncio.Queue) -> None:
    while True:
        order = await orders.get()
        try:
            await warehouse.ship(order)
        except Exception:
            log.exception("cannot ship %s", order)
