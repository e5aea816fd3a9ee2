from .count import count
from pkg.count import count as other
