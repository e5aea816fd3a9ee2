import enum

import library

TZ_EXPR = int | str
NO_TYPE = library.find()
NO_UNION = None
if library:
    NO_UNION = int | str


class retry_base: ...


class _TYPE_DEFAULT(enum.Enum):
    token = 0


class URL: ...


def make():
    class made: ...

    return made()


made = make()
