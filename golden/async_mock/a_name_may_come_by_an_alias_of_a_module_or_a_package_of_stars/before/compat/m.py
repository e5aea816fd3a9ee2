try:
    from unittest import mock
except ImportError:
    import mock
