import os, app.compat, other

x: app.compat.List[int] = []
y: other.Tuple[int, int] = (1, 2)
