def one():
    return list("1")
