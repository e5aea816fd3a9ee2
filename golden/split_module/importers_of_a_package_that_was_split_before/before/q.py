from p.m import one, nothing
