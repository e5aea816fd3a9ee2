"""Projects whose suites say whether narrowed clauses still hold: data only, chosen by how many broad clauses they have."""

from __future__ import annotations

from sdists import Sdist
from suites import PYTEST, Suite

PLAIN = ("-o", "addopts=", "-p", "no:cacheprovider", "--continue-on-collection-errors")

NARROW = (
    Suite(
        Sdist("celery", "5.7.0", "6a5dfcf6662287204f009a02002b9e66c83d4105e47ebabdc7079108772fc6f0"),
        install=(
            *("pytest==9.0.2", "celery==5.7.0", "pytest-celery==1.3.0", "pytest-subtests", "pytest-timeout"),
            *("pytest-click", "pytest-order", "freezegun", "boto3", "moto", "msgpack", "pyyaml", "pydantic", "redis"),
        ),
        # the whole of t/unit takes twenty minutes on two cores
        command=(
            *(*PLAIN, "--timeout=120", "t/unit/bin", "t/unit/concurrency", "t/unit/contrib", "t/unit/events"),
            *("t/unit/fixups", "t/unit/security", "t/unit/utils", "t/unit/worker"),
        ),
        proves="133 broad clauses: workers, pools, result backends",
        packages=("celery",),
    ),
    Suite(
        Sdist("kombu", "5.7.0", "31e62fdfd2381caa3422f8e02b84a491d9a2180ddda74507b57f4cb1e1c2c2c9"),
        install=(
            *(*PYTEST, "kombu==5.7.0", "pytest-freezer", "hypothesis<7", "pyyaml", "msgpack", "redis", "boto3"),
            *("pymongo", "pycurl", "urllib3", "pydantic", "sqlalchemy", "azure-storage-queue", "azure-servicebus"),
        ),
        command=(*PLAIN, "t/unit"),
        proves="55 broad clauses: transports, channels, serializers",
        packages=("kombu",),
    ),
    Suite(
        Sdist("gunicorn", "27.0.1", "b1514965361c8b7e8107a80aa2a92636878df1ccfac6dd204a676426e04d9e3e"),
        install=(
            *(*PYTEST, "pytest-asyncio==1.4.0", "gevent", "h2", "coverage", "packaging", "uvloop", "httpx[http2]"),
            *("inotify", "gunicorn==27.0.1", "pytest-cov"),
        ),
        # these two start the gunicorn that is installed, with a PYTHONPATH of their own
        command=(
            *(*PLAIN, "tests", "--ignore=tests/test_signal_integration.py"),
            "--ignore=tests/test_control_socket_integration.py",
        ),
        proves="129 broad clauses: an arbiter, its workers, sockets",
        packages=("gunicorn",),
    ),
    Suite(
        Sdist("boltons", "26.2.0", "d39cfd15c1a1c3bd4d705c82252fa9edb8e4f5e8cc039f8e39afac7b1b47e92c"),
        install=(*PYTEST,),
        command=(*PLAIN, "tests"),
        proves="47 broad clauses: helpers over values of any kind",
        packages=("boltons",),
    ),
    Suite(
        Sdist("gql", "4.4.0b1", "9021b552f4c2140371187a7d1e4e2dd828e524f1aff6cc7688ca57f020325c0b"),
        install=(
            *(*PYTEST, "pytest-asyncio==1.4.0", "gql[aiohttp,httpx,requests,websockets]==4.4.0b1", "parse", "vcrpy"),
            *("pytest-console-scripts",),
        ),
        command=("-p", "no:cacheprovider", "-m", "not online", "tests"),
        proves="34 broad clauses: async transports and their tasks",
        packages=("gql",),
    ),
)
