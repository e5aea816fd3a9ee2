# args: --symbol mod.show --to display
# path: mod.py
from functools import singledispatch


@singledispatch
def show(x):
    return x


@show.register(int)
def _(x):
    return show(str(x))
# output
from functools import singledispatch


@singledispatch
def display(x):
    return x


@display.register(int)
def _(x):
    return display(str(x))
