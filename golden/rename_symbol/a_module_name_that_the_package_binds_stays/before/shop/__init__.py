strings = ["a"]
