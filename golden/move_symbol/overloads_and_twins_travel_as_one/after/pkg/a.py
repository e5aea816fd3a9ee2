# ---- speed ----


def two():
    return 2
