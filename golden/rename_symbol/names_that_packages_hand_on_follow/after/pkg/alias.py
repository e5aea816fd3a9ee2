from . import base

tally = base.tally
