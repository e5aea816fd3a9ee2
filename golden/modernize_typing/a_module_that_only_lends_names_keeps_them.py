# args: --target-version 3.10
# path: app/compat.py
# skips: 1 T22-kept
# skips: 1 T22-kept
# skips: 1 T22-kept
# skips: 2 T22-kept
from typing import Dict as Dict, List as List, Optional as Optional
from typing import Tuple  # noqa: F401

__all__ = ["Dict", "List", "Optional"]
