# path: shop.py
# unsafe: 7
import redis


def kept(client, name: str) -> object:
    try:
        return client.hgetall(name)
    except Exception:
        return None
