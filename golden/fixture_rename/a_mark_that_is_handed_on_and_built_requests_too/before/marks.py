import pytest


class Needs:
    data = [pytest.mark.slow, pytest.mark.usefixtures("cache", "tmp_path", "db")]
