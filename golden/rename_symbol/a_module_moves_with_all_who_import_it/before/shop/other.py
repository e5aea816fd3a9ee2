from unittest import mock


def cut(text):
    return text


# many texts
@mock.patch("shop.texts.shorten")
def check(fake):
    pass
