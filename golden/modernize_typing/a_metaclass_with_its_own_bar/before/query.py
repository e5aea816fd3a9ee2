from typing import Optional

from fields import Field, Text


A = Optional[Field]
B = Optional[Text]


class Field2:
    def f(self, x: Optional[int]) -> None: ...
