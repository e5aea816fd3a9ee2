from pkg.c import two

B = two
