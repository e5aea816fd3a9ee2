"""What `shop.text.cut` does."""


def cut(text):
    return text


# cut, or shop.other.text
# shop.text.cut is meant, and other.shop.text is not
