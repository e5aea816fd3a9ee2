from pkg import one

one()
