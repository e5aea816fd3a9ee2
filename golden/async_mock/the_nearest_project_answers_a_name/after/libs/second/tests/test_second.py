from unittest.mock import AsyncMock, MagicMock, patch


@patch("part.work.go", new_callable=MagicMock)
@patch("app.main.run_debate", AsyncMock(return_value=1))
def test_second(go):
    go.return_value = 1
