from marks import Needs


def stored():
    return Needs.data
