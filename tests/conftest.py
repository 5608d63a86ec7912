"""What the tests share: the data, a copy of them to break, and the public report where it is at hand."""

import gc
import os
import shutil
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import settings

from gfmd_analysis import Dataset, load
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER

mpl.use("Agg")
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=30)  # a slow machine is no failure
settings.register_profile("long", deadline=None, max_examples=200)  # of make torture
settings.load_profile("steady")
ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_finish() -> None:
    gc.freeze()  # what is imported stays: to look through it for garbage again and again took a tenth of the time
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def data() -> Dataset:
    return load(DEFAULT_FOLDER)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Give a copy of the data package that a test may break."""
    copied = Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "data"))
    corrections = copied / "corrections.csv"  # what users correct is no matter of a test
    corrections.write_text(corrections.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return copied


@pytest.fixture(scope="session")
def report() -> Path:
    """Give the public report; tests that need it are skipped, and say so, where it is not at hand."""
    path = Path(os.environ.get("GFMD_SOURCE", ""))
    if not path.is_file():
        pytest.skip("the public report is not here: set GFMD_SOURCE to its text file to run this test")
    return path
