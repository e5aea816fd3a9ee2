"""Who signs the commits of a run, and when: dated after their base, so that the same work gets the same ids again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import UsageError
from .git import Repository
from .trees import to_bytes, to_path


@dataclass(frozen=True)
class Stamp:
    """Who signs the commits, and the base's date to count from."""

    author: tuple[str, str]
    committer: tuple[str, str]
    seconds: int
    zone: str

    def environment(self, step: int) -> dict[str, str]:
        date = f"@{self.seconds + step} {self.zone}"  # without "@" git misreads early dates
        return {
            **{"GIT_AUTHOR_NAME": self.author[0], "GIT_AUTHOR_EMAIL": self.author[1]},
            **{"GIT_COMMITTER_NAME": self.committer[0], "GIT_COMMITTER_EMAIL": self.committer[1]},
            **{"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
        }

    def headers(self, step: int) -> bytes:
        date = f"{self.seconds + step} {self.zone}"
        (author, author_mail), (committer, committer_mail) = self.author, self.committer
        return to_bytes(f"author {author} <{author_mail}> {date}\ncommitter {committer} <{committer_mail}> {date}\n")


def make_stamp(repo: Repository, base: str) -> Stamp:
    people = []
    for role in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        answer = repo.run("var", role)
        match = re.match(r"(.*) <(.*)> \d+ [+-]\d+\n", to_path(answer.out))
        if answer.code or not match:
            advice = "run: git config user.name 'YOUR NAME' && git config user.email YOUR@MAIL"
            raise UsageError(f"git does not know who commits here; {advice}")
        people.append((match[1], match[2]))
    header = repo.ask("cat-file", "commit", base).partition(b"\n\n")[0]
    date = re.search(rb"^committer .*> (\d{1,18}) ([+-]\d{4})$", header, re.MULTILINE)
    seconds, zone = (int(date[1]), date[2].decode("ascii")) if date else (0, "+0000")
    return Stamp(author=people[0], committer=people[1], seconds=seconds, zone=zone)
