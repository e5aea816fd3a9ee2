from unittest.mock import Mock


def test_main(make):
    store = Mock()
    store.load_all = Mock(return_value=[])
    store.get = Mock()
    store.put = Mock()
    store.unheard_of = Mock()
