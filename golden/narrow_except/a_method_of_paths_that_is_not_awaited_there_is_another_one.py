# args: --unsafe
# path: shop.py
# skips: 4 N01-unknown
async def shelf(entry) -> bool:
    try:
        return await entry.is_dir()
    except Exception:
        return False
