from dataclasses import dataclass


@dataclass
class Model:
    name: str | None = None
