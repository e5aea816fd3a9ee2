from unittest import mock


class Mock(mock.Mock):
    """Strict: what a test did not set is an error."""
