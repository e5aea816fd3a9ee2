import pkg.a
import pkg.a as m
from pkg import a  # noqa: F401

print(pkg.a.ONE, m.TWO, a.ONE)
