# args: --target-version 3.10 --only 604
from typing import Callable, Dict, List, Optional


def f(a: Optional[Dict[str, int]], b: Callable[[], int]) -> List[int]: ...
# output
from typing import Callable, Dict, List, Optional


def f(a: Dict[str, int] | None, b: Callable[[], int]) -> List[int]: ...
