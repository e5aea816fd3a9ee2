import operator


def each(things, verb):
    return [operator.methodcaller("pu" + verb)(thing) for thing in things]
