class Base:
    __test__ = False

    def test_a(self, db): assert db == "root"


class TestX(Base):
    __test__ = True
