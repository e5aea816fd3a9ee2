#!/usr/bin/env python
# Copyright 2026 Shop
# All rights reserved.

"""Tools."""

import os


def one():
    return os


def two():
    return 2
