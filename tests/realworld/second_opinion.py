"""What jedi says of tokens: run by rename_proof.py in an environment of its own, JSON in and out.

Of each edited token: `same` (it is one of the edited definitions), `other` (something else), `unknown` (jedi gives no
definition, as of a word in a text). `beyond` are the references that jedi finds and that were not edited, each with what jedi
itself says that it means there, where that is none of the edited definitions.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jedi
from jedi.inference import references

references._PARSED_FILE_LIMIT = 10_000  # as many as there are, not the thirty that an editor has time for
Place = tuple[str, int, int]


class Opinion:
    def __init__(self, root: Path, path: str) -> None:
        self.root = root
        self.project = jedi.Project(str(root), added_sys_path=[str(root / path)], smart_sys_path=False)
        self.scripts: dict[str, Any] = {}

    def script(self, path: str) -> Any:
        if path not in self.scripts:
            self.scripts[path] = jedi.Script(path=str(self.root / path), project=self.project)
        return self.scripts[path]

    def places(self, names: Iterable[Any]) -> set[Place]:
        found = set()
        for name in names:
            if name.module_path and name.module_path.is_relative_to(self.root):
                path = name.module_path.relative_to(self.root).as_posix()
                found.add((path, *((0, 0) if name.type == "module" else (name.line, name.column))))
        return found

    def means(self, place: Place) -> set[Place]:
        """What the token at a place is; nothing where jedi does not know."""
        try:
            return self.places(self.script(place[0]).goto(*place[1:], follow_imports=True))
        except Exception as error:  # jedi fails with errors of all kinds: that is no opinion
            print(f"{place}: {error!r}", file=sys.stderr)
            return set()

    def users(self, place: Place) -> set[Place]:
        try:
            return self.places(self.script(place[0]).get_references(*place[1:], include_builtins=False))
        except Exception as error:
            print(f"{place}: {error!r}", file=sys.stderr)
            return set()


def answer(opinion: Opinion, ask: dict[str, Any]) -> dict[str, Any]:
    edited = {(path, line, column) for path, line, column in ask["edited"]}
    path, line, column = ask["at"]
    same = {(path, 0, 0)} if ask["kind"] == "module" else edited | {(path, line, column)}
    count: Counter[str] = Counter()
    other = []
    for place in sorted(edited):
        meant = opinion.means(place)
        end = "unknown" if not meant else "same" if meant & same else "other"
        count[end] += 1
        if end == "other":
            other.append(f"{place[0]}:{place[1]}:{place[2]} is edited, and jedi says {sorted(meant)}")
    start = next(iter(sorted(edited)), None) if ask["kind"] == "module" else (path, line, column)
    found = opinion.users(start) if start else set()
    left = sorted(p for p in found - edited if p[1] and _word(opinion.root, p, ask["word"]))
    beyond = [(*place, [] if (meant := opinion.means(place)) & same else sorted(meant)) for place in left]
    return {"count": count, "other": other, "beyond": beyond}


def _word(root: Path, place: Place, word: str) -> bool:
    """Whether the word stands there: jedi also gives the alias of an import."""
    path, line, column = place
    return (root / path).read_bytes().decode().split("\n")[line - 1].startswith(word, column)


def main() -> None:
    asked = json.load(sys.stdin)
    opinion = Opinion(Path(asked["root"]), asked["path"])
    json.dump([answer(opinion, ask) for ask in asked["asks"]], sys.stdout)


if __name__ == "__main__":
    main()
