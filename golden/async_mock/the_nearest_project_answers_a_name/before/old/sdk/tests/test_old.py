from unittest.mock import MagicMock, patch


@patch("app.main.run_debate", new_callable=MagicMock)
def test_old(run_debate):
    run_debate.return_value = 1
