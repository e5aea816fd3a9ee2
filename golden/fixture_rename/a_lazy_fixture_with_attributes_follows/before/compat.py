from pytest_lazy_fixtures import lf as lazily
