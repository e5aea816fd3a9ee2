def first(errors: list[str]) -> str | None:
    return errors[0] if errors else None
