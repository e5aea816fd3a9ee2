from typing import Set, Tuple

PAIR: Tuple[int, int] = (1, 2)
SEEN: Set[int] = set()
