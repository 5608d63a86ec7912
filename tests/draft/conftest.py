"""What the tests of this room share."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from gfmd_analysis.draft import adoption, report


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read Word, PDF and workbooks in this process, where what is read matters and not the child that reads it."""

    def read(reader: str, path: Path) -> Any:
        module, function = reader.split(":")
        return getattr(import_module(module), function)(path)

    for module in (adoption, report):
        monkeypatch.setattr(module, "read_within_limits", read)
