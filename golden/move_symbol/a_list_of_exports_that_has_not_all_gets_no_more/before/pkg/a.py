def one():
    return 1


two = 2
