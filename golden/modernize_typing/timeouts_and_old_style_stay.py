# args: --target-version 3.10
import asyncio
import socket
from typing import NoReturn


def f(wait) -> NoReturn:
    try:
        wait()
    except (asyncio.TimeoutError, socket.timeout, EnvironmentError) as e:
        raise IOError("%s" % e)
