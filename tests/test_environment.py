"""The lock file, environment.yml and pyproject.toml promise the same."""

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [text for extra in PROJECT["optional-dependencies"].values() for text in extra]
PROMISED = [Requirement(text) for text in [*PROJECT["dependencies"], *EXTRAS]]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def ranges(requirements: list[Requirement]) -> dict[str, str]:
    return {canonicalize_name(requirement.name): str(requirement.specifier) for requirement in requirements}


def test_conda_users_get_the_same_packages_and_ranges() -> None:
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = [line for line in lines if isinstance(line, str)]
    pip = next(line["pip"] for line in lines if isinstance(line, dict))
    assert pip[-1] == "--editable ."
    listed = ranges([Requirement(line) for line in [*conda, *pip[:-1]]])
    assert listed.pop("python") == PROJECT["requires-python"]
    assert listed.pop("pip") == ""
    assert listed == ranges(PROMISED)


def test_lock_file_pins_every_promised_package_inside_its_range_with_hashes() -> None:
    pinned = {
        canonicalize_name(name): Version(version)
        for name, version in re.findall(r"^([\w.-]+)==([\w.!+]+)", LOCK, re.MULTILINE)
    }
    for requirement in PROMISED:
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement
    assert LOCK.count("--hash=sha256:") > len(pinned)
    assert len(re.findall(r"^[\w.-]+==.*\\\n    --hash", LOCK, re.MULTILINE)) == len(
        re.findall(r"^[\w.-]+==", LOCK, re.MULTILINE)
    )


def test_lock_file_names_no_index() -> None:
    assert "http" not in re.sub(r"^(httpcore|httpx)[^\n]*", "", LOCK, flags=re.MULTILINE)
    assert "--index-url" not in LOCK


def test_matplotlib_stays_below_the_version_that_breaks_seaborn() -> None:
    assert "<3.13" in ranges(PROMISED)["matplotlib"]
