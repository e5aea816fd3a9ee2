from shop.short import shorten
from shop.text import squeeze

print(shorten(squeeze("a  b")))
