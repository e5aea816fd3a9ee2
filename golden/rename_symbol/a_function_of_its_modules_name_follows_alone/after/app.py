import pkg.count
from pkg import tally
from pkg.count import tally as third

tally()
