CODE = """
from pkg.a import two, one
import pkg.a
pkg.a.one()
"""
