from typing import Callable, Union

from .other import Thing

Option = Union[int, str]
Handler = Callable[[Thing], None]
Rest = bytes | str


def read(options: list[Option], handler: Handler, found: int | None) -> Rest: ...
