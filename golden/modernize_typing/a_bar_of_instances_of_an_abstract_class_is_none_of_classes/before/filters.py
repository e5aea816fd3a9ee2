import abc


class Filter(metaclass=abc.ABCMeta):
    def __or__(self, other): ...


class Always(Filter): ...


class Meta(abc.ABCMeta):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...
