from .count import tally
from pkg.count import tally as other
