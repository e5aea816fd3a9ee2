from pkg.a import one, sep

print(one(), sep)
