"""Odd names come out as themselves, neither broken nor executed: in Word, Excel, SVG and the notebooks' pages."""

import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat

from gfmd_analysis.dataset.descriptor import schema
from tests.torture.killed import build
from tests.torture.ledger import Outcome
from tests.torture.packages import as_csv, rows_of
from tests.torture.workshop import copy_of_project

SHORT = {  # each with a mark of its own, Zq and a number
    "FRA": "<b>Zq1&\"'$x_1$",
    "SEN": "שלום Zq2 <i>&amp;</i>",
    "IOM": "{{7*7}} Zq3 \\n *a* %s",
}
LONG = '<script>alert("Zq4")</script> & ‘Agricultural Development’ {{7*7}} {% raw %} $a_b$ *b* `c` [x](javascript:y) <img src=x onerror=alert(1)> ערב '
LONG = (LONG + "long name " * 30)[:299] + "x"


def with_odd_names(root: Path) -> None:
    """Give actors, a practice, the meeting and a recommendation of the copy odd names."""
    for table, column, chosen in (
        ("actors", "short_name", SHORT),
        ("actors", "name", {"IFAD": LONG}),
        ("practices", "name", {"PAISD": LONG.replace("Zq4", "Zq5")}),
        ("meetings", "title", {"FOF-2021-11": LONG.replace("Zq4", "Zq6")}),
        ("recommendations", "text", {"FOF-2021-11/012-SWE-R2": LONG.replace("Zq4", "Zq7")}),
    ):
        described = schema()[table]
        path = root / "data" / described.path
        rows = rows_of(described, root / "data")
        place = described.columns.index(column)
        changed = [[*row[:place], chosen.get(row[0], row[place]), *row[place + 1 :]] for row in rows]
        path.write_text(as_csv(changed), encoding="utf-8", newline="")


ALL = [*SHORT.values(), *(LONG.replace("Zq4", mark) for mark in ("Zq4", "Zq5", "Zq6", "Zq7"))]


def broken_in(text: str) -> list[str]:
    """Give what of the odd names came out as something else: a mark without its name around it. Line breaks do not count."""
    squeezed = re.sub(r"\s", "", text)
    wrong = []
    for name in ALL:
        whole = re.sub(r"\s", "", name)
        mark = re.findall(r"Zq\d", name)[0]
        before = whole.index(mark)
        for hit in re.finditer(mark, squeezed):
            around = squeezed[max(0, hit.start() - before) :][: len(whole)]
            cut = re.split(r"…|\.\.\.", around)[0]
            if not (around == whole or (len(cut) >= before + 3 and cut != around and whole.startswith(cut))):
                wrong.append(around[:80])
    return wrong


class _Page(HTMLParser):
    """Collect a page's text, and the elements that an odd name became."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.executed = "", []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if {("onerror", "alert(1)"), ("href", "javascript:y")} & set(attrs):
            self.executed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.cdata_elem != "script":  # our own search fields have one
            self.text += data
        elif data.startswith("alert("):
            self.executed.append(data)


def run() -> Iterator[Outcome]:
    """Build a briefing in which names are odd and read every file as its readers do."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_project(Path(folder) / "project")
        with_odd_names(root)
        code, words = build(root, "accept")  # so that the notebooks hold them
        yield Outcome("odd names: build", "the briefing is built", code == 0, words)
        if code == 0:
            for reader in (_word, _excel, _svg, _pages):
                yield from reader(root)


def _outcome(kind: str, path: Path, text: str, executed: list[str]) -> Outcome:
    wrong = broken_in(text)
    return Outcome(f"odd names: {kind}", path.name, not wrong and not executed, f"{wrong[:3]} {executed[:3]}")


def _word(root: Path) -> Iterator[Outcome]:
    for path in sorted((root / "figures" / "briefing").glob("*.docx")):
        with zipfile.ZipFile(path) as parts:
            trees = [
                ET.fromstring(parts.read(name))
                for name in sorted(parts.namelist())
                if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
            ]
        yield _outcome("DOCX", path, "".join(text for tree in trees for text in tree.itertext()), [])


def _excel(root: Path) -> Iterator[Outcome]:
    import openpyxl

    path = root / "figures" / "briefing" / "tables.xlsx"
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    text = "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    run_ = [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    yield _outcome("XLSX", path, text, run_)


def _svg(root: Path) -> Iterator[Outcome]:
    for path in sorted((root / "figures").glob("*.svg")):
        tree = ET.parse(path)
        lines = sorted(tree.iter("{http://www.w3.org/2000/svg}text"), key=lambda line: float(line.get("y", 0)))
        texts = ["".join(line.itertext()) for line in lines]
        yield _outcome(
            "SVG", path, "".join(texts), [element.tag for element in tree.iter() if element.tag.endswith("script")]
        )


def _pages(root: Path) -> Iterator[Outcome]:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    for path in [*sorted((root / "notebooks").glob("*.ipynb")), root / "figures" / "README.md"]:
        page = _Page()
        if path.suffix == ".md":
            page.feed(markdown2html_mistune(path.read_text(encoding="utf-8")))
        else:
            cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
            for data in (output.get("data", {}) for cell in cells for output in cell.outputs):
                page.feed(data.get("text/html", ""))
                page.feed(markdown2html_mistune(data.get("text/markdown", "")))
                page.text += data.get("text/plain", "") if "text/html" not in data else ""
        yield _outcome("notebook HTML" if path.suffix == ".ipynb" else "gallery", path, page.text, page.executed)
