# args: --function mod.send --parameter log=False --value True
# path: mod.py
from functools import cache, lru_cache


@lru_cache(maxsize=None)
def send(text):
    return text


@cache
def other(text):
    return send(text)


send.cache_clear()
print(send.__name__)
# output
from functools import cache, lru_cache


@lru_cache(maxsize=None)
def send(text, log=False):
    return text


@cache
def other(text):
    return send(text, log=True)


send.cache_clear()
print(send.__name__)
