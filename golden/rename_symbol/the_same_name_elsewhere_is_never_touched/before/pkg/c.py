from pkg import b
from pkg.b import Box, count

print(b.count(), count(), Box().count(), dict(count=1), "a".count("a"))
print(globals().count)
print("count")  # no text is touched
# how we count
