# args: --target-version 3.10
# skips: 5 T13-value
# skips: 6 T13-value
from typing import Dict, List, Optional


def test_kinds(parse):
    assert parse("ints") == List[int]
    assert parse("maybe") in (Optional[int], Dict[str, int])
