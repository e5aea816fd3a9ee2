# args: --target-version 3.11
import asyncio
import functools
import socket
from typing import Optional


class Old(object):
    @functools.lru_cache(maxsize=None)
    def f(self, name: Optional[str]) -> bytes:
        try:
            return ("%s" % name).encode("utf-8")
        except (asyncio.TimeoutError, socket.timeout, IOError):
            return super(Old, self).f("{0}".format(name))
# output
import asyncio
import functools
import socket


class Old(object):
    @functools.lru_cache(maxsize=None)
    def f(self, name: str | None) -> bytes:
        try:
            return ("%s" % name).encode("utf-8")
        except (asyncio.TimeoutError, socket.timeout, IOError):
            return super(Old, self).f("{0}".format(name))
