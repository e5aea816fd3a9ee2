import redis
from store import kept


def price(name: str) -> object:
    try:
        return kept(name)
    except redis.RedisError:
        return None
