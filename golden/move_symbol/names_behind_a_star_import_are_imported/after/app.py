from pkg.a import *
from pkg.b import one

print(one(), two())
