from typing import Dict, List

ROWS: List[int] = []
KEYS: Dict[str, int] = {}
