import pkg
from pkg import count

print(count([1]), pkg.count([2]))
