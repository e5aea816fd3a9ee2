"""Classes and objects that are reached by cls, by a metaclass, by a name that is computed."""

import operator


class Odd(Exception):
    pass


def bad(*given, **more):  # type: ignore[no-untyped-def]
    raise Odd


class A:
    x = None
    call = int

    def __init__(self):
        self.y = 1

    @classmethod
    def make(cls):
        return cls()

    def again(self):
        return type(self)()

    def once_more(self):
        return self.__class__()

    def over(self):
        return int("1")


class B(A):
    def __init__(self):
        bad()

    @property
    def x(self):
        bad()


class B2(A):
    @property
    def x(self):
        bad()


def rx(a: A):
    try:
        int("1")
        a.x
    except Exception:
        return "handled"


class Meta(type):
    def __getattr__(cls, n):
        bad()

    def __getitem__(cls, n):
        bad()

    def __len__(cls):
        bad()

    def __iter__(cls):
        bad()

    def __contains__(cls, x):
        bad()

    @property
    def p(cls):
        bad()


class M(metaclass=Meta):
    pass


class Pr:
    @property
    def p(self):
        bad()

    def m(self):
        bad()


class Sl:
    def __getitem__(self, s):
        bad()

    def __setitem__(self, s, v):
        bad()


changed = A()
changed.call = bad


def by_an_attribute_set_outside():
    try:
        int("1")
        changed.call("1")
    except Exception:
        return "handled"


def by_cls():
    try:
        int("1")
        B.make()
    except Exception:
        return "handled"


def a_property_of_a_subclass():
    return rx(B2())


def an_attribute_of_a_metaclass():
    try:
        int("1")
        M.zzz
    except Exception:
        return "handled"


def an_item_of_a_class():
    try:
        int("1")
        M[3]
    except Exception:
        return "handled"


def the_length_of_a_class():
    try:
        int("1")
        len(M)
    except Exception:
        return "handled"


def a_loop_over_a_class():
    try:
        int("1")
        for x in M:
            pass
    except Exception:
        return "handled"


def in_a_class():
    try:
        int("1")
        3 in M
    except Exception:
        return "handled"


def a_property_of_a_class():
    try:
        int("1")
        M.p
    except Exception:
        return "handled"


def ordered_by_an_item():
    try:
        int("1")
        sorted([Sl()], key=operator.itemgetter(1))
    except Exception:
        return "handled"


def ordered_by_a_property():
    try:
        int("1")
        sorted([Pr()], key=operator.attrgetter("p"))
    except Exception:
        return "handled"


def mapped_by_a_method():
    try:
        int("1")
        list(map(operator.methodcaller("m"), [Pr()]))
    except Exception:
        return "handled"


def by_a_computed_name():
    x = Pr()
    name = "p"
    try:
        int("1")
        getattr(x, name)
    except Exception:
        return "handled"


def by_a_name_of_the_function_around():
    f = int

    def g():
        try:
            int("1")
            f("1")
        except Exception:
            return "handled"

    f = bad
    return g()


ARRIVE = [
    ("Odd", by_cls),
    ("Odd", by_an_attribute_set_outside),
    ("Odd", a_property_of_a_subclass),
    ("Odd", an_attribute_of_a_metaclass),
    ("Odd", an_item_of_a_class),
    ("Odd", the_length_of_a_class),
    ("Odd", a_loop_over_a_class),
    ("Odd", in_a_class),
    ("Odd", a_property_of_a_class),
    ("Odd", ordered_by_an_item),
    ("Odd", ordered_by_a_property),
    ("Odd", mapped_by_a_method),
    ("Odd", by_a_computed_name),
    ("Odd", by_a_name_of_the_function_around),
]
