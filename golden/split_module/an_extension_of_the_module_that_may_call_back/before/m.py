from _m import make

X = make('X')


def two():
    return X
