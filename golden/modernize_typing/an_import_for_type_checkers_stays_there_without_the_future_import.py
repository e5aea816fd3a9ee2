# args: --target-version 3.11
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from shop import Cart
    from typing import Callable
def g(cart: "Cart") -> "Callable[[], int]": ...
# output
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from shop import Cart
    from collections.abc import Callable
def g(cart: "Cart") -> "Callable[[], int]": ...
