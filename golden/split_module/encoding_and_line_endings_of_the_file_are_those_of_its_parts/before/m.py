# -*- coding: latin-1 -*-
import os


def one():
    return 'ä'


def two():
    return os
