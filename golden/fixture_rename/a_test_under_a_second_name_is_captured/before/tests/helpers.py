def check(db):
    assert db == "root"
