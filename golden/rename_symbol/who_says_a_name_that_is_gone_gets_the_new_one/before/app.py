import db
from db import get_db_session


def run():
    with get_db_session() as session:
        return session, db.get_db_session()
