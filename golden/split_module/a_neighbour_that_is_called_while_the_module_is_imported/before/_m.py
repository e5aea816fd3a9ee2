def make(x):
    return x
