B = 0

ONE = 1
TWO = 2
