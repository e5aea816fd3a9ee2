# args: --target-version 3.10
# skips: 3 T08-operand
from typing import Optional, Union

Something = Union[
    "int".__class__.__mro__.__class__,
    str,
]


class AnAccountWithAVeryLongNameIndeedForATest: ...
class ACustomerWithAVeryLongNameIndeedForATest: ...


def find(
    a: Union[
        AnAccountWithAVeryLongNameIndeedForATest,
        ACustomerWithAVeryLongNameIndeedForATest,
    ],
) -> Optional[
    AnAccountWithAVeryLongNameIndeedForATest
]: ...
# output
from typing import Union

Something = Union[
    "int".__class__.__mro__.__class__,
    str,
]


class AnAccountWithAVeryLongNameIndeedForATest: ...
class ACustomerWithAVeryLongNameIndeedForATest: ...


def find(
    a: (
        AnAccountWithAVeryLongNameIndeedForATest
        | ACustomerWithAVeryLongNameIndeedForATest
    ),
) -> AnAccountWithAVeryLongNameIndeedForATest | None: ...
