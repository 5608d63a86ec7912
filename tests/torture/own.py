"""Tables of one's own: whatever ``validate`` lets through works wherever the project's own tables do; the rest is refused in words."""

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
from gfmd_analysis.dataset.schema import DEFAULT_FOLDER, DESCRIPTOR
from gfmd_analysis.documents.workbook import to_xlsx
from tests.synthetic import write_meetings
from tests.torture.broken import in_words
from tests.torture.ledger import Outcome, watched
from tests.torture.packages import as_csv, writes
from tests.torture.workshop import ROOT

OWN = "own"  # becomes own_0, own_1 ...
TYPES = ("string", "integer", "number", "boolean", "date")
OF_PANDAS = ("index", "columns", "values", "size", "T", "groupby", "count", "level_0", "dtype", "name")
OF_THE_CONTRACT = ("meeting", "intervention", "objective", "actor", "paragraph", "practice", "recommendation")
ODD = ("a b", "1", "é", "a,b", 'a"b', "=1+1", "<b>", "{n}", "$x$", "%s", "l" * 300, "A", "None", "nan", "_x")
BOUNDS = (
    {"minimum": 1}, {"maximum": 1}, {"minimum": 2, "maximum": 1}, {"minimum": float("nan")}, {"maximum": float("inf")}, {"minimum": 1e308},
    {"required": True}, {"enum": ["1", "2"]}, {"pattern": "[0-9]"}, {"maxLength": 1},
)  # fmt: skip


def field(name: str, kind: str = "string", **limits: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "constraints": limits}


def own(
    fields: list[dict[str, Any]], *rows: list[str], name: str = OWN, path: str = f"{OWN}.csv", **schema: Any
) -> "Own":
    """Describe a table of one's own and its rows."""
    described = {"fields": fields, "primaryKey": fields[0]["name"], **schema}
    return {"name": name, "path": path, "schema": described}, as_csv([[each["name"] for each in fields], *rows])


Own = tuple[dict[str, Any], str]


def _key(columns: list[str], table: str, references: list[str]) -> dict[str, Any]:
    return {"foreignKeys": [{"fields": columns, "reference": {"resource": table, "fields": references}}]}


def tables() -> Iterator[tuple[str, Own]]:
    """List tables that somebody might add."""
    all_types = [field(kind, kind) for kind in TYPES]
    yield "every type", own(all_types, ["a", "1", "0.5", "true", "2021-01-01"], ["b", "", "", "", ""])
    yield (
        "far ends",
        own(
            all_types,
            ["ÿ" * 9999, "-999999999", "-" + "9" * 18 + "." + "9" * 12, "false", "0001-01-01"],
            ["b", "0", "0", "", "9999-12-31"],
        ),
    )
    yield "no rows", own(all_types)
    yield "all empty", own(all_types, [""] * 5)
    for kind in TYPES:
        yield (
            f"key of type {kind}",
            own(
                [field("a", kind), field("b")],
                [{"string": "a", "boolean": "true", "date": "2021-01-01"}.get(kind, "1"), ""],
                ["", "x"],
            ),
        )
        for limits in BOUNDS:
            yield (
                f"{kind} with {limits}",
                own([field("a"), field("b", kind, **limits)], ["x", "1"], ["y", ""], ["z", "no"]),
            )
    for names in (OF_PANDAS, OF_THE_CONTRACT, *((name, "b") for name in ODD)):
        yield f"columns {', '.join(names)[:60]}", own([field(name) for name in names], ["x"] * len(names))
    yield "a meeting that is not there", own([field("a"), field("meeting")], ["x", "FOF-1900-01"])
    yield (
        "an objective by number",
        own(
            [field("a"), field("objective", "integer")], ["x", "24"], **_key(["objective"], "objectives", ["objective"])
        ),
    )
    for kind in ("integer", "string", "number"):
        yield (
            f"key to objectives as {kind}",
            own([field("a"), field("n", kind)], ["x", "7"], ["y", ""], **_key(["n"], "objectives", ["objective"])),
        )
    yield "key to a text", own([field("a")], ["Egypt"], **_key(["a"], "actors", ["name"]))
    yield (
        "key of two columns",
        own(
            [field("m"), field("s")],
            ["FOF-2021-11", "RT1"],
            primaryKey=["m", "s"],
            **_key(["m", "s"], "roundtables", ["meeting", "section"]),
        ),
    )
    yield "key to itself", own([field("a"), field("b")], ["x", ""], ["y", "x"], **_key(["b"], "", ["a"]))
    yield "key to a day", own([field("d", "date")], ["2021-11-18"], **_key(["d"], "meetings", ["date"]))
    for name in (
        "index",
        "about",
        "class",
        "mentions_long",
        "coding_own",
        "coverage",
        "history",
        "n" * 31,
        "n" * 32,
        "folder",
    ):
        yield f"table {name[:40]}", own([field("a")], ["x"], name=name)
    for path in (
        "deep/er/own.csv",
        "coding/own.csv",
        "tidy/own.csv",
        "OWN.CSV",
        "ö.csv",
        "a b.csv",
        "own.txt",
        "coding/a/own.csv",
    ):
        yield f"file {path}", own([field("a")], ["x"], path=path)
    yield "5,000 allowed values", own([field("a", enum=[f"v{number}" for number in range(5_000)])], ["v7"], ["w"])
    yield "words that are none", own([{**field("a"), "description": 7, "example": ["x"], "title": None}], ["x"])


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


def let_through(place: Path, added: dict[str, Own]) -> Iterator[Outcome | str]:
    """Give the names of the tables that a package with all of them is not refused for, and an outcome for each that it is."""
    while added:
        folder = package_with(place, *added.values())
        problems = ga.validate(folder)
        shutil.rmtree(folder)
        if not problems:
            yield from added
            return
        for name, (resource, _) in [*added.items()]:
            named = [each for each in problems if each.column == resource["name"] or each.file == resource["path"]]
            if named:
                unclear = [str(each) for each in named if not in_words(each)]
                yield Outcome("tables of one's own", name, not unclear, str((unclear or named)[0]))
                del added[name]


def _trial(kind: str, name: str, use: Callable[[], object]) -> Outcome:
    try:
        use()
    except Exception:
        return Outcome(kind, name, False, traceback.format_exc()[-300:])
    return Outcome(kind, name, True)


def _trials(place: Path) -> Iterator[Outcome]:
    made = {
        name: ({**resource, **{key: value.replace(OWN, f"own_{number}") for key, value in resource.items() if key in {"name", "path"}}}, rows)
        for number, (name, (resource, rows)) in enumerate(tables())
    }  # fmt: skip
    through = {}
    for found in let_through(place / "package", dict(made)):
        if isinstance(found, Outcome):
            yield found
        else:
            through[found] = made[found]
    folder = package_with(place / "all", *through.values())
    yield _trial("tables of one's own, used", f"{len(through)} that are let through", lambda: used(folder))
    yield _trial("tables of one's own, used", "workbook and notebook", lambda: read_whole(folder))
    one = package_with(place / "one", own([field("a"), field("b", "date")], ["x", ""]))
    other = package_with(place / "other", own([field("a")], ["y"]), data=write_meetings(place / "data", 1, 60))
    yield _trial("tables of one's own, used", "two packages whose own tables differ", lambda: used(one, other))


def run() -> Iterator[Outcome]:
    """Add all to a package, drop what is refused, and use what is let through."""
    with tempfile.TemporaryDirectory() as place:
        yield from watched(_trials(Path(place)), len(list(tables())), "own tables")
