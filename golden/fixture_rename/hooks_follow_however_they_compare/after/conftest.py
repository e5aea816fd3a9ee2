import pytest

STORES = {"db_session", "cache"}
ORDER = {"db_session": 0, "cache": 1}


@pytest.fixture
def db_session(): return 1


@pytest.fixture
def cache(): return 1


def pytest_collection_modifyitems(items, wanted=("db_session",)):
    for item in items:
        names = getattr(item, "fixturenames", None) or ()
        if "db_session" in names:
            item.add_marker(pytest.mark.storage)
        if any(n == "db_session" for n in names):
            item.add_marker(pytest.mark.db)
        for name in ("db_session",):
            if name in item.fixturenames:
                item.add_marker("db")
        if "db_session" in item._fixtureinfo.names_closure or {"db_session"} & set(names):
            item.add_marker(pytest.mark.slow)
        if hasattr(item, "callspec") and "db_session" in item.callspec.params:
            item.user_properties.append(("store", "db"))
        if STORES.intersection(names) or not set(wanted).isdisjoint(item.fixturenames):
            item.fixturenames.sort(key=lambda n: ORDER.get(n, 9))
        match item.fixturenames[0]:
            case "db_session":
                item.fixturenames.append("cache")
    items.sort(key=stores)


def stores(item):
    return uses(set(item.fixturenames))


def uses(names):
    return "db_session" in names


def pytest_generate_tests(metafunc):
    found = [n for n in metafunc.fixturenames if n != "db_session"]
    if "db_session" not in found and {"db_session"} <= set(metafunc.fixturenames):
        metafunc.parametrize("x", [1])


def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname in ["db_session"] and request.fixturename == "db_session":
        request.node.funcargs.get("db_session")
