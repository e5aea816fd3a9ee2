# args: --symbol mod.User.name --to title
# path: mod.py
# unsafe: 6
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import DeclarativeBase


class User(DeclarativeBase):
    name = Column(String)
    age = Column(Integer)
