import shop.text
import shop.text as t
from shop import send as post
from shop import text
from shop.text import *


def main(other):
    from shop.text import send as inner

    inner("a", log=True)
    post("b", log=True)
    other.post("c")
    return shop.text.send("d", log=True), t.send("e", log=True), text.send("f", log=True), send("g", log=True), shop.send("h", log=True)


def local(post):
    return post("b")
