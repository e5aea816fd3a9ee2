from pkg.a import one

print one()
