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
    Suite(
        Sdist("graphql-core", "3.2.3", "06d2aad0ac723e35b1cb47885d3e5c45e956a53bc1b209a9fc5369007fe46676"),
        install=("pytest==7.4.4", "pytest-asyncio==0.21.2", "pytest-describe==2.2.0", "pytest-timeout==2.3.1"),
        command=(*PLAIN, "tests", "--ignore", "tests/benchmarks"),
        path="src",
        proves="a class for everything, no future import; types in tuples for isinstance",
        packages=("src/graphql", "tests"),
    ),
    Suite(
        Sdist("dnspython", "2.6.1", "e8f0f9c23a7b7cb99ded64e6c3a6f3e701d78f50c55e002b839dea7225cff7cc"),
        install=(*PYTEST, "trio==0.27.0", "idna==3.10", "cryptography==44.0.0", "httpx[http2]==0.28.1"),
        command=(*PLAIN, "tests"),
        proves="types by the full name of their module, as long as `dns.rdtypes.ANY.ZONEMD.ZONEMD`",
        packages=("dns", "tests"),
    ),
    Suite(
        Sdist("tenacity", "8.2.3", "5398ef0d78e63f40007c1fb4c0bff96e1911394d2fa8d194f77619c05ff6cc8a"),
        install=(*PYTEST, "tornado==6.4.1", "typeguard==2.13.3"),
        command=(*PLAIN, "tests"),
        proves="types that are checked at run time",
        packages=("tenacity", "tests"),
    ),
    Suite(
        Sdist("httpcore", "1.0.5", "34a38e2f9291467ee3b44e89dd52615370e152954ba21721378a87b2960f7a61"),
        install=(
            *("pytest==8.3.4", "anyio==4.4.0", "certifi", "h11==0.14.0", "h2==4.1.0", "hpack==4.0.0"),
            *("pytest-httpbin==2.0.0", "pytest-trio==0.8.0", "socksio==1.0.0", "trio==0.25.1", "flask==2.3.3"),
        ),
        command=(*PLAIN, "tests"),
        proves="a package that sets `__module__` of all that it exports, aliases too",
        packages=("httpcore", "tests"),
    ),
    Suite(
        Sdist("flask", "2.2.5", "edee9b0a7ff26621bd5a8c10ff484ae28737a2410d99b0bb9a6850c7fb977aa0"),
        install=(
            *("pytest==7.4.4", "asgiref==3.7.2", "blinker==1.6.3", "click==8.1.7", "itsdangerous==2.1.2"),
            *("jinja2==3.1.2", "python-dotenv==1.0.0", "werkzeug==2.2.3"),
        ),
        command=(*PLAIN, "tests"),
        path="src",
        proves="`import typing as t`, strings for what is imported for types alone",
        packages=("src/flask", "tests"),
    ),
    Suite(
        Sdist("cyclonedx-python-lib", "6.4.4", "1b6f9109b6b9e91636dff822c2de90a05c0c8af120317713c1b879dbfdebdff8"),
        install=(
            *(*PYTEST, "ddt==1.7.2", "jsonschema[format]==4.21.1", "license-expression==30.3.0", "lxml==5.2.1"),
            *("packageurl-python==0.15.0", "py-serializable==1.0.3", "sortedcontainers==2.4.0", "xmldiff==2.6.3"),
        ),
        command=(*PLAIN, "tests"),
        proves="properties whose annotations a library reads to write JSON and XML",
        packages=("cyclonedx", "tests"),
    ),
    Suite(
        Sdist("anyio", "3.7.1", "44a3c9aba0f5defa43261a8b3efb97891f2bd7d804e0e1f56419befa1adfc780"),
        install=(
            *("pytest==7.4.4", "exceptiongroup==1.2.0", "hypothesis==6.92.1", "idna==3.6", "psutil==5.9.7"),
            *("pytest-mock==3.12.0", "sniffio==1.3.0", "trio==0.21.0", "trustme==1.1.0"),
        ),
        command=(*PLAIN, "-p", "anyio", "tests"),
        path="src",
        proves="protocols, generic classes, type variables under the future import",
        packages=("src/anyio", "tests"),
    ),
    Suite(
        Sdist("packaging", "23.2", "048fb0e9405036518eaaf48a55953c750c11e1a1b68e0dd1a9d62ed0c092cfc5"),
        install=(*PYTEST, "pretend==1.0.9"),
        command=(*PLAIN, "tests"),
        path="src",
        proves="named tuples, typed dictionaries, nothing left at all",
        packages=("src/packaging", "tests"),
    ),
    Suite(
        Sdist("PyGithub", "2.1.1", "ecf12c2809c44147bce63b047b3d2e9dac8a41b63e90fcb263c703f64936b97c"),
        install=(
            *(*PYTEST, "deprecated==1.2.14", "httpretty==1.1.4", "pyjwt[crypto]==2.8.0", "pynacl==1.5.0"),
            *("python-dateutil==2.8.2", "requests==2.31.0", "typing_extensions==4.9.0", "urllib3==2.1.0"),
        ),
        command=(*PLAIN, "tests"),
        proves="aliases of unions, imports for types alone",
        packages=("github", "tests"),
    ),
    Suite(
        Sdist("python-gitlab", "4.4.0", "1d117bf7b433ae8255e5d74e72c660978f50ee85eb62248c9fb52ef43c3e3814"),
        install=(
            *("pytest==7.4.4", "pytest-console-scripts==1.4.1", "pyyaml==6.0.2", "requests==2.31.0"),
            *("requests-toolbelt==1.0.0", "responses==0.24.1"),
        ),
        command=(*PLAIN, "tests/unit"),
        proves="attributes whose annotations are read to give objects their type",
        packages=("gitlab", "tests/unit"),
    ),
)
