# args: --target-version 3.10
# skips: 7 T05-relationship
from typing import Set

from sqlalchemy.orm import Mapped, relationship


class Parent:
    children: Mapped[Set["Child"]] = relationship(lazy="joined")
