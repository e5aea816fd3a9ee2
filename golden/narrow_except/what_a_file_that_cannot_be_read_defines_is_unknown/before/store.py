def load(name: str) -> str:
    return name[
