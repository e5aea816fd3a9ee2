from pkg.sub.b import one

one()
