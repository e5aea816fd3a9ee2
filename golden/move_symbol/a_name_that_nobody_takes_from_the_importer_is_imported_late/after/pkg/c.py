def three():
    from pkg.b import one
    return one() * 3
