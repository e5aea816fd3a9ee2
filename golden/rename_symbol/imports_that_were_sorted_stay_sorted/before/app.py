from shop.text import LIMIT, Text, brief, shorten
from shop.text import Text, shorten, brief

from shop.text import (
    brief,
    shorten,
)
from shop.text import (
    brief,
    shorten,  # the one
)

print(shorten("a"), brief("b"), LIMIT, Text)
