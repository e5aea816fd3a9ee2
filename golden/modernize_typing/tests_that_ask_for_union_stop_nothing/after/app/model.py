class Model:
    name: str | None
