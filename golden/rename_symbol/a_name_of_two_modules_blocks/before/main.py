import sys

if len(sys.argv) > 1:
    from pkg import a as m
else:
    from pkg import c as m

print(m.one())
