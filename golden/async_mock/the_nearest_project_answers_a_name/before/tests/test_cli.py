from unittest.mock import MagicMock, patch


@patch("app.main.run_debate", new_callable=MagicMock)
def test_batch(run_debate):
    run_debate.return_value = 1


@patch("part.work.go", new_callable=MagicMock)
def test_two_remain(go):
    go.return_value = 1
