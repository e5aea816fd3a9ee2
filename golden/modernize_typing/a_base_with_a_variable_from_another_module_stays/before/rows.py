from typing import List

from variables import Row


class Rows(List[Row]): ...


class Names(List[str]): ...
