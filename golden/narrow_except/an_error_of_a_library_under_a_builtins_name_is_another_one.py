# args: --unsafe
# path: shop.py
import redis
import requests


def load(name: str) -> str:
    if not name:
        raise ConnectionError("cut")
    if name == "a":
        raise redis.exceptions.ConnectionError("no server")
    raise requests.ConnectionError("no page")


def loaded(name: str) -> str:
    try:
        return load(name)
    except Exception:
        return ""
# output
import redis
import requests


def load(name: str) -> str:
    if not name:
        raise ConnectionError("cut")
    if name == "a":
        raise redis.exceptions.ConnectionError("no server")
    raise requests.ConnectionError("no page")


def loaded(name: str) -> str:
    try:
        return load(name)
    except (ConnectionError, redis.ConnectionError, requests.ConnectionError):
        return ""
