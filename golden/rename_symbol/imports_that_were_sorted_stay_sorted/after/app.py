from shop.text import LIMIT, Text, abridge, brief
from shop.text import Text, abridge, brief

from shop.text import (
    abridge,
    brief,
)
from shop.text import (
    brief,
    abridge,  # the one
)

print(abridge("a"), brief("b"), LIMIT, Text)
