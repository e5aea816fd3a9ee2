from typing import Tuple

PAIR: tuple[int, int] = (1, 2)
SEEN: set[int] = set()
