from shop.text import shorten, squeeze

print(shorten(squeeze("a  b")))
