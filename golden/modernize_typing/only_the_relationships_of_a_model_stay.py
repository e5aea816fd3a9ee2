# args: --target-version 3.10
# skips: 8 T05-relationship
# skips: 9 T05-relationship
from typing import List, Optional

from sqlmodel import Field, Relationship, SQLModel


class Team(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")
    leader: Optional["Hero"] = Relationship()
    tags: List[str] = Field(default_factory=list)


class Hero(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)


def first(team: Team) -> Optional["Hero"]: ...
# output
from typing import List, Optional

from sqlmodel import Field, Relationship, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")
    leader: Optional["Hero"] = Relationship()
    tags: list[str] = Field(default_factory=list)


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)


def first(team: Team) -> "Hero | None": ...
