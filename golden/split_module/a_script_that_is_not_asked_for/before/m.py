def one():
    return 1


def two():
    return SEEN


if __name__ != "__main__":
    SEEN = True
else:
    SEEN = False
