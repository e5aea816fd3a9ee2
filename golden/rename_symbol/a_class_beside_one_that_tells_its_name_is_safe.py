# args: --symbol mod.Part --to Piece
# path: mod.py
# skips: 16 S10-only-the-name
import logging

log = logging.getLogger(__name__)


class Told:
    def __repr__(self):
        return self.__class__.__name__


class Part:
    def run(self, other):
        return other.__name__, Told.__name__


KINDS = {"Part": 1}
# output
import logging

log = logging.getLogger(__name__)


class Told:
    def __repr__(self):
        return self.__class__.__name__


class Piece:
    def run(self, other):
        return other.__name__, Told.__name__


KINDS = {"Part": 1}
