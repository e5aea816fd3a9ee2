"""What `shop.text.trim` does."""


def cut(text):
    return text


# cut, or shop.other.text
# shop.text.trim is meant, and other.shop.text is not
