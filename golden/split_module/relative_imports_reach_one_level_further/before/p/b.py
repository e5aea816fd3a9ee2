x = y = 1
