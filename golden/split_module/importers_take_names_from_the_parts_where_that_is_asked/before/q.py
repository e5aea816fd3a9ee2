from p.m import one
