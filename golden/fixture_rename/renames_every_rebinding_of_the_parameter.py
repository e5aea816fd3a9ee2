import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    with make() as db:
        pass
    for db in [db]:
        pass
    try:
        pass
    except ValueError as db:
        raise
    if (db := make()):
        del db
    match make():
        case {'x': db}:
            pass
        case [1, *db]:
            pass
        case {**db}:
            pass
        case int() as db:
            pass
    import db
    from app import db
    from app import x as db
    db += 1
    (db, other) = 1, 2
    return db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    with make() as db_session:
        pass
    for db_session in [db_session]:
        pass
    try:
        pass
    except ValueError as db_session:
        raise
    if (db_session := make()):
        del db_session
    match make():
        case {'x': db_session}:
            pass
        case [1, *db_session]:
            pass
        case {**db_session}:
            pass
        case int() as db_session:
            pass
    import db as db_session
    from app import db as db_session
    from app import x as db_session
    db_session += 1
    (db_session, other) = 1, 2
    return db_session
