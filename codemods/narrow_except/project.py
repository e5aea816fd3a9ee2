"""All clauses of a project: in the parent, from the flows of all scanned files."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..engine.codemod import OptionError
from ..engine.known import OBSERVED, Known
from ..engine.known import Project as EngineProject
from ..engine.python import lowest_python
from ..engine.values import Safety
from ..facts.exceptions.categories.looks import Category
from ..facts.exceptions.data import Clause, Entry, FlowFacts
from ..facts.exceptions.evidence import BadEvidence, Evidence, read
from ..facts.exceptions.flow import Flows
from ..facts.exceptions.meanings import Meanings, meanings
from ..facts.exceptions.reach import Looked, Reach
from ..facts.modules import Modules, of_tests
from .injected import Injected
from .naming import Naming
from .verdict import Fix, Judged, Named, Options, Verdict, confirmed, judge


@dataclass(frozen=True)
class Project:
    """What is decided for each clause, and the files that must be read before that is final."""

    verdicts: Mapping[str, tuple[Verdict, ...]]
    missing: frozenset[str]
    heirs: frozenset[str]  # the names of classes whose subclasses matter, wherever they stand
    flows: Flows
    evidence: Evidence
    fixes: Mapping[str, tuple[Fix, ...]]


def _looked(project: EngineProject) -> Looked:
    """What the rounds before this one need not look at again."""
    return Looked()


def ahead(known: Known, options: Options) -> tuple[set[str], set[str]]:
    """The files, and the names of classes, that are missing as far as one look at each function tells and that nobody has
    asked for: `project_of` has the last word."""
    looked = known.project.once(_looked)
    read = known.facts.keys() | known.project.unreadable.keys()
    while True:
        reach = _reach(known, options, looked)
        files = {p for p in known.project.paths if p in reach.types.missing} - read
        heirs = reach.callees.heirs - looked.heirs
        looked.heirs |= heirs
        if files or heirs or looked.twice:
            return files, heirs
        looked.settled.clear()  # what had seemed settled may lead further by now
        looked.twice = True


def _types(known: Known) -> Meanings:
    return meanings(known.facts, known.project.once(Modules), frozenset(p for p in known.facts if of_tests(p)))


def _reach(known: Known, options: Options, looked: Looked) -> Reach:
    reach = Reach(known.facts, known.once(_types), _said(options), looked)
    for path, clauses in _clauses(known, options).items():
        if not of_tests(path):
            for clause in clauses:
                if not (clause.group or clause.alias or (clause.category is not None and clause.category.hard)):
                    reach.look(path, clause)
    return reach


def _clauses(known: Known, options: Options) -> dict[str, tuple[Clause, ...]]:
    """Those that something must be decided of; a fix of a test asks for all that it reaches."""
    targets = None if options.fix_tests else known.targets
    return {p: f.clauses for p, f in known.facts.items() if targets is None or p in targets}


def project_of(known: Known, options: Options) -> Project:
    """The verdicts over all clauses that are known in this round."""
    files: Mapping[str, FlowFacts] = known.facts
    modules = known.project.once(Modules)
    types = known.once(_types)
    flows = Flows(files, types, _said(options))
    evidence = _evidence(options.evidence, known.reports.get(options.evidence or OBSERVED, ""))
    naming = Naming(flows, modules)
    verdicts = {}
    for path, clauses in _clauses(known, options).items():
        if of_tests(path):
            reason = "a test file: its mocks say nothing of types"
            found = [Verdict(line=c.line, code="N07-test", reason=reason) for c in clauses]
        else:
            found = [
                _verdict(flows, naming, path, clause, options, evidence, lowest_python(known.project, path))
                for clause in clauses
            ]
        verdicts[path] = tuple(found)
    injected = Injected(flows=flows, naming=naming, fix=options.fix_tests)
    verdicts = injected.told(verdicts)
    return Project(
        verdicts=verdicts,
        heirs=frozenset(flows.callees.heirs),
        missing=frozenset(types.missing | naming.missing) - files.keys(),
        flows=flows,
        evidence=evidence,
        fixes=injected.fixes,
    )


def _said(options: Options) -> dict[str, Entry]:
    """The entries that the user gives. Raises OptionError, for what is kept as well."""
    for name in options.keep:
        _class("keep", name)
    found = {}
    for name, types in options.raises.items():
        dotted = [_class("raises", each) for each in types]
        if not _is_dotted(name):
            raise OptionError("raises", name, "the dotted name of a callable is needed")
        found[name if "." in name else f"builtins.{name}"] = Entry(raises=dict.fromkeys(dotted, "u"), total=True)
    return found


def _class(option: str, name: str) -> str:
    """The dotted name of an exception that the user names. Raises OptionError."""
    if "." in name and _is_dotted(name):
        return name
    found = getattr(builtins, name, None)
    if not (isinstance(found, type) and issubclass(found, BaseException)):
        raise OptionError(option, name, "a builtin exception or the dotted name of one is needed")
    return f"builtins.{found.__name__}"


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in name.split("."))


def _evidence(name: str, text: str) -> Evidence:
    """What was seen in a run; nothing where there is no text. Raises OptionError for a file that the user names."""
    try:
        return read(text) if text else Evidence()
    except BadEvidence as error:
        if not name:  # another version of codemod kept it: nobody asked for that
            return Evidence()
        raise OptionError("evidence", name, str(error)) from None


def _verdict(
    flows: Flows,
    naming: Naming,
    path: str,
    clause: Clause,
    options: Options,
    evidence: Evidence,
    oldest: tuple[int, int] | None,
) -> Verdict:
    category = clause.category
    signed = category is not None and category.code == "N21-signed"
    if category is not None and category.hard:
        found = Verdict(line=clause.line, code=category.code, reason=category.words)
        return found if signed or clause.kind != "bare" else _bare(clause, found)
    judged = judge(flows, path, clause, options, oldest, lambda cls: naming.nearest(cls, path))
    if judged.code and clause.kind == "bare" and judged.code != "N08-group":
        return _bare(clause, Verdict(line=clause.line, code=judged.code, reason=judged.reason))
    if category is not None and (judged.code == "N01-unknown" or _hands_on(category, judged)):
        return Verdict(line=clause.line, code=category.code, reason=category.words)
    observed = evidence.at(path, clause.identity) if clause.identity is not None else None
    if observed is not None and not judged.code:
        judged = confirmed(flows, judged, observed)
    return Verdict(
        line=clause.line,
        code=judged.code,
        reason=judged.reason,
        names=tuple(naming.named(cls, path) for cls in judged.classes),
        safety=judged.safety,
        classes=judged.classes,
        stays=judged.stays,
        about=judged.about,
    )


def _bare(clause: Clause, found: Verdict) -> Verdict:
    """A bare clause that stays as broad as it is says at least so, and lets KeyboardInterrupt pass where it does not raise again."""
    if clause.again:
        reason = "`except:` means `except BaseException:`, and the handler raises again"
        return replace(
            found, code="", reason=reason, names=(Named(dotted="builtins.BaseException"),), safety=Safety.SAFE
        )
    reason = f"KeyboardInterrupt and SystemExit would pass; no type is named, for {found.reason}"
    return replace(found, code="", reason=reason, names=(Named(dotted="builtins.Exception"),), safety=Safety.UNSAFE)


def _hands_on(category: Category, judged: Judged) -> bool:
    """Whether a loop gives each item to a function of the project: what that may do some day must not stop the others."""
    return category.code == "N13-isolates" and judged.calls
