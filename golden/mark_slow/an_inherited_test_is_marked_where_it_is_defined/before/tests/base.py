class Contract:
    def test_put(self):
        pass

    def test_get(self):
        pass
