def four():
    open = 1
    return open
