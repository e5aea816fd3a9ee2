from pkg.b import one

one()
