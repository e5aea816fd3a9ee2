# args: --unsafe
# path: shop.py
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session


def tidy(session: Session) -> bool:
    try:
        session.execute(text("delete from shelf"))
        session.commit()
    except Exception:
        return False
    return True
# output
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session


def tidy(session: Session) -> bool:
    try:
        session.execute(text("delete from shelf"))
        session.commit()
    except SQLAlchemyError:
        return False
    return True
