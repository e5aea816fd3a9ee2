# args: --unsafe
# path: shop.py
class Torn(Exception):
    pass


class Pages:
    def __init__(self, count: int) -> None:
        self.count = count

    def __aiter__(self) -> "Pages":
        return self

    async def __anext__(self) -> int:
        if self.count == 0:
            raise StopAsyncIteration
        if self.count == 3:
            raise Torn
        self.count -= 1
        return self.count


async def total(pages: Pages) -> int:
    result = 0
    try:
        async for page in pages:
            result += page
    except Exception:
        return 0
    return result
# output
class Torn(Exception):
    pass


class Pages:
    def __init__(self, count: int) -> None:
        self.count = count

    def __aiter__(self) -> "Pages":
        return self

    async def __anext__(self) -> int:
        if self.count == 0:
            raise StopAsyncIteration
        if self.count == 3:
            raise Torn
        self.count -= 1
        return self.count


async def total(pages: Pages) -> int:
    result = 0
    try:
        async for page in pages:
            result += page
    except Torn:
        return 0
    return result
