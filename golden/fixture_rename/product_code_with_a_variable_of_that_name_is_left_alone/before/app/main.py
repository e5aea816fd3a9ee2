from app.deps import db


def list_leads(db=db):
    return db


def f(db):
    return db
