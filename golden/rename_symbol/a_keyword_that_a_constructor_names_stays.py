# args: --symbol test_case.Box.size --to width
class Box:
    def __init__(self, size, **more):
        self.size = size


print(Box(size=3).size)
# output
class Box:
    def __init__(self, size, **more):
        self.width = size


print(Box(size=3).width)
