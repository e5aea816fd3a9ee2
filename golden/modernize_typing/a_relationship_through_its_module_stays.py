# args: --target-version 3.10
# skips: 8 T05-relationship
# skips: 9 T05-relationship
from typing import List, Optional

from sqlalchemy import orm


class Parent:
    __tablename__ = "parent"
    children: orm.Mapped[List["Child"]] = orm.relationship(back_populates="parent")
    first: orm.Mapped[Optional["Child"]] = orm.relationship()
