"""Tables of one's own: whatever ``validate`` lets through works wherever the project's own tables do; the rest is refused in words."""

import csv
import json
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import nbformat
from pytest import MonkeyPatch

import gfmd_analysis as ga
from gfmd_analysis.dataset.corrections import correct, take_back
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, DESCRIPTOR
from gfmd_analysis.documents.workbook import to_xlsx
from tests.synthetic import write_meetings
from tests.torture.broken import in_words
from tests.torture.ledger import Outcome, watched
from tests.torture.packages import as_csv, writes
from tests.torture.workshop import ROOT

TYPES = {"string": "a", "integer": "1", "number": "0.5", "boolean": "true", "date": "2021-01-01"}  # and a value of each
OF_PANDAS = ("index", "columns", "values", "size", "T", "groupby", "count", "level_0", "dtype", "name")
OF_THE_CONTRACT = ("meeting", "intervention", "objective", "actor", "paragraph", "practice", "recommendation")
ODD = ("a b", "1", "é", "a,b", 'a"b', "=1+1", "<b>", "{n}", "$x$", "%s", "l" * 300, "A", "None", "nan", "_x")
NAMES = ("index", "about", "class", "mentions_long", "coding_own", "coverage", "folder", "history", "n" * 31, "n" * 32)
FILES = (
    "deep/er/own.csv",
    "coding/own.csv",
    "coding/a/own.csv",
    "tidy/own.csv",
    "OWN.CSV",
    "ö.csv",
    "a b.csv",
    "own.txt",
)
LIMITS = (
    {"minimum": 1}, {"maximum": 1}, {"minimum": 2, "maximum": 1}, {"minimum": float("nan")}, {"maximum": float("inf")}, {"minimum": 1e308},
    {"required": True}, {"enum": ["1", "2"]}, {"enum": [f"v{number}" for number in range(5_000)]}, {"pattern": "[0-9]"}, {"maxLength": 1},
)  # fmt: skip
Own = tuple[dict[str, Any], str]


def own(types: dict[str, str], *rows: str, about: dict[str, Any] | None = None, key: str = "", to: str = "") -> Own:
    """Describe a table of one's own: its columns with their types, what its last column has besides, where a key leads."""
    fields = [{"name": name, "type": kind} for name, kind in types.items()]
    fields[-1] |= about or {}
    described: dict[str, Any] = {"fields": fields, "primaryKey": fields[0]["name"]}
    if key:
        table, *columns = to.split()
        described["foreignKeys"] = [{"fields": key.split(), "reference": {"resource": table, "fields": columns}}]
    return {"name": "own", "path": "own.csv", "schema": described}, as_csv([list(types), *map(list, csv.reader(rows))])


def tables() -> Iterator[tuple[str, Own]]:
    """List tables that somebody might add."""
    every, text = {kind: kind for kind in TYPES}, {"a": "string"}
    yield "every type", own(every, ",".join(TYPES.values()), "b,,,,")
    yield (
        "far ends",
        own(every, f"{'ÿ' * 9999},-999999999,-{'9' * 18}.{'9' * 12},false,0001-01-01", "b,0,0,,9999-12-31"),
    )
    yield "no rows", own(every)
    yield "all empty", own(every, ",,,,")
    for kind, value in TYPES.items():
        yield f"key of type {kind}", own({"a": kind, **text, "b": "string"}, f"{value},y", ",x")
        for limits in LIMITS:
            yield (
                f"{kind} with {str(limits)[:40]}",
                own({**text, "b": kind}, "x,1", "y,", "z,no", about={"constraints": limits}),
            )
    for names in (OF_PANDAS, OF_THE_CONTRACT, *((name, "b") for name in ODD)):
        yield f"columns {', '.join(names)[:60]}", own(dict.fromkeys(names, "string"), ",".join("x" * len(names)))
    yield "a meeting that is not there", own({**text, "meeting": "string"}, "x,FOF-1900-01")
    for kind in ("integer", "string", "number"):
        yield f"key to objectives as {kind}", own({**text, "n": kind}, "x,7", "y,", key="n", to="objectives objective")
    yield (
        "key to an objective that is not there",
        own({**text, "objective": "integer"}, "x,24", key="objective", to="objectives objective"),
    )
    yield "key to a text", own(text, "Egypt", key="a", to="actors name")
    yield (
        "key of two columns",
        own({"m": "string", "s": "string"}, "FOF-2021-11,RT1", key="m s", to="roundtables meeting section"),
    )
    yield "key to itself", own({**text, "b": "string"}, "x,", "y,x", key="b", to="own a")
    yield "key to a day", own({"d": "date"}, "2021-11-18", key="d", to="meetings date")
    yield "words that are none", own(text, "x", about={"description": 7, "example": ["x"], "title": None})
    sound, rows = own(text, "x")
    yield from ((f"table {name}", ({**sound, "name": name}, rows)) for name in NAMES)
    yield from ((f"file {path}", ({**sound, "path": path}, rows)) for path in FILES)


