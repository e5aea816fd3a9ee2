import pkg
from pkg import *

print(tally([1]), pkg.tally([2]))
