"""Carry out what was planned for one file: prepared texts, and the imports and paths of whoever uses what moves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..engine.bindings import Binding, ImportStatement, imported
from ..engine.edits import create_file, delete_file
from ..engine.grouping import grouped
from ..engine.names import Names, chain, item_of
from ..engine.source import Definition, Source, is_docstring
from ..engine.values import Import, Part, Safety, Skip
from ..facts.moving.late import place
from ..facts.moving.paths import item_of as module_import
from ..facts.moving.paths import renamed
from ..facts.moving.values import Text
from .values import Job, Site


class Unsure(Exception):
    """Why a place cannot follow: line, code, reason."""

    def __init__(self, line: int, code: str, reason: str) -> None:
        super().__init__(reason)
        self.line, self.code, self.reason = line, code, reason


def parts(file: Source, job: Job) -> Iterator[Part | Skip]:
    """The edits of one file."""
    safety = Safety.UNSAFE if job.unsafe else Safety.SAFE
    user = _User(file, job)
    try:
        user.follow()
    except Unsure as error:
        yield Skip(file.path, error.line, error.code, error.reason, job.group)
        return
    new = job.new
    if new is not None:
        put = tuple(text.edit(new.path, file) for text in new.texts)
        made = (create_file(new.path, new.head, like=file.path), *put)
        yield Part(new.path, 1, job.reason, made, safety, job.group, requires=new.requires)
    for other in job.others:
        edits = tuple(text.edit(other.path, file) for text in other.texts)
        yield Part(other.path, 1, job.reason, edits, safety, job.group, requires=other.requires)
    if job.goes:
        if told := _head(file):
            yield Skip(file.path, 1, "M14-goes", f"{told} with the module, which is left empty")
        gone = (delete_file(file.path),)
        yield Part(file.path, job.line, job.reason, gone, safety, job.group, deletes_comments=True)
        return
    texts = [*job.texts, *user.texts]
    requires, frees = {*job.requires, *user.requires}, {*job.frees, *user.frees}
    for drops in (False, True):
        edits = tuple(t.edit(file.path, file) for t in texts if t.drops_comments is drops)
        if edits or (not drops and (requires or frees)):
            yield Part(
                file.path, job.line, job.reason, edits, safety, job.group,
                requires=() if drops else tuple(sorted(requires)),
                frees=() if drops else tuple(sorted(frees)), deletes_comments=drops,
            )  # fmt: skip


def _head(file: Source) -> str:
    """What stands at the top of a module and belongs to none of its definitions: its docstring, and comments above that."""
    first = next(iter(file.tree.body), None)
    if first is None or not is_docstring(file.tree, first):
        return ""
    above = file.text[: file.start(first)].splitlines()
    told = any(line.startswith("#") and not line.startswith("#!") for line in above)
    return "its docstring and the comments above it go" if told else "its docstring goes"


@dataclass
class _User:
    file: Source
    job: Job
    texts: list[Text] = field(default_factory=list)
    requires: set[Import] = field(default_factory=set)
    frees: set[Import] = field(default_factory=set)

    def follow(self) -> None:
        sites = grouped((site.form, site) for site in self.job.sites)
        self._imports(sites.get("import", []))
        for site in sites.get("attribute", []):
            self._attribute(site)
        for site in sites.get("lookup", []):
            self._lookup(site)
        for site in (*sites.get("path", []), *sites.get("docstring", [])):
            self._path(site)
        for site in sites.get("comment", []):
            self._path(site, drops=True)
        for name in sorted(self.job.late):
            self._late(name)

    @property
    def names(self) -> Names:
        return self.file.once(Names)

    @property
    def is_dest(self) -> bool:
        return self.file.path == self.job.target.dest

    def replace(self, start: int, end: int, new: str, drops: bool = False) -> None:
        if all((t.start, t.end) != (start, end) or start == end for t in self.texts):
            self.texts.append(Text(start, end, new, drops_comments=drops))

    # ---- `from m import X` -----------------------------------------------------------------

    def _imports(self, sites: Sequence[Site]) -> None:
        if not sites:
            return
        starts = {site.start for site in sites}
        for node in ast.walk(self.file.tree):
            if isinstance(node, ast.ImportFrom):
                mine = [n for n, alias in enumerate(node.names) if self.file.start(alias) in starts]
                if mine:
                    self._from(node, mine)

    def _from(self, node: ast.ImportFrom, mine: list[int]) -> None:
        file = self.file
        items = [item for _, _, item in imported(node)]
        aliases = [items[n] for n in mine]
        if self.is_dest:
            for item in aliases:
                if item.alias and item.alias != item.name:
                    raise Unsure(node.lineno, "M02-taken", f"{item.name} is called {item.alias} here")
            self._without(node, mine)
            return
        module = renamed(items[0].module, self.job.target, file.path)
        late = {i for i in aliases if i.name in self.job.late}
        if late and len(late) < len(aliases):
            raise Unsure(node.lineno, "M01-cycle", "some of these names would have to be imported later")
        if late:
            self._without(node, mine)
        elif self._is_usual(node, aliases):
            self.requires |= {Import(module, i.name, i.alias) for i in aliases}
            self.frees |= set(aliases)
        elif len(mine) == len(items):
            self._module(node, module)
        else:
            self._without(node, mine)
            end = file.line_end(node.end_lineno or node.lineno)
            start = file.line_starts[node.lineno - 1]
            indent = file.text[start : file.start(node)]
            if indent.strip() or re.match(r"[ \t]*;", file.text[file.end(node) :]):
                raise Unsure(node.lineno, "M05-text", "an import shares its line with other code")
            names = ", ".join(f"{i.name} as {i.alias}" if i.alias else i.name for i in aliases)
            lead = "" if file.text[:end].endswith(("\n", "\r")) else "\n"
            self.replace(end, end, f"{lead}{indent}from {module} import {names}\n")

    def _is_usual(self, node: ast.ImportFrom, items: Sequence[Import]) -> bool:
        """Whether an import stands among the first ones of the module, where others come and go."""
        file = self.file
        if node not in file.tree.body or "#" in file.text[file.start(node) : file.line_end(node.end_lineno or 0)]:
            return False
        early = file.tree.body[: file.tree.body.index(node)]
        if any(isinstance(s, Definition) for s in early):
            return False
        every = [i for n in ast.walk(file.tree) if isinstance(n, ImportStatement) for _, _, i in imported(n)]
        return all(every.count(i) == 1 and not (i.alias and i.alias == i.name) for i in items)

    def _module(self, node: ast.ImportFrom, module: str) -> None:
        """Another module in the place of that which an import names."""
        start, end = self.file.span(node)
        match = re.compile(r"from(?:\s|\\)*([.\s]*[\w.]*?)(?:\s|\\)*(?<![\w])import\b").match(
            self.file.text, start, end
        )
        if match is None:
            raise Unsure(node.lineno, "M05-text", "the module of an import is written in pieces")
        new = module if self.file.text[match.start(1) - 1].isspace() else f" {module}"
        behind = "" if self.file.text[match.end(1)].isspace() else " "
        self.replace(match.start(1), match.end(1), new + behind)

    def _without(self, node: ImportStatement, gone: list[int]) -> None:
        """An import without some of its names."""
        file, names = self.file, node.names
        if len(gone) == len(names):
            self._without_statement(node)
            return
        for n in gone:
            later = [m for m in range(n + 1, len(names)) if m not in gone]
            if later:
                span = file.start(names[n]), file.start(names[n + 1])
            else:
                kept = max(m for m in range(n) if m not in gone)
                span = file.end(names[kept if n - 1 == kept else n - 1]), file.end(names[n])
            self.replace(*span, "", drops="#" in file.text[slice(*span)])

    def _without_statement(self, node: ast.stmt) -> None:
        file = self.file
        start, end = file.line_starts[node.lineno - 1], file.line_end(node.end_lineno or node.lineno)
        if file.text[start : file.start(node)].strip() or re.match(r"[ \t]*;", file.text[file.end(node) :]):
            raise Unsure(node.lineno, "M05-text", "an import shares its line with other code")
        drops = "#" in file.text[start:end]
        if len(file.suite(node)) == 1 and node not in file.tree.body:
            self.replace(*file.span(node), "pass", drops)
        else:
            above, line = node.lineno - 1, (node.end_lineno or node.lineno) + 1
            while file.is_blank(above) and file.is_blank(line) and end < len(file.text):
                end = file.line_end(line)  # of two gaps the wider one stays; none at the top
                above, line = max(above - 1, 0), line + 1
            self.replace(start, end, "", drops)

    # ---- `m.X` -----------------------------------------------------------------------------

    def _node(self, kind: type[ast.AST], site: Site) -> ast.AST | None:
        for node in self.file.walk(self.file.tree, [site.line]):
            if isinstance(node, kind) and getattr(node, "lineno", None) is not None:
                at = (
                    self.file.end(node) - len(site.word) if isinstance(node, ast.Attribute) else self.file.start(node)
                )
                if isinstance(node, ast.Attribute) and node.attr == site.word and at == site.start:
                    return node
                if (
                    isinstance(node, ast.Constant)
                    and node.value == site.word
                    and at < site.start <= self.file.end(node)
                ):
                    return node
        return None

    def _attribute(self, site: Site) -> None:
        node = self._node(ast.Attribute, site)
        if not isinstance(node, ast.Attribute):
            raise Unsure(site.line, "M05-text", f"{site.word} is taken in a text")
        if self.is_dest:
            found = self.names.scope(node).find(site.word)
            if found is not None and found[0] is not self.names.module:
                raise Unsure(site.line, "M02-taken", f"{site.word} is something else here")
            self.replace(self.file.start(node), self.file.end(node), site.word)
            binding = self._binding(node.value)
            if binding is not None and self.job.gone:
                self._import_of(binding, None)
            elif binding is not None:
                self.frees.add(item_of(binding))
            return
        self._through(node.value, site)

    def _lookup(self, site: Site) -> None:
        node = self._node(ast.Constant, site)
        call = next(self.file.ancestors(node), None) if node is not None else None
        if not isinstance(call, ast.Call) or not call.args:
            raise Unsure(site.line, "M05-text", f"{site.word} is looked up otherwise than by a call")
        self._through(call.args[0], site)

    def _binding(self, owner: ast.expr) -> Binding | None:
        """The import that gives the module which an expression is."""
        root, rest = chain(owner)
        if not isinstance(root, ast.Name) or (found := self.names.scope(root).find(root.id)) is None:
            return None
        fitting = [b for b in found[1] if b.kind == "import" and b.item is not None]
        exact = [b for b in fitting if b.item and not b.item.name and b.item.module == f"{root.id}{rest}"]
        return next(iter(exact or fitting), None)

    def _through(self, owner: ast.expr, site: Site) -> None:
        """The new module in the place of an expression that is the old one."""
        binding = self._binding(owner)
        if binding is None:
            raise Unsure(site.line, "M05-text", f"nobody knows which import gives what {site.word} is taken from")
        old = item_of(binding)
        new, text = module_import(self.file.path, self.job.target, old)
        home = self.names.scope(owner).find(text.partition(".")[0])
        known = home is None or all(
            b.kind == "import" and b.item is not None and self._fits(b.item, new) for b in home[1]
        )
        if not known:
            raise Unsure(site.line, "M02-taken", f"{text.partition('.')[0]} is something else here")
        if self.job.gone:
            self._import_of(binding, new)
            if not old.alias:
                self.replace(*self.file.span(owner), text)
            return
        self.replace(*self.file.span(owner), text)
        self.frees.add(old)
        if binding.statement in self.file.tree.body:
            self.requires.add(new)
        elif home is None or all(b.item != new for b in home[1]):
            self._beside(binding.statement, str(new))

    def _import_of(self, binding: Binding, new: Import | None) -> None:
        """The import of a module that goes: of the new one in its place, or none."""
        file, node = self.file, binding.statement
        assert isinstance(node, ast.Import | ast.ImportFrom)
        items = [item for _, _, item in imported(node)]
        old = item_of(binding)
        place = items.index(old)
        home = self.names.scope(node)
        there = [b.item for found in home.names.values() for b in found if b.kind == "import" and b.item != old]
        if new is None or (new in there and not old.alias):
            self._without(node, [place])
            return
        start, end = file.span(node.names[place])
        end = start + len(node.names[place].name)
        if not new.name or old.module == new.module:
            self.replace(start, end, new.name or new.module)
        elif len(items) == 1 and isinstance(node, ast.ImportFrom):
            self._module(node, new.module)
            self.replace(start, end, new.name)
        else:
            self._without(node, [place])
            self._beside(node, f"{Import(new.module, new.name, old.alias)}")

    def _fits(self, there: Import, new: Import) -> bool:
        return there == new or (not new.name and not new.alias and not there.name and not there.alias)

    def _beside(self, statement: ast.AST, text: str) -> None:
        """A statement below another, in its block."""
        line = statement.lineno  # type: ignore[attr-defined]
        indent = self.file.text[self.file.line_starts[line - 1] : self.file.start(statement)]
        end = self.file.line_end(statement.end_lineno)  # type: ignore[attr-defined]
        if all(t.new != f"{indent}{text}\n" or t.start != end for t in self.texts):
            self.texts.append(Text(end, end, f"{indent}{text}\n"))

    # ---- texts -----------------------------------------------------------------------------

    def _path(self, site: Site, drops: bool = False) -> None:
        """The module in a dotted text."""
        text, last = self.file.text, site.start - 1
        module = site.asks.rpartition(".")[0]
        start = last - len(module)
        if start < 0 or text[start:last].replace(":", ".") != module or text[last] not in ".:":
            return  # the module is said elsewhere
        self.replace(start, last, renamed(module, self.job.target, self.file.path), drops)

    # ---- imports in functions --------------------------------------------------------------

    def _late(self, name: str) -> None:
        """Import a name in the functions that use it."""
        file, job = self.file, self.job
        gone = [(t.start, t.end) for t in job.texts if not t.new and t.moved is None]
        written = next(
            (s.asks.rpartition(".")[0] or "." for s in job.sites if s.form == "import" and s.word == name), ""
        )
        relative = any(isinstance(n, ast.ImportFrom) and n.level for n in file.tree.body)
        old = written or ("." if relative else job.target.source_name)
        module = renamed(old, job.target, file.path)
        for node in ast.walk(file.tree):
            match node:
                case ast.Name(id=found) if found == name and not any(a <= file.start(node) < b for a, b in gone):
                    scope = self.names.scope(node)
                    home = scope.find(name)
                    if home is None or home[0] is not self.names.module:
                        continue
                    if scope.function is None:
                        raise Unsure(node.lineno, "M01-cycle", f"{name} is needed while the module is imported")
                    if (above := place(file, scope)) is None:
                        reason = f"{name} would have to be imported here, where no statement can stand above it"
                        raise Unsure(node.lineno, "M01-cycle", reason)
                    start, indent = above
                    line = f"{indent}from {module} import {name}\n"
                    if all((t.start, t.new) != (start, line) for t in self.texts):
                        self.texts.append(Text(start, start, line))
