from pkg import b

print(b.one(), b.SEP)
