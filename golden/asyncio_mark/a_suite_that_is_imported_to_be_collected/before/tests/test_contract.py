from suites.contract import TestContract  # noqa: F401
