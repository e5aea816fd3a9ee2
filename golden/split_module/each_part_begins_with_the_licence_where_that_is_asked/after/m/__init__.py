#!/usr/bin/env python
# Copyright 2026 Shop
# All rights reserved.

"""Tools."""

import os

from . import _a, _b
from ._a import one as one
from ._b import two as two
