from p import m
from p.m import one
