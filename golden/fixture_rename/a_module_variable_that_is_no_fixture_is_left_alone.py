from app import SQLAlchemy

db = SQLAlchemy()


def test_a():
    db.session.x()
