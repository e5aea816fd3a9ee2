"""Uses :func:`pkg.b.one`, not pkg.a.ones."""

X = 1  # as in pkg.b.one
