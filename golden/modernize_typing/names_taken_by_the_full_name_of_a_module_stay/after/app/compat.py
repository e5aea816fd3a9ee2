from typing import List

ROWS: list[int] = []
KEYS: dict[str, int] = {}
