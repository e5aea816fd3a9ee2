def one():
    return 1


X = 1
