class Level:
    HIGH = 1
