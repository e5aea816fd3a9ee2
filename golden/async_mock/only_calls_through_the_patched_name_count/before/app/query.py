from . import ingest
from .ingest import Store, state


async def query(u): return state(u).name


def rows(u): return ingest.rows(u)


def load(u): return Store().load(u)
