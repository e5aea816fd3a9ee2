from pkg.a import *

print(one(), two())
