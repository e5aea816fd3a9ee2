from unittest import mock


def cut(text):
    return text


# many texts
@mock.patch("shop.strings.shorten")
def check(fake):
    pass
