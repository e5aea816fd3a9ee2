"""Why a path that was named is none of the files that are read: what it is instead, and what helps."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from .git import Repository
from .trees import TreeEntry

_SUBMODULE = "a submodule; run codemod inside of it"
_OTHER = "a repository of its own; run codemod inside of it"


def why_not_committed(path: str, repository: Repository, commit: str, base: str) -> str:
    """What is known of a path below the top that the commit has no regular file at; "" if nothing is."""
    tree = repository.tree(commit)
    if any(entry.mode == "160000" for entry in _on_the_way(path, tree)):
        return _SUBMODULE
    if any(entry.mode == "120000" for entry in _on_the_way(path, tree)):
        return f"a symbolic link in {base}, which leads to nothing there"
    head = repository.head()
    if head and head != commit and _holds(repository.tree(head), path):
        return f"not in {base}; HEAD has it"
    if other := _other_letters(tree, path):
        return f"not committed; there is {other}"
    place = repository.root / path if repository.root is not None else None
    if place is not None and os.path.lexists(place) and (not place.is_dir() or _has_files(place)):
        return _uncommitted(path, repository, place)
    asked = ("log", "-1", "--no-show-signature", "--diff-filter=D", "--format=%h", commit, "--", path)
    gone = repository.run("--literal-pathspecs", *asked).out.decode("ascii", "replace").strip()
    if gone:
        return f"deleted in {gone}"
    return "an empty folder; nothing of it is committed" if place is not None and place.is_dir() else ""


def _uncommitted(path: str, repository: Repository, place: Path) -> str:
    if _in_other_repository(path, repository.where):
        return _OTHER
    if _is_ignored(path, repository):
        return "ignored by git, and not committed"
    what = "nothing of it is committed" if place.is_dir() else "not committed"
    return f"{what}; --in-place reads the working tree"


def why_not_in_folder(path: str, top: Path, files: Collection[str], repository: Repository | None) -> str:
    """What is known of a path in the working tree, or in any folder, that is none of the files; "" if nothing is."""
    place = top / path
    if not os.path.lexists(place):
        if other := _other_letters(files, path):
            return f"no such file or folder; there is {other}"
        head = repository.head() if repository else None
        return "deleted since the last commit" if repository and head and _holds(repository.tree(head), path) else ""
    if _in_other_repository(path, top):
        return _OTHER
    if any(part.is_symlink() for part in (place, *place.parents) if part.is_relative_to(top) and part != top):
        return "a symbolic link; name what it stands for"
    if repository is not None and _is_ignored(path, repository):
        return "ignored by git"
    if place.is_dir() and not _has_files(place):
        return "an empty folder"
    return (
        "a folder whose files are not read: hidden, or links" if place.is_dir() else "not a regular file that is read"
    )


def _on_the_way(path: str, tree: Mapping[str, TreeEntry]) -> list[TreeEntry]:
    parts = path.split("/")
    return [tree[p] for n in range(1, len(parts) + 1) if (p := "/".join(parts[:n])) in tree]


def _holds(paths: Collection[str], path: str) -> bool:
    return path in paths or any(p.startswith(path + "/") for p in paths)


def _other_letters(paths: Collection[str], path: str) -> str:
    """The same path but for upper and lower case, where a filesystem may not tell them apart and git does."""
    folded = path.casefold()
    for known in paths:
        if known.casefold() == folded or known.casefold().startswith(folded + "/"):
            return "/".join(known.split("/")[: path.count("/") + 1])
    return ""


def _in_other_repository(path: str, top: Path) -> bool:
    parts = path.split("/")
    return any(os.path.lexists(top.joinpath(*parts[:n], ".git")) for n in range(1, len(parts) + 1))


def _is_ignored(path: str, repository: Repository) -> bool:
    return repository.run("check-ignore", "-q", "--no-index", "--", f"./{path}").code == 0


def _has_files(folder: Path) -> bool:
    return any(names for _, _, names in os.walk(folder))
