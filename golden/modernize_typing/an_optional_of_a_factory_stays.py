# args: --target-version 3.10
# skips: 8 T07-function
from typing import Optional


def connection(): ...


class Pool:
    spare: Optional[connection] = None
