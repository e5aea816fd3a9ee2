"""Take only what can arrive: `except Exception` becomes the exceptions that the guarded code can raise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, get_args

from ..engine.codemod import Codemod, Needles, option, options_as
from ..engine.explained import Explains
from ..engine.grouping import grouped
from ..engine.known import OBSERVED, Decisions, Known, Wants
from ..engine.source import Source
from ..engine.values import Part, Skip
from ..facts.exceptions import clauses
from ..facts.exceptions.broad import EVERYTHING, Broad, broad_clauses
from ..facts.exceptions.categories import Code, category
from ..facts.exceptions.data import FlowFacts
from ..facts.exceptions.scan import read
from ..facts.linters import Linters, Linting
from ..facts.modules import of_tests
from .annotate import annotation
from .fix import fixed
from .paths import Paths
from .project import ahead, project_of
from .verdict import Options, Told, Verdict

_ONE_LINERS = tuple(f"except:{word}" for word in ("pass", "return", "continue", "break", "raise"))


@dataclass(frozen=True)
class NarrowExcept(Codemod):
    """Replace `except Exception` by the exceptions that can arrive.

    Looks at `except Exception`, `except BaseException`, `except:`, tuples that hold one of them, and
    `contextlib.suppress(Exception)`. What the guarded code can raise is followed over the files of the project and into a
    knowledge base of the standard library and well-known packages. A clause is narrowed only where every callee is known;
    anything else is left alone, with the callee named that nobody knows.

    Safe where what is known is complete and the new types are all that can arrive; comparing, testing and printing a value of
    unknown type is taken to raise nothing. Unsafe where mistakes of the program
    (TypeError, AttributeError, NameError, AssertionError, NotImplementedError, RecursionError) are no longer taken, which is
    what the change is for, unless `--keep` names them, and where the type of a value is assumed. Only suggested where
    nothing but such mistakes can arrive.
    """

    explains: ClassVar[Explains | None] = Paths()
    codes: ClassVar[Mapping[str, str]] = {
        "N01-unknown": "something in the body is called of which it is not known what it raises",
        "N02-nothing": "nothing in the body is known to raise anything",
        "N03-taken": "the handlers above take all that can arrive",
        "N04-no-name": "an exception that can arrive cannot be named in this place",
        "N05-too-many": "more types can arrive than --max-types",
        "N06-vetoed": "in a run of `codemod observe` something arrived that is not among the types",
        "N07-test": "a test file: its mocks say nothing of types",
        "N08-group": "an ExceptionGroup arrives, or `except*` takes it",
        "N09-alias": "what it takes is said elsewhere: a name stands for the types",
        "N10-reraises": "the handler raises again",
        "N11-callback": "the body calls what a caller hands in",
        "N12-plugin": "the body loads code by name",
        "N13-isolates": "one item of a loop must not stop the others",
        "N14-worker": "a loop that serves must go on",
        "N15-thread-or-task": "the body is all that a thread or task runs, nothing is above it; or it takes what a task raised",
        "N16-cleanup": "cleanup that must not hide what happened before",
        "N17-main": "the top of a program, which tells and ends",
        "N18-web-boundary": "the boundary of a web framework, which answers with an error",
        "N19-import-probe": "the body imports, and asks what it imports: a module may raise anything when it is first run",
        "N20-yields": "the body yields: what the caller raises arrives there",
        "N21-signed": "a comment says already why it takes everything",
        "N22-generic-use": "the exception is handed on as a value, its text is the answer, or it is asked for its type",
        "N23-side-effect": "something beside the point that must not break what matters",
        "N24-retries": "a retry, or the wrapper of a function that may raise anything",
    }

    remarks: ClassVar[Mapping[str, str]] = {
        "N40-injected": "a test injects a bare Exception that arrives there (--fix-tests gives it a type that is taken)",
        "N41-unmasked": "the clause hid a bug: in a run a mistake of the program arrived there, which would pass now",
    }

    keep: tuple[str, ...] = option((), help="a mistake of the program that stays in the tuple", metavar="TYPE")
    max_types: int = option(5, help="leave a clause alone where more types can arrive", least=1)
    annotate: bool = option(
        False, help="write behind a clause that stays why it does, as the project's linter reads it"
    )
    evidence: str = option(
        "", help="what `codemod observe -o FILE` wrote, in place of the latest that it saw", metavar="FILE"
    )
    raises: Mapping[str, tuple[str, ...]] = option(
        {}, help="what a callable raises, in place of all that is known of it", metavar="NAME=TYPE,…"
    )

    fix_tests: bool = option(
        False, help="let tests that inject a bare Exception into a narrowed clause inject a type that it takes"
    )

    @property
    def spans_files(self) -> bool:  # type: ignore[override]  # a clause and the tests that inject into it are one change
        return self.fix_tests

    def needles(self) -> Needles:
        return Needles(edit=("Exception", "BaseException", "except:", "except :", *_ONE_LINERS))

    def scan(self, file: Source) -> FlowFacts:
        return clauses.of_tests(file) if of_tests(file.path) else read(file)

    def wants(self, known: Known) -> Wants:
        observed = self.evidence or OBSERVED
        if observed not in known.reports:
            return Wants(reports=[observed])
        options = options_as(self, Options)
        files, heirs = ahead(known, options)
        if files or heirs:
            return Wants(paths=files, bases=heirs, beside=of_tests, again=True)
        project = known.once(project_of, options)
        return Wants(paths=project.missing, bases=project.heirs, beside=of_tests)

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        project = known.once(project_of, options_as(self, Options))
        linting = known.project.once(Linting) if self.annotate else None
        told = {
            path: Told(
                verdicts=project.verdicts.get(path, ()),
                linters=linting.of(path) if linting is not None else None,
                fixes=project.fixes.get(path, ()),
            )
            for path in targets
        }
        named = ((p, [f.group for f in t.fixes] + [v.group for v in t.verdicts]) for p, t in told.items())
        groups = grouped((p, group) for p, several in named for group in several if group)
        return Decisions(by_path={p: t for p, t in told.items() if t.verdicts or t.fixes}, groups=groups)

    def find(self, file: Source, mine: Told) -> Iterator[Part | Skip]:
        told = {verdict.line: verdict for verdict in mine.verdicts}
        for clause in broad_clauses(file):
            verdict = told.get(clause.line)
            if verdict is not None:
                yield _result(file, clause, verdict, mine.linters)
        yield from fixed(file, mine.fixes)


def _result(file: Source, clause: Broad, verdict: Verdict, linters: Linters | None) -> Part | Skip:
    from .rewrite import Unnamed, edits, texts

    if verdict.code:
        why = category(file, clause) if linters is not None and verdict.code in get_args(Code) else None
        if why is not None and linters is not None and (note := annotation(file, clause, why, linters)) is not None:
            merged = note.merges
            return Part(file.path, clause.line, f"says why: {why.words}", (note.edit,), deletes_comments=merged)
        return Skip(file.path, clause.line, verdict.code, verdict.reason, about=verdict.about)
    try:
        types, requires = texts(file, clause, verdict.names, verdict.stays)
    except Unnamed as error:
        return Skip(file.path, clause.line, "N04-no-name", str(error), verdict.group)
    part = Part(
        file.path,
        clause.line,
        verdict.reason,
        edits(file, clause, types),
        verdict.safety,
        group=verdict.group,
        requires=requires,
    )
    kind = next((k for k in EVERYTHING.values() if types == [k]), None)
    why = category(file, clause) if linters is not None and clause.kind == "bare" and kind is not None else None
    if why is not None and linters is not None and kind is not None:  # it stays as broad, and is bare no more
        grown = replace(clause, kind=kind)
        if (note := annotation(file, grown, why, linters, more=len(kind) + 1)) is not None:
            return replace(part, edits=(*part.edits, note.edit), deletes_comments=note.merges)
    return part
