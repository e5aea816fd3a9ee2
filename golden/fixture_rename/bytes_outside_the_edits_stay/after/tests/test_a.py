# -*- coding: latin-1 -*-
def test_a(x='é', *, db_session):
    'é'; db_session.é = db_session

