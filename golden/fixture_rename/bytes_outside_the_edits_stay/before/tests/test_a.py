# -*- coding: latin-1 -*-
def test_a(x='é', *, db):
    'é'; db.é = db

