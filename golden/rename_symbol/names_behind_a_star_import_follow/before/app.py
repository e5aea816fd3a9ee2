import pkg
from pkg import *

print(count([1]), pkg.count([2]))
