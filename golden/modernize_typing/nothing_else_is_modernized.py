# args: --target-version 3.10
import asyncio
import socket
from io import open
from typing import Any


class Old(object):
    def f(self, x: "Any") -> "set[int]":
        try:
            return set([1])
        except (asyncio.TimeoutError, socket.error):
            return super(Old, self).f("%s" % x)
