from typing import Callable, List, Union

from .other import Thing

Option = Union[int, str]
Handler = Callable[[Thing], None]
Rest = Union[bytes, str]


def read(options: List[Option], handler: Handler, found: Union[int, None]) -> Rest: ...
