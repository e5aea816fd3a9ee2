"""Pinned source distributions: fetched from pip's index, checked against their hash, unpacked.

No setup code of any package runs: the file is downloaded as it is, never built. Run as a script
with `NAME==VERSION …` it prints the lines to paste where a new pin is wanted.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import os
import re
import shutil
import ssl
import subprocess
import sys
import tarfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "codemod-bench"


class Missing(SystemExit):
    """A pinned file that cannot be had: one clear line, exit code 1, never a silent skip."""


@dataclass(frozen=True)
class Sdist:
    name: str
    version: str
    sha256: str

    @property
    def label(self) -> str:
        return f"{self.name}-{self.version}"


@cache
def _pip_config() -> dict[str, str]:
    """What pip itself would use: `pip config list` has merged its files; the environment wins."""
    for pip in ([sys.executable, "-m", "pip"], ["pip"], ["pip3"]):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            command = [*pip, "config", "list"]
            out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            break
    else:
        raise Missing("error: there is no pip to ask for its index; put one on the path")
    pairs = [line.split("=", 1) for line in out.splitlines() if "=" in line]
    pairs.sort(key=lambda pair: pair[0].startswith(":env:"))
    found = (pair for pair in pairs if pair[0].startswith(("global.", ":env:.")))
    return {key.rsplit(".", 1)[-1]: value.strip("'\"") for key, value in found}


def indexes() -> list[str]:
    config = _pip_config()
    urls = [config.get("index-url", "https://pypi.org/simple")]
    urls += re.split(r"\s+", config.get("extra-index-url", "").replace("\\n", " "))
    return [url.rstrip("/") for url in urls if url]


def _open(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "text/html", "User-Agent": "sdists"})
    context = ssl.create_default_context(cafile=_pip_config().get("cert"))
    with urllib.request.urlopen(request, timeout=180, context=context) as answer:
        data: bytes = answer.read()
        return data


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def links(name: str) -> Iterator[tuple[str, str]]:
    """(file name, address with its hash fragment) of every file of a project, over all indexes."""
    for index in indexes():
        page = f"{index}/{_normal(name)}/"
        source = page + "index.html" if page.startswith("file:") else page
        try:
            text = _open(source).decode()
        except (urllib.error.URLError, OSError):
            continue
        for href in re.findall(r'href="([^"]+)"', text):
            url = urllib.parse.urljoin(page, html.unescape(href))
            path = urllib.parse.unquote(urllib.parse.urlsplit(url).path)
            yield path.rsplit("/", 1)[-1], url


def _sdist_url(name: str, version: str) -> str:
    wanted = _normal(f"{name}-{version}.tar.gz")
    for file, url in links(name):
        if _normal(file) == wanted:
            return url
    raise Missing(f"error: no source distribution of {name}=={version} in {', '.join(indexes())}")


def fetch(sdist: Sdist) -> Path:
    """The checked archive in the cache; downloaded when it is not there yet."""
    archive = CACHE / "sdists" / f"{sdist.label}.tar.gz"
    if not archive.exists():
        url = _sdist_url(sdist.name, sdist.version)
        try:
            data = _open(url.partition("#")[0])
        except (urllib.error.URLError, OSError) as error:
            raise Missing(f"error: cannot download {sdist.label}: {error}") from None
        archive.parent.mkdir(parents=True, exist_ok=True)
        part = archive.with_suffix(".part")
        part.write_bytes(data)
        part.replace(archive)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sdist.sha256:
        raise Missing(f"error: {archive.name}: sha256 is {found}, pinned is {sdist.sha256}")
    return archive


def unpack(sdist: Sdist, into: Path) -> Path:
    """The archive's content as the folder `into` (replaced when it exists)."""
    staging = into.with_name(f"{into.name}.unpacking")
    shutil.rmtree(staging, ignore_errors=True)
    shutil.rmtree(into, ignore_errors=True)
    staging.mkdir(parents=True)
    with tarfile.open(fetch(sdist)) as archive:
        archive.extractall(staging, filter="data")
    (top,) = staging.iterdir()
    top.replace(into)
    staging.rmdir()
    return into


def pin(requirement: str) -> str:
    name, _, version = requirement.partition("==")
    data = _open(_sdist_url(name, version).partition("#")[0])
    return f'    Sdist("{name}", "{version}", "{hashlib.sha256(data).hexdigest()}"),'


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(pin(argument), flush=True)
