from dataclasses import dataclass, field


@dataclass
class User:
    first_name: str
    age: int = field(default=0)


@dataclass
class Admin(User):
    level: int = 0


@dataclass
class Other:
    username: str = ""
