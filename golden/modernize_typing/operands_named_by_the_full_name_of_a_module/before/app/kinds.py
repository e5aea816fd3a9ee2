class Meta(type):
    def __or__(cls, other):
        return cls


class Odd(metaclass=Meta): ...


class Plain: ...


def Make(): ...


Name = "Plain"
