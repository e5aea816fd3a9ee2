# args: --target-version 3.10
# Licensed under the terms of a licence
#
# that is long: a head of many lines, in a file whose lines end in CR LF,
# is read line by line and not again and again, whatever it says about
# files that a program has made.
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
from typing import List, Optional


def f(a: Optional[int]) -> List[int]: ...
# output
# Licensed under the terms of a licence
#
# that is long: a head of many lines, in a file whose lines end in CR LF,
# is read line by line and not again and again, whatever it says about
# files that a program has made.
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#
#


def f(a: int | None) -> list[int]: ...
