class Base:
    def test_a(self, db):
        assert db == "root"


class Between(Base):
    pass
