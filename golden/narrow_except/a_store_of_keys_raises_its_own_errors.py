# args: --unsafe
# path: shop.py
import redis


def kept(name: str) -> object:
    try:
        client = redis.Redis()
        return client.get(name)
    except Exception:
        return None
# output
import redis


def kept(name: str) -> object:
    try:
        client = redis.Redis()
        return client.get(name)
    except redis.RedisError:
        return None
