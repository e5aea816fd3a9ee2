"""The tasks of a run on a dask cluster: bytes go to the scheduler that the user named, data comes back."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from codemods.engine import registry
from codemods.engine.registry import Spec
from codemods.engine.world import Outcome, Task

from ..chunks import answers, chunks_of
from ..errors import RunFailed, UsageError
from ..progress import Progress
from ..workers import crash
from . import address
from .identity import Differs, from_elsewhere, identity
from .parcel import Order, outcome, packed

_CONNECTING = 5.0  # seconds for a scheduler to answer, and for it to have a worker
_ASKED = 5  # times that workers are asked whether they are as we are, where all are lost meanwhile
_LEAVING = 2.0  # seconds to say good-bye
_ALONE = 60.0  # seconds that a run waits for a new worker when the last one is gone


class Gone(Exception):
    """The scheduler is not there any more."""


class Cluster:
    """Connects when there is something to look into, while the parent still reads."""

    def __init__(self, engine: str, specs: Sequence[Spec], timeout: float, progress: Progress | None = None) -> None:
        if find_spec("distributed") is None:
            raise UsageError("a cluster needs one package more: pip install 'codemod-toolkit[dask]'")
        self.engine = engine
        self.specs = specs
        self.timeout = timeout  # seconds for one file
        self.progress = progress or Progress()
        self._client: Any = None
        self._order: Order | None = None
        self._threads = 0  # of all workers when the run began
        self._connecting: threading.Thread | None = None
        self._failed: BaseException | None = None
        self._alone_since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:  # a scheduler takes back all that a client that leaves has asked for
            self._client.close(timeout=_LEAVING)

    def begin(self) -> None:
        if self._connecting is None:
            self._connecting = threading.Thread(target=self._connect, daemon=True)
            self._connecting.start()

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Every task with its outcome, in any order. Raises CodemodError where the cluster cannot do it."""
        if not tasks:
            return
        self._connected()
        chunks = chunks_of(tasks, self._threads)
        most = 2 * self._threads + 2
        for task, answer in answers(chunks, self._submit, self._lost, self.progress, most=most, idle=self._look):
            self._alone_since = 0.0
            yield task, outcome(answer)

    # ---- the way there ---------------------------------------------------------------------

    def _connected(self) -> None:
        self.begin()
        assert self._connecting
        self._connecting.join()
        if self._failed is not None:
            raise self._failed

    def _connect(self) -> None:
        """In a thread of its own: importing dask takes half a second."""
        try:
            self._open()
        except BaseException as error:  # told where somebody waits for it
            self._failed = error

    def _open(self) -> None:
        silence()
        import distributed

        connect: Any = distributed.Client  # without types

        where = address.scheduler(self.engine)
        if where.startswith("tls:"):
            self._need_certificates(distributed.Security)
        try:
            self._client = connect(where, timeout=_CONNECTING, set_as_default=False, name="codemod")
        except OSError as error:
            raise UsageError(f"{self.engine}: no scheduler answers: {_first_line(error)}") from error
        until = time.monotonic() + _CONNECTING
        while not self._workers():
            if time.monotonic() > until:
                raise UsageError(f"{self.engine}: the scheduler has no workers; start one: dask worker {where}")
            time.sleep(0.05)
        self._check()
        self._threads = self._workers() or 1

    def _workers(self) -> int:
        """The threads of all workers that there are now. Raises RunFailed."""
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            raise self._gone() from None

    def _gone(self) -> RunFailed:
        return RunFailed(f"{self.engine}: the scheduler is gone")

    def _need_certificates(self, security: Any) -> None:
        """Those that dask's own settings name. Raises UsageError."""
        try:
            found = security().get_connection_args("client")["ssl_context"]
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.engine}: the certificates cannot be used: {_first_line(error)}") from error
        if found is None:
            needed = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY"
            raise UsageError(f"{self.engine}: dask needs to be told which certificates are ours: set {needed}")

    def _check(self) -> None:
        """Ask each worker whether it is as we are. Raises UsageError."""
        from . import worker

        self._order = make_order(self.specs, self.timeout)
        for _ in range(_ASKED):
            try:
                found = self._client.run(worker.prepare, self._order, on_error="return")
            except OSError:
                raise self._gone() from None
            told = {name: a for name, a in found.items() if not isinstance(a, OSError)}  # lost before it could answer
            if told:
                break
        else:
            raise UsageError(f"{self.engine}: no worker answers")
        wrong = [f"{name}: {_told(answer)}" for name, answer in sorted(told.items()) if answer]
        if wrong:
            more = f" (and {len(wrong) - 1} more of {len(told)} workers)" if len(wrong) > 1 else ""
            raise UsageError(f"the worker {wrong[0]}{more}")

    # ---- one chunk -------------------------------------------------------------------------

    def _submit(self, chunk: Sequence[Task]) -> Future[list[bytes | Outcome]]:
        return asyncio.run_coroutine_threadsafe(self._answered(chunk), self._client.loop.asyncio_loop)

    async def _answered(self, chunk: Sequence[Task]) -> list[bytes | Outcome]:
        """A worker that is lost meanwhile costs nothing: the scheduler gives the same to another one."""
        from . import worker

        assert self._order
        future = self._client.submit(worker.work, packed(chunk, self._order), pure=False)
        try:
            found: list[bytes | Outcome] = await future
        except asyncio.CancelledError:
            raise Gone from None
        finally:
            future.release()
        return found

    def _lost(self, error: BaseException) -> bytes | Outcome:
        """What becomes of one file whose workers were lost again and again."""
        if isinstance(error, Differs):
            raise UsageError(f"a worker that came later: {error}")
        if isinstance(error, Gone | CancelledError):
            raise self._gone()
        return crash(error, self.timeout)

    def _look(self) -> None:
        """Nothing has come back for a while. Raises RunFailed where nothing will."""
        if self._workers():
            self._alone_since = 0.0
            return
        now = time.monotonic()
        self._alone_since = self._alone_since or now
        if now - self._alone_since > _ALONE:
            raise RunFailed(f"{self.engine}: the last worker is gone, and none has come for {_ALONE:g} seconds")


def make_order(specs: Sequence[Spec], timeout: float) -> Order:
    """What all workers must have, and the source of what only the user has."""
    names = [spec.where for spec in specs]
    installed = from_elsewhere(names)
    lent = tuple(registry.to_lend(Path(name)) for name in dict.fromkeys(names) if name.endswith(".py"))
    return Order(identity=identity(installed), installed=installed, lent=lent, timeout=timeout)


def silence() -> None:
    """What is worth a word we say ourselves: dask and tornado log whole tracebacks."""
    import distributed  # sets up its loggers

    for name in (distributed.__name__, "distributed.client", "tornado", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    warnings.filterwarnings("ignore", module="distributed")


def _told(answer: object) -> str:
    """What a worker said; one that has no codemod, or another one, cannot even read the question."""
    if isinstance(answer, ModuleNotFoundError | AttributeError | ImportError):
        return "codemod is not installed there, or another version of it"
    return _first_line(answer) if isinstance(answer, BaseException) else str(answer)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0]
