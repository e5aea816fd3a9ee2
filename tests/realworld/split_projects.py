"""Modules that are split, with the suites that say whether anybody notices: data only."""

from __future__ import annotations

from dataclasses import dataclass

from sdists import Sdist
from suites import PYTEST, Suite

PLAIN = ("-o", "addopts=", "-p", "no:cacheprovider", "--continue-on-collection-errors")


@dataclass(frozen=True)
class Split:
    """A module of a real project."""

    suite: Suite
    module: str  # its file
    name: str  # dotted
    refused: str = ""  # the code with which it must be left alone
    arguments: tuple[str, ...] = ()
    script: str = ""  # a suite that is no pytest: what runs it


def _split(
    sdist: Sdist,
    module: str,
    name: str,
    *tests: str,
    install: tuple[str, ...] = (),
    path: str = ".",
    refused: str = "",
    proves: str = "",
    arguments: tuple[str, ...] = (),
    script: str = "",
) -> Split:
    packages = (*PYTEST, *install)
    suite = Suite(sdist, install=packages, command=(*PLAIN, *tests), path=path, proves=proves or f"{name} is split")
    return Split(suite=suite, module=module, name=name, refused=refused, arguments=arguments, script=script)


SPLITS = (
    _split(
        Sdist("bottle", "0.13.4", "787e78327e12b227938de02248333d788cfe45987edca735f8f88e03472c3f47"),
        "bottle.py", "bottle", "test", arguments=("--single-file",),
        proves="half of it one circle, a variable that functions set, __name__ in templates",
    ),
    _split(
        Sdist("more-itertools", "11.2.1", "cbf08fd0af284dc69718b9b76a8e6203df624d70209ea511e4219d350c856f63"),
        "more_itertools/more.py", "more_itertools.more", "tests", proves="133 independent definitions, a stub",
    ),
    _split(
        Sdist("attrs", "26.1.0", "d03ceb89cb322a8fd706d4fb91940737b6642aa36998fe130a9bc96c985eff32"),
        "src/attr/_make.py", "attr._make", "tests", install=("hypothesis", "attrs==26.1.0", "cloudpickle"), path="src",
        proves="decorators that run while it is imported, code that is executed, pickles",
    ),
    _split(
        Sdist("markdown2", "2.5.5", "001547e68f6e7fcf0f1cb83f7e82f48aa7d48b2c6a321f0cd20a853a8a2d1664"),
        "lib/markdown2.py", "markdown2", "test", path="lib", script="test/test.py", install=("pygments", "latex2mathml", "wavedrom"),
        proves="a class of 2,144 lines, twenty statements with side effects", arguments=("--single-file",),
    ),
    _split(
        Sdist("tabulate", "0.10.0", "e2cfde8f79420f6deeffdeda9aaec3b6bc5abce947655d17ac662b126e48a60d"),
        "tabulate/__init__.py", "tabulate", "test", install=("wcwidth", "tabulate==0.10.0"),
        proves="a package's own module",
    ),
    _split(
        Sdist("pyparsing", "3.3.3", "928ae7e20211f3b6f3915a72f06a0cfd29ab9d24279dd6346b6b1a7146397d36"),
        "pyparsing/core.py", "pyparsing.core", "tests", install=("railroad-diagrams", "jinja2"), refused="L08-dynamic",
        proves="two thirds of it one circle",
    ),
    _split(
        Sdist("inflect", "7.6.0", "b46875b50534a7cd5fcfb5a7c971bb93fe68948c43ca53e9833bd1e1a69221bd"),
        "inflect/__init__.py", "inflect", "tests", install=("more-itertools", "typeguard", "inflect==7.6.0"),
        proves="tables of words, a decorator that reads the source", arguments=("--module-name", "assign"),
    ),
    _split(
        Sdist("pycodestyle", "2.15.0", "318f5db083869b4c4dad922d0b11124fb27ab181b6730b93371da671e31bd50e"),
        "pycodestyle.py", "pycodestyle", "tests", proves="checks that register while it is imported",
        arguments=("--single-file",),
    ),
    _split(
        Sdist("simpleeval", "1.0.8", "b417f869c11f2de034eb919820a825f35d12ce99f63a43971947ce73679eb9ba"),
        "simpleeval.py", "simpleeval", "tests", arguments=("--single-file",),
    ),
    _split(
        Sdist("parse", "1.22.4", "706d458feed5a81b02768d3156e8070baf6cee7d150a3a3c0cd43101a875c3b5"),
        "parse/__init__.py", "parse", "tests",
    ),
    _split(
        Sdist("click", "8.5.1", "9bbfada76703fd1d784b83eea012e3e8c6a001a876543ef104fa56aaaeb072b4"),
        "src/click/core.py", "click.core", "tests/test_basic.py", "tests/test_context.py", "tests/test_commands.py",
        "tests/test_arguments.py", "tests/test_chain.py", "tests/test_defaults.py", "tests/test_formatting.py", path="src",
        proves="one circle of 87 in 100 lines",
    ),
    _split(
        Sdist("boltons", "26.2.0", "d39cfd15c1a1c3bd4d705c82252fa9edb8e4f5e8cc039f8e39afac7b1b47e92c"),
        "boltons/iterutils.py", "boltons.iterutils", "tests",
    ),
    _split(
        Sdist("boltons", "26.2.0", "d39cfd15c1a1c3bd4d705c82252fa9edb8e4f5e8cc039f8e39afac7b1b47e92c"),
        "boltons/strutils.py", "boltons.strutils", "tests",
    ),
    _split(
        Sdist("boltons", "26.2.0", "d39cfd15c1a1c3bd4d705c82252fa9edb8e4f5e8cc039f8e39afac7b1b47e92c"),
        "boltons/urlutils.py", "boltons.urlutils", "tests",
    ),
    _split(
        Sdist("jsonpickle", "4.1.4", "8adf24cca611809b55ff5ed2ace850e1a3e4370dad5d363df71569b8f46c9645"),
        "jsonpickle/unpickler.py", "jsonpickle.unpickler", "tests",
    ),
    _split(
        Sdist("toolz", "1.2.0", "9667a038e9d6ecba37995e26cb2f59ec6420b6ad8dd9677de59db9b956b08490"),
        "toolz/functoolz.py", "toolz.functoolz", "toolz/tests", refused="L14-late",
        proves="an import at the end, of a module that takes something from here",
    ),
    _split(
        Sdist("toolz", "1.2.0", "9667a038e9d6ecba37995e26cb2f59ec6420b6ad8dd9677de59db9b956b08490"),
        "toolz/itertoolz.py", "toolz.itertoolz", "toolz/tests",
    ),
    _split(
        Sdist("cachetools", "8.0.0", "5ed01bd676800d51f0025605e4fd8ad0891550513e7b0a4c3da478463764e5c3"),
        "src/cachetools/__init__.py", "cachetools", "tests", path="src",
    ),
    _split(
        Sdist("funcy", "2.1", "8979feb3de7120afd1d00e5a8eae810c1942e4bfbc91697151e9ee1e49f79284"),
        "funcy/seqs.py", "funcy.seqs", "tests", install=("whatever",),
    ),
    _split(
        Sdist("prettytable", "3.18.0", "439217116152244369caf3d9f1caf2f9fe29b03bd79e88d2928c8e718c95d680"),
        "src/prettytable/prettytable.py", "prettytable.prettytable", "tests", path="src",
        install=("prettytable==3.18.0", "pytest-lazy-fixtures", "wcwidth"),
        proves="one class of 2,878 lines, a __getattr__ of the module",
    ),
)  # fmt: skip

# modules of the standard library, the suite of each, and the code with which some are left alone: inspect fills tables of names,
# C code calls typing back while that is imported, subprocess compares the files of frames, pickle lists what dir() gives
STDLIB = {
    "argparse": "", "ast": "", "configparser": "", "dataclasses": "", "difflib": "", "imaplib": "", "ipaddress": "",
    "mailbox": "", "optparse": "", "pickletools": "", "shutil": "", "smtplib": "", "statistics": "", "tarfile": "",
    "threading": "", "zipfile": "", "enum": "",
    "doctest": "L08-dynamic", "inspect": "L08-dynamic", "pickle": "L08-dynamic", "subprocess": "L10-frames",
    "typing": "L08-dynamic",
}  # fmt: skip
