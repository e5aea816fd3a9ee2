from p.m._a import one
from p.m import nothing
