import datetime
import logging
import math
from pathlib import Path

from plain import Printer, Shelf


LOG = logging.getLogger(__name__)


class Tool:
    def __init__(self):
        self.log = logging.getLogger("tool")
        self.printer = Printer()

    def use(self, name, path: Path, shelf: Shelf, day: datetime.date):
        getattr(LOG, name)("used")
        getattr(self.log, name)("used")
        getattr(day, name)()
        getattr(self.printer, name)()
        getattr(math, name)(1)
        getattr(path, name)()
        getattr(shelf, name)()
        getattr("text", name)()
        vars(shelf)[name]()
        return getattr(self, name)()
