"""Uses :func:`pkg.a.one`, not pkg.a.ones."""

X = 1  # as in pkg.a.one
