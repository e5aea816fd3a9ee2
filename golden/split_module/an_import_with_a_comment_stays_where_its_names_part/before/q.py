from p.m import one, two  # both
from p.m import *
