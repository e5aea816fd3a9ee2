from p import m
from p.m._a import one
