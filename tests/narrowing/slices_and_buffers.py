"""Bytes, buffers and numbers as bytes."""


def as_bytes(number: int, length: int) -> bytes:
    try:
        return number.to_bytes(length, "big")
    except Exception:
        return b"none"


def byte(numbers: list[int]) -> bytes:
    try:
        return bytes(numbers)
    except Exception:
        return b"none"


def view(data: bytes, place: int) -> int:
    try:
        return memoryview(data)[place]
    except Exception:
        return -1


def put(data: bytearray, place: int, value: int) -> bool:
    try:
        data[place] = value
    except Exception:
        return False
    return True


def every(data: list[int], step: int) -> list[int]:
    try:
        return data[::step]
    except Exception:
        return []


def numbers(count: int, step: int) -> int:
    try:
        return len(range(0, count, step))
    except Exception:
        return -1


def shifted(number: int, by: int) -> int:
    try:
        return number << by
    except Exception:
        return -1


def zipped(left: list[int], right: list[int]) -> int:
    try:
        return len(list(zip(left, right, strict=True)))
    except Exception:
        return -1


ARRIVE = [
    ("OverflowError", lambda: as_bytes(300, 1)),
    ("OverflowError", lambda: as_bytes(-1, 1)),
    ("ValueError", lambda: byte([300])),
    ("IndexError", lambda: view(b"", 0)),
    ("IndexError", lambda: put(bytearray(), 0, 1)),
    ("ValueError", lambda: put(bytearray(1), 0, 300)),
    ("ValueError", lambda: every([1], 0)),
    ("ValueError", lambda: numbers(3, 0)),
    ("ValueError", lambda: shifted(1, -1)),
    ("ValueError", lambda: zipped([1], [])),
]
