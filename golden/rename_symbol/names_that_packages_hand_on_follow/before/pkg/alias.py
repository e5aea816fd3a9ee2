from . import base

count = base.count
