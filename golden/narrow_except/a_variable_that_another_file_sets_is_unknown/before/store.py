read = int
