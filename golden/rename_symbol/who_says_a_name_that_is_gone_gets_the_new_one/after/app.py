import db
from db import get_db


def run():
    with get_db() as session:
        return session, db.get_db()
