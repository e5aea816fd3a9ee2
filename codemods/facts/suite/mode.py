"""Who runs the async tests of a file: nobody unless they are marked (strict), or a plugin (auto)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .collect import Collection

PLUGINS = {"asyncio": "pytest-asyncio", "anyio": "anyio", "trio": "pytest-trio"}


@dataclass(frozen=True)
class AsyncMode:
    """The mode of each file, from its configuration unless `given` says it."""

    suite: Collection
    given: str = "config"  # "config", "strict" or "auto"
    marker: str = "asyncio"

    def of(self, path: str) -> str:
        """ "strict" or "auto" for one file."""
        config = self.suite.config(path)
        if self.given != "config":
            return self.given
        auto = {"anyio": config.anyio_mode == "auto", "trio": config.trio_mode}
        if self.marker == "asyncio":
            return "auto" if config.asyncio_mode == "auto" or any(auto.values()) else "strict"
        return "auto" if auto[self.marker] else "strict"

    def unclear(self, path: str) -> tuple[str, int, str]:
        """(file to name, line, reason) where nobody can say which mode holds; ("", 1, "") elsewhere."""
        if self.given != "config":
            return "", 1, ""
        config = self.suite.config(path)
        found = () if self.suite.forced else self.suite.configs.on_path(path)
        if len({(c.asyncio_mode or "strict", c.anyio_mode, c.trio_mode) for c in found}) > 1:
            return found[0].path, 1, f"{' and '.join(c.path for c in found)} disagree about the mode: use --mode"
        if config.error:
            return config.path, config.error_line, f"pytest refuses the file ({config.error}): use --mode"
        return "", 1, ""

    @cached_property
    def no_plugin(self) -> bool:
        """Whether the project lists what its tests require, and neither lists nor shows the plugin."""
        plugin = PLUGINS[self.marker]
        configs = self.suite.configs
        if self.given != "config" or not configs.lists_pytest or configs.has_plugin(plugin):
            return False
        module = plugin.replace("-", "_")
        if any(c.asyncio_mode or module in c.plugins for c in configs.found.values()):
            return False
        files = self.suite.files.values()
        named = (name for f in files for name in (*f.imports.values(), *f.plugins))
        loaded = any(name.partition(".")[0] == module for name in named)
        return not loaded and not any(m.name == self.marker for f in files for m in f.all_marks)
