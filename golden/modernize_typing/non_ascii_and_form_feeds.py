# args: --target-version 3.10
from typing import Dict, Optional, Union

größe: Optional[int] = None; länge: Dict[str, int] = {"ä": 1}
def f(ä: Union[int, "Größe"], ö: "Optional[Größe]" = "ü") -> Optional[str]: ...  # ß
class Größe: ...
# output
größe: int | None = None; länge: dict[str, int] = {"ä": 1}
def f(ä: "int | Größe", ö: "Größe | None" = "ü") -> str | None: ...  # ß
class Größe: ...
