import importlib

from pkg import a

print(a.one(), importlib.reload(a))
