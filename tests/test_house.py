"""The house stands as its map says: one direction, no circle, no import of ours inside a function but at the two doors."""

import ast
import re
from functools import cache
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
INSIDE = ast.mod | ast.stmt | ast.excepthandler | ast.match_case  # where statements stand
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__init__")


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def story(path: Path) -> str:
    return ast.get_docstring(parsed(path)) or ""


@cache
def imports(path: Path) -> tuple[set[str], set[str]]:
    """Find the modules of ours that a file imports, and those that its functions import."""
    found: tuple[set[str], set[str]] = (set(), set())

    def walk(node: ast.AST, inside: bool) -> None:
        names = [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
        ours = {name for name in names if name.startswith("gfmd_analysis")}
        found[0].update(ours)
        found[1].update(ours if inside else ())
        for child in ast.iter_child_nodes(node) if isinstance(node, INSIDE) else ():
            walk(child, inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    walk(parsed(path), False)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_uses_only_what_stands_before_its_room(path: Path) -> None:
    room = room_of(path)
    if room == "cli":
        return
    everywhere, inside_functions = imports(path)
    used = {module.split(".")[1] for module in everywhere if "." in module}
    assert used - {room} <= MAY_USE[room], f"{path.name} reaches {sorted(used - {room} - MAY_USE[room])}"
    assert not inside_functions, "an import of ours stands inside a function"


def test_there_is_no_circle() -> None:
    known = {f"gfmd_analysis.{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}": path for path in FILES}
    left = {name: imports(path)[0] & known.keys() for name, path in known.items()}
    while free := [name for name, uses in left.items() if not uses & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"these import each other: {sorted(left)}"


def test_a_figure_file_draws_a_room() -> None:
    drawn = {path.stem for path in (PACKAGE / "figures").glob("*.py")} & MAY_USE.keys()
    assert {"coverage", "networks", "quantities", "practices"} <= drawn


def test_no_function_bears_its_files_name() -> None:
    for path in FILES:
        names = {node.name for node in parsed(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert path.stem not in names, f"{path.relative_to(PACKAGE)}: {path.stem}() hides the file"


def test_the_map_names_every_file_and_no_other() -> None:
    """A reader who knows only the package's docstring finds the place of any change."""
    tree = story(PACKAGE / "__init__.py").split("::", 1)[1]
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
    told = " ".join(story(PACKAGE / "__init__.py").split())
    before = told[: told.index(sought) + 120] if room == "data/" else told[: told.index(sought)]
    assert before.rindex(room) < len(before)
    named = re.findall(r"[\w./]+\.(?:py|csv)\b", before)
    assert named[-1].endswith(file) or (room == "data/" and f"{room}{file}" in named), f"{sought}: {named[-1]}"


def test_each_room_explains_itself() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        assert ">>> " in story(path), f"{path.parent.name}: its docstring has no line to run"


def test_the_tests_mirror_the_rooms() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    for room in rooms:
        assert list((ROOT / "tests" / room).glob("test_*.py")), f"no test stands in tests/{room}"
