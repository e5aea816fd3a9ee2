from typing import Optional


class Model:
    name: Optional[str]
