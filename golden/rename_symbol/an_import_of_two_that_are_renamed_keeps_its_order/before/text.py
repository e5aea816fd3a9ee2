def alpha():
    pass


def beta():
    pass


def gamma():
    pass


def delta():
    pass
