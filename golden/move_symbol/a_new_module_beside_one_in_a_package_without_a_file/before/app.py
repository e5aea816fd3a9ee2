from pkg.a import one

one()
