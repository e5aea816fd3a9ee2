# args: --target-version 3.10
# skips: 8 T05-relationship
# skips: 9 T05-relationship
from typing import List, Optional

from sqlmodel import Field, Relationship, SQLModel


class Hero(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    team: Optional["Team"] = Relationship(back_populates="heroes")
    powers: List["Power"] = Relationship()
# output
from typing import List, Optional

from sqlmodel import Field, Relationship, SQLModel


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team: Optional["Team"] = Relationship(back_populates="heroes")
    powers: List["Power"] = Relationship()
