from typing import List, Optional


def first(errors: List[str]) -> Optional[str]:
    return errors[0] if errors else None
