import pkg.b
import pkg.b as m
from pkg import b  # noqa: F401

print(pkg.b.ONE, m.TWO, b.ONE)
