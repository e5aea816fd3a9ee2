# args: --target-version 3.10
# skips: 1 T22-kept
from typing import Dict, Optional, Tuple


class Padding:
    """Draw space around content.

    Args:
        pad (Tuple[int, int]): two numbers, in a
            Dict or an Optional.

    Example:
        >>> sizes: Dict[str, int] = {}
        >>> Padding(
        ...     (1, 2)
        ... )
    """

    def __init__(self, pad: Tuple[int, int], names: Optional[Dict[str, int]] = None) -> None:
        self.pad = pad
# output
from typing import Dict


class Padding:
    """Draw space around content.

    Args:
        pad (Tuple[int, int]): two numbers, in a
            Dict or an Optional.

    Example:
        >>> sizes: Dict[str, int] = {}
        >>> Padding(
        ...     (1, 2)
        ... )
    """

    def __init__(self, pad: tuple[int, int], names: dict[str, int] | None = None) -> None:
        self.pad = pad
