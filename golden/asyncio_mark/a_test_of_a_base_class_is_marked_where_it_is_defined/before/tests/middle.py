from .base import LoginTests as Base


class Middle(Base):
    pass
