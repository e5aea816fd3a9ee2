from typing import List


def f(a: List[int]) -> None:
    match a:
        case [x]:
            print(x)
