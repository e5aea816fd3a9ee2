"""Projects that still use the old names of typing, for the proof of modernize-typing: data only.

The distributions of rich and dataclasses_json hold no tests, those of dacite and slack_sdk a few:
`--checkout NAME=DIR` takes a project's whole tree from a checkout at the same version.
"""

from __future__ import annotations

from sdists import Sdist
from suites import ASYNCIO, PYTEST, Suite

PLAIN = ("-o", "addopts=", "--continue-on-collection-errors")

TYPING = (
    Suite(
        Sdist("dacite", "1.9.2", "6ccc3b299727c7aa17582f0021f6ae14d5de47c7227932c47fec4cdfefd26f09"),
        install=PYTEST,
        command=(*PLAIN, "tests", "--ignore", "tests/performance"),
        proves="takes unions apart itself and prints them",
        packages=("dacite", "tests"),
    ),
    Suite(
        Sdist("cattrs", "26.2.1", "679132bfdc225c5ee40c024fc42519954767c387f950dc6751946c586bccdc6d"),
        install=(
            *PYTEST,
            *("attrs==26.1.0", "exceptiongroup==1.3.1", "hypothesis==6.168.5", "immutables==0.21"),
            *("typing_extensions==4.16.0", "cbor2", "msgpack", "msgspec==0.22.0", "orjson", "pymongo"),
            *("pyyaml", "tomlkit", "ujson", "tomli_w", "tomli"),
        ),
        command=(*PLAIN, "tests", "--ignore", "tests/test_preconf.py", "--hypothesis-seed", "0"),
        path="src",
        proves="hooks that are looked up by type, type variables filled in",
        packages=("src/cattrs", "src/cattr", "tests"),
    ),
    Suite(
        Sdist("mashumaro", "3.23", "ed69d5bc548c76efbb5286cc0e541a6b8796e621385f986e25b750364011abf5"),
        install=(
            *PYTEST,
            *("pytest-mock==3.17.0", "typing_extensions==4.16.0", "ciso8601", "pendulum", "orjson"),
            *("msgpack", "pyyaml", "tomli", "tomli_w", "python-dateutil"),
        ),
        command=(*PLAIN, "tests"),
        proves="generates code from types and prints them",
        packages=("mashumaro", "tests"),
    ),
    Suite(
        Sdist("libcst", "1.9.0", "087b58a9afe076bb08e2d726478e1f16cb928d67ffa9092817e033c335de522a"),
        install=(
            *PYTEST,
            *("libcst==1.9.0", "hypothesis==6.168.5", "hypothesmith", "typing_inspect"),
            *("black==25.1.0", "ufmt==2.8.0", "usort==1.0.8.post1"),
        ),
        command=(*PLAIN, "libcst"),
        overlay="libcst",
        proves="enforces annotations at run time",
        packages=("libcst",),
    ),
    Suite(
        Sdist("slack_sdk", "3.47.0", "824e91a94a5b72a65531e8db0dd63dc4dc6bbad1a219b19582b48d5661c1c707"),
        install=(
            *ASYNCIO,
            *("aiohttp", "aiodynamo", "boto3", "moto", "sqlalchemy", "websockets", "websocket-client"),
            *("flask", "werkzeug", "psutil", "aiosqlite", "greenlet", "pytest-timeout"),
        ),
        command=(
            *PLAIN,
            "tests",
            *("--ignore", "tests/slack_sdk/socket_mode", "--ignore", "tests/slack_sdk_async/socket_mode"),
            *("--ignore", "tests/rtm", "--ignore", "tests/slack_sdk/rtm_v2", "--timeout", "60"),
        ),
        proves="the most uses",
        packages=("slack_sdk", "tests"),
    ),
    Suite(
        Sdist("rich", "15.0.0", "edd07a4824c6b40189fb7ac9bc4c52536e9780fbbfbddf6f1e2502c31b068c36"),
        install=(*PYTEST, "markdown-it-py==4.3.0", "pygments==2.21.0", "attrs"),
        command=(*PLAIN, "tests"),
        proves="protocols and aliases",
        packages=("rich",),
    ),
    Suite(
        Sdist("jinja2", "3.1.6", "0137fb05990d35f1275a587e9aee6d56da821fc83491a0fb838183be43f66d6d"),
        install=(*PYTEST, "markupsafe==3.0.4", "trio"),
        command=(*PLAIN, "tests"),
        path="src",
        proves="`import typing as t` and strings in annotations",
        packages=("src/jinja2",),
    ),
    Suite(
        Sdist("injector", "0.24.0", "e85a75d1516cff2f03170f3fd1219f56acb25c9a05e307819ae0dcde3dad3d3f"),
        install=(*PYTEST, "typing_extensions==4.16.0"),
        command=(*PLAIN, "injector_test.py"),
        proves="annotations are the keys of what is injected",
        packages=("injector", "injector_test.py"),
    ),
    Suite(
        Sdist("dataclasses_json", "0.6.7", "b6b3e528266ea45b9535223bc53ca645f5208833c29229e847b3f26a1cc55fc0"),
        install=(*PYTEST, "marshmallow==3.26.2", "typing_inspect==0.9.0", "hypothesis==6.168.5", "mypy==1.19.0"),
        command=(*PLAIN, "tests"),
        proves="reads the types of fields",
        packages=("dataclasses_json", "tests"),
    ),
    Suite(
        Sdist("httpx", "0.28.1", "75e98c5f16b0f35b567856f597f06ff2270a374470a5c2392242528e3e3e42fc"),
        install=(
            *PYTEST,
            *("httpx[brotli,cli,http2,socks,zstd]==0.28.1", "chardet", "trio", "uvicorn", "trustme", "cryptography"),
        ),
        command=(*PLAIN, "-W", "ignore", "tests"),
        proves="aliases of unions under the future import",
        packages=("httpx", "tests"),
    ),
)
