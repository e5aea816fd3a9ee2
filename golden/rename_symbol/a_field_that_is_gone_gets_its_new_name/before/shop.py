from dataclasses import dataclass


@dataclass
class User:
    first_name: str = ""
    age: int = 0


class Robot:
    username = ""
