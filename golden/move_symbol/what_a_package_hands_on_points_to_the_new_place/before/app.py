from pkg import one

print(one())
