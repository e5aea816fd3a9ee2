from pkg.c import one

one()
