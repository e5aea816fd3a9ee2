"""SQL that is wrong, rows that are refused, a file that is no database."""

import os
import sqlite3
import tempfile


def opened() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table item (name text primary key, price int not null)")
    return connection


def rows(connection: sqlite3.Connection, sql: str) -> list[tuple]:
    try:
        return connection.execute(sql).fetchall()
    except Exception:
        return []


def added(connection: sqlite3.Connection, name: str, price: int | None) -> bool:
    try:
        connection.execute("insert into item values (?, ?)", (name, price))
        connection.commit()
    except Exception:
        return False
    return True


def tables(path: str) -> int:
    try:
        connection = sqlite3.connect(path)
        return len(connection.execute("select * from sqlite_master").fetchall())
    except Exception:
        return -1


def no_database() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.db")
        with open(path, "wb") as file:
            file.write(b"no database at all" * 100)
        return tables(path)


def twice() -> bool:
    connection = opened()
    added(connection, "apple", 3)
    return added(connection, "apple", 3)


def closed() -> list[tuple]:
    connection = opened()
    connection.close()
    return rows(connection, "select 1")


NARROWED = ["rows", "added", "tables"]
ARRIVE = [
    ("OperationalError", lambda: rows(opened(), "select from nothing")),
    ("OperationalError", lambda: rows(opened(), "select * from no_table")),
    ("IntegrityError", lambda: added(opened(), "apple", None)),
    ("IntegrityError", twice),
    ("ProgrammingError", closed),
    ("OperationalError", lambda: tables("/no/such/folder/a.db")),
    ("DatabaseError", no_database),
]
