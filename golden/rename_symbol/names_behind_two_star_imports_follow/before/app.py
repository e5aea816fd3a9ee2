from pkg import *

print(count([1]))
