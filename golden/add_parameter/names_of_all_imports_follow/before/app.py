import shop.text
import shop.text as t
from shop import send as post
from shop import text
from shop.text import *


def main(other):
    from shop.text import send as inner

    inner("a")
    post("b")
    other.post("c")
    return shop.text.send("d"), t.send("e"), text.send("f"), send("g"), shop.send("h")


def local(post):
    return post("b")