def numbered(number: int, table: Own) -> Own:
    """Give a table a name and a file of its own among the others."""
    text = json.dumps(table[0]).replace('"own"', f'"own_{number}"').replace("own.", f"own_{number}.")
    return json.loads(text), table[1]


def package_with(folder: Path, *added: Own, data: Path = DEFAULT_FOLDER) -> Path:
    shutil.copytree(data, folder)
    package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    for resource, rows in added:
        package["resources"].append(resource)
        (folder / resource["path"]).parent.mkdir(parents=True, exist_ok=True)
        writes(resource["path"], rows)(folder)
    writes(DESCRIPTOR, json.dumps(package))(folder)
    return folder


def used(folder: Path, *others: Path) -> None:
    """Do with a package what a user may: load it, list and look at its tables, take a meeting."""
    data = ga.load(folder, *others)
    data.long(), ga.inventory(data), repr(data), data.only(data.meetings["meeting"].iloc[0])
    for name in dir(data):
        if name in data.tables:
            getattr(data, name).describe(include="all"), ga.readable(data.require(name))


def read_whole(folder: Path) -> None:
    """Make the workbooks of a package, take one back, and run the notebook that shows the data."""
    to_xlsx(ga.load(folder))
    correct(folder / "edit.xlsx", folder)
    take_back(folder / "edit.xlsx", "x", "", folder)
    notebook = nbformat.read(ROOT / "notebooks" / "00_dataset.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    with redirect_stdout(StringIO()), MonkeyPatch.context() as patch:
        patch.setenv("GFMD_DATA", str(folder))
        exec(compile(code, "00_dataset", "exec"), {"display": repr})


def refused(place: Path, added: dict[str, Own]) -> Iterator[Outcome]:
    """Take from the tables, and tell, those that a package with all of them is refused for, until it is not."""
    while problems := ga.validate(package_with(place, *added.values())):
        shutil.rmtree(place)
        for name, (resource, _) in [*added.items()]:
            named = [each for each in problems if each.column == resource["name"] or each.file == resource["path"]]
            if named:
                unclear = [each for each in named if not in_words(each)]
                yield Outcome("tables of one's own", f"{name}: refused", not unclear, str((unclear or named)[0]))
                del added[name]


def _works(name: str, use: Callable[[], object]) -> Outcome:
    try:
        use()
    except Exception:
        return Outcome("tables of one's own", name, False, traceback.format_exc()[-300:])
    return Outcome("tables of one's own", name, True)


def _trials(place: Path) -> Iterator[Outcome]:
    through = {name: numbered(number, table) for number, (name, table) in enumerate(tables())}
    yield from refused(place / "all", through)
    yield _works(f"{len(through)} let through", lambda: used(place / "all"))
    yield _works("workbooks and notebook", lambda: read_whole(place / "all"))
    one = package_with(place / "one", own({"a": "string", "b": "date"}, "x,"))
    other = package_with(place / "other", own({"a": "string"}, "y"), data=write_meetings(place / "data", 1, 60))
    yield _works("two packages whose own tables differ", lambda: used(one, other))


def run() -> Iterator[Outcome]:
    """Add all to a package, drop what is refused, and use what is let through."""
    with tempfile.TemporaryDirectory() as place:
        yield from watched(_trials(Path(place)), len([*tables()]), "own tables")
