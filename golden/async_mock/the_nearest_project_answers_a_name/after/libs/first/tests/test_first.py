from unittest.mock import AsyncMock, patch


@patch("part.work.go", new_callable=AsyncMock)
def test_first(go):
    go.return_value = 1
