from unittest.mock import MagicMock, patch


@patch("part.work.go", new_callable=MagicMock)
def test_first(go):
    go.return_value = 1
