# unsafe: 24
# unsafe: 27
# unsafe: 34
from dataclasses import dataclass
from unittest.mock import MagicMock, Mock


class Voice:
    async def synthesize(self, text): ...

    def close(self): ...


class TTS:
    def __init__(self, voice: Voice, *, backup: Voice | None = None):
        self.voice = voice


@dataclass
class Deps:
    voice: Voice
    name: str = ""


def test_tts():
    voice = MagicMock()
    voice.synthesize = MagicMock()
    voice.close = MagicMock()
    backup = MagicMock()
    backup.synthesize.return_value = b""
    TTS(voice, backup=backup)
    unknown = Mock()
    unknown.synthesize = Mock()


def test_deps():
    Deps(Mock(synthesize=Mock()))
