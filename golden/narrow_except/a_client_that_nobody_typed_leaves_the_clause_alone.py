# args: --unsafe
# path: shop.py
# skips: 7 N01-unknown
import redis


def kept(client, name: str) -> object:
    try:
        return client.hgetall(name)
    except Exception:
        return None
