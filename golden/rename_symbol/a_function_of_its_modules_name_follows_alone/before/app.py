import pkg.count
from pkg import count
from pkg.count import count as third

count()
