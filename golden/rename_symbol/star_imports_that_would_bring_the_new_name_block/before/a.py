def shown(): return 1
from more import *
from base import *
print(tally(), shown())
