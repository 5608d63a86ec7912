"""The house stands as its map says: one direction, no circle, no import of ours inside a function but at the two doors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "gfmd_analysis"
GROUND = {"errors", "text"}
MAY_USE = {
    "errors": set(),
    "text": {"errors"},
    "dataset": GROUND,
    "coverage": GROUND | {"dataset"},
    "networks": GROUND | {"dataset"},
    "quantities": GROUND | {"dataset"},
    "practices": GROUND | {"dataset"},
    "draft": GROUND | {"dataset"},
    "claims": GROUND | {"dataset", "coverage", "networks", "quantities", "practices"},
    "figures": GROUND | {"dataset", "coverage", "networks", "quantities", "practices", "claims"},
    "documents": GROUND | {"dataset", "coverage", "networks", "quantities", "practices", "claims", "figures"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__init__")


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path, *, inside_functions: bool = False) -> Iterator[str]:
    """Yield the modules of ours that a file imports, or those that its functions import."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for start in functions if inside_functions else [tree]:
        for node in ast.walk(start):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gfmd_analysis"):
                yield str(node.module)
            elif isinstance(node, ast.Import):
                yield from (name.name for name in node.names if name.name.startswith("gfmd_analysis"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_uses_only_what_stands_before_its_room(path: Path) -> None:
    room = room_of(path)
    if room == "cli":
        return
    used = {module.split(".")[1] for module in imports(path) if "." in module}
    assert used - {room} <= MAY_USE[room], f"{path.name} reaches {sorted(used - {room} - MAY_USE[room])}"
    assert not list(imports(path, inside_functions=True)), "an import of ours stands inside a function"


def test_there_is_no_circle() -> None:
    known = {f"gfmd_analysis.{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}": path for path in FILES}
    left = {name: {used for used in imports(path) if used in known} for name, path in known.items()}
    while free := [name for name, uses in left.items() if not uses & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"these import each other: {sorted(left)}"


def test_a_figure_file_draws_a_room() -> None:
    drawn = {path.stem for path in (PACKAGE / "figures").glob("*.py")} & MAY_USE.keys()
    assert {"coverage", "networks", "quantities", "practices"} <= drawn


def test_no_function_bears_its_files_name() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert path.stem not in names, f"{path.relative_to(PACKAGE)}: {path.stem}() hides the file"


def test_the_map_names_every_file_and_no_other() -> None:
    """A reader who knows only the package's docstring finds the place of any change."""
    tree = (ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) or "").split("::", 1)[1]
    drawn, room = set(), ""
    for line in tree.split("\nWhat a reader")[0].splitlines():
        entry = re.match(r"( *)(\S+/)? *", line)
        if entry and entry[2] and len(entry[1]) == 6:
            room = entry[2]
        inside = len(line) - len(line.lstrip()) == 8
        drawn |= {
            (room if inside else "") + name
            for name in re.findall(r"\b(?!X\b)\w+\.py\b(?!\w)", line.split("    the ")[0])
        }
    there = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    there -= {path for path in there if path.endswith("/__init__.py")}
    assert there - drawn == set(), "not on the map in gfmd_analysis/__init__.py"
    assert drawn - there == set(), "on the map, and not in the house"


@pytest.mark.parametrize(
    ("sought", "room", "file"),
    [
        ("a mention needs its intervention", "dataset/", "validation.py"),
        ("number of trades", "networks/", "null_models.py"),
        ("per cent", "quantities/", "wording.py"),
        ("parser of dates", "draft/", "meeting.py"),
        ("titles of objectives in three languages", "data/", "objectives.csv"),
    ],
)
def test_the_map_leads_to(sought: str, room: str, file: str) -> None:
    story = " ".join(
        (ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) or "").split()
    )
    before = story[: story.index(sought) + 120] if room == "data/" else story[: story.index(sought)]
    assert before.rindex(room) < len(before)
    named = re.findall(r"[\w./]+\.(?:py|csv)\b", before)
    assert named[-1].endswith(file) or (room == "data/" and f"{room}{file}" in named), f"{sought}: {named[-1]}"


def test_each_room_explains_itself() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        story = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert ">>> " in story, f"{path.parent.name}: its docstring has no line to run"


def test_the_tests_mirror_the_rooms() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    for room in rooms:
        assert list((ROOT / "tests" / room).glob("test_*.py")), f"no test stands in tests/{room}"
