import pytest

STORES = {"db", "cache"}
ORDER = {"db": 0, "cache": 1}


@pytest.fixture
def db(): return 1


@pytest.fixture
def cache(): return 1


def pytest_collection_modifyitems(items, wanted=("db",)):
    for item in items:
        names = getattr(item, "fixturenames", None) or ()
        if "db" in names:
            item.add_marker(pytest.mark.storage)
        if any(n == "db" for n in names):
            item.add_marker(pytest.mark.db)
        for name in ("db",):
            if name in item.fixturenames:
                item.add_marker("db")
        if "db" in item._fixtureinfo.names_closure or {"db"} & set(names):
            item.add_marker(pytest.mark.slow)
        if hasattr(item, "callspec") and "db" in item.callspec.params:
            item.user_properties.append(("store", "db"))
        if STORES.intersection(names) or not set(wanted).isdisjoint(item.fixturenames):
            item.fixturenames.sort(key=lambda n: ORDER.get(n, 9))
        match item.fixturenames[0]:
            case "db":
                item.fixturenames.append("cache")
    items.sort(key=stores)


def stores(item):
    return uses(set(item.fixturenames))


def uses(names):
    return "db" in names


def pytest_generate_tests(metafunc):
    found = [n for n in metafunc.fixturenames if n != "db"]
    if "db" not in found and {"db"} <= set(metafunc.fixturenames):
        metafunc.parametrize("x", [1])


def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname in ["db"] and request.fixturename == "db":
        request.node.funcargs.get("db")
