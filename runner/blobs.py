"""Contents of blobs, all in one go: `git cat-file --batch` prints them as fast as a disk gives them."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from .errors import RunFailed


def contents(where: Path, environment: Mapping[str, str], oids: Sequence[str], most: int) -> dict[str, bytes]:
    """Blobs by their ids; of one with more than `most` bytes a byte more than that.

    A blob of little may unpack to gigabytes. Raises RunFailed for one that is not there.
    """
    with tempfile.TemporaryFile() as feed:
        feed.write("".join(f"{oid}\n" for oid in oids).encode("ascii"))
        feed.seek(0)
        process = subprocess.Popen(
            ["git", "cat-file", "--batch", "--buffer"],
            cwd=where,
            env=environment,
            stdin=feed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        with process:
            return {oid: _next(process.stdout, oid, most) for oid in oids}


def _next(stream: IO[bytes], oid: str, most: int) -> bytes:
    header = stream.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise RunFailed(f"git cannot read the file with object id {oid}; try: git fsck")
    left = int(header[2])
    content = stream.read(min(left, most + 1))
    left -= len(content)
    while left > 0 and (passed := stream.read(min(left, 1 << 20))):
        left -= len(passed)
    stream.read(1)
    return content
