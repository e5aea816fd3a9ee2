from .compat import *


def f(a: Union[int, str], b: Optional[int]) -> None: ...
