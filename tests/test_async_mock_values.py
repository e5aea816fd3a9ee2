"""What `--normalize` makes of a mock's values: each is unwrapped in the text, or the mock is left alone."""

from __future__ import annotations

import textwrap

import pytest

from codemods.engine import golden

TEST = """
import asyncio
from unittest.mock import Mock, patch

class Stream:
    async def read(self): return b""
class Response:
    def __init__(self) -> None: self.content: Stream = Stream()

async def answer(value): return value
async def nothing(): pass
@made
async def strange(value): return value

async def test_read(loop, later):
    future = loop.create_future()
    future.set_result(b"data")
    pending = loop.create_future()
    twice = loop.create_future()
    twice.set_result(1)
    twice.cancel()
    failed = loop.create_future()
    failed.set_exception(ValueError())
    given = loop.create_future()
    given.set_result(later)
    response = Response()
    content = response.content = Mock()
    BODY
    pending.set_result(1)
"""


def normalized(body: str) -> tuple[str, list[str]]:
    """The lines that the body becomes, and the codes of what is left alone."""
    text = TEST.replace("BODY", body.replace("\n", "\n    ")).lstrip()
    result = golden.run("async-mock", ("--unsafe", "--normalize"), {"test_read.py": text.encode()})
    new = (result.changed.get("test_read.py") or text.encode()).decode()
    new = new[new.index("content = Mock()") + len("content = Mock()\n") : new.index("    pending.set_result")]
    assert not result.composed.skips
    return textwrap.dedent(new).rstrip(), [s.code for s in result.step.skips if s.code < "M33"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("content.read.return_value = future", 'content.read = AsyncMock(return_value=b"data")'),
        ("content.read.return_value = given", "content.read = AsyncMock(return_value=later)"),
        ("content.read.return_value = answer([1, 2])", "content.read = AsyncMock(return_value=[1, 2])"),
        ("content.read.return_value = nothing()", "content.read = AsyncMock(return_value=None)"),
        ("content.read.side_effect = answer", "content.read = AsyncMock(side_effect=answer)"),
        ("content.read.side_effect = lambda: answer(1)", "content.read = AsyncMock(side_effect=lambda: 1)"),
        (
            "content.read.side_effect = [answer(1), future, ValueError, 3]",
            'content.read = AsyncMock(side_effect=[1, b"data", ValueError, 3])',
        ),
        (
            "content.read.return_value = future\ncontent.read.side_effect = None",
            'content.read = AsyncMock()\ncontent.read.return_value = b"data"\ncontent.read.side_effect = None',
        ),
        (
            "content.read.configure_mock(return_value=future)",
            'content.read = AsyncMock()\ncontent.read.configure_mock(return_value=b"data")',
        ),
        (
            'content.read.configure_mock(**{"return_value": answer(1)})',
            'content.read = AsyncMock()\ncontent.read.configure_mock(**{"return_value": 1})',
        ),
        (
            'content.configure_mock(**{"read.return_value": future})',
            'content.configure_mock(**{"read": AsyncMock(return_value=b"data")})',
        ),
        (
            'content.configure_mock(**{"read.return_value": answer(1), "read.side_effect": None})',
            'content.configure_mock(**{"read": AsyncMock(), "read.return_value": 1, "read.side_effect": None})',
        ),
        (
            "content.read = Mock(**{'return_value': future})",
            "content.read = AsyncMock(**{'return_value': b\"data\"})",
        ),
        ("content.read = Mock(return_value=future)", 'content.read = AsyncMock(return_value=b"data")'),
        (
            "content.read = Mock()\ncontent.read.return_value = future",
            'content.read = AsyncMock()\ncontent.read.return_value = b"data"',
        ),
        (
            "content.read = Mock()\ncontent.read.configure_mock(return_value=future)",
            'content.read = AsyncMock()\ncontent.read.configure_mock(return_value=b"data")',
        ),
        (
            'with patch.object(Stream, "read", new_callable=Mock, return_value=future): ...',
            'with patch.object(Stream, "read", new_callable=AsyncMock, return_value=b"data"): ...',
        ),
        (
            "content.read = Mock(wraps=Response().content.read)",
            "content.read = AsyncMock(wraps=Response().content.read)",
        ),
    ],
)
def test_each_value_is_unwrapped_where_it_is_set(before: str, after: str) -> None:
    assert normalized(before) == (after, [])


@pytest.mark.parametrize(
    "value",
    [
        "pending",  # has no value yet
        "twice",  # is used otherwise
        "failed",
        "strange(1)",  # who knows what the decorator gives
        "loop.create_future()",
        "asyncio.sleep(0)",
        "asyncio.ensure_future(answer(1))",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "content.read.return_value = {}",
        "content.read.side_effect = [{}, 1]",
        "content.read.side_effect = lambda: {}",
        "content.read.configure_mock(return_value={})",
        'content.configure_mock(**{"read.return_value": {}})',
        "content.read = Mock(**{'return_value': {}})",
        "content.read = Mock(return_value={})",
    ],
)
def test_what_cannot_be_unwrapped_is_left_alone(form: str, value: str) -> None:
    body = form.replace("{}", value)
    assert normalized(body) == (body, ["M20-already-awaitable"])


def test_a_future_that_gets_its_value_later_or_elsewhere_stays() -> None:
    for body in (
        "if later:\n    late = loop.create_future()\n    late.set_result(1)\ncontent.read.return_value = late",
        "late = loop.create_future()\nif later: late.set_result(1)\ncontent.read.return_value = late",
        "late = loop.create_future()\ncontent.read.return_value = late\nvalue = 2\nlate.set_result(value)",
        "content.read.return_value = (\n    future  # a comment\n)",
    ):
        new, codes = normalized(body)
        assert "AsyncMock" not in new
        assert codes == ["M20-already-awaitable"]
