from pkg import *

print(tally([1]))
