from sqlalchemy.orm import Session


def load(session: Session, name: str) -> object:
    return session.get(object, name)
