# args: --unsafe
# path: shop.py
# skips: 8 N01-unknown
import warehouse


async def price(name: str) -> int:
    coming = warehouse.price(name)
    try:
        return await coming
    except Exception:
        return 0
