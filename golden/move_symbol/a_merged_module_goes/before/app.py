from pkg import a

print(a.one(), a.SEP)
