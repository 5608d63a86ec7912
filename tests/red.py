"""For ``gfmd test``: say in words what a red notebook cell means, put old and new picture side by side, name what was left out."""

import base64
import io
import re
import sys
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest

from tests.conftest import ROOT

SECONDS = 60  # for a kernel to be as good as new
TOGETHER = ("notebooks/", "tests/draft/")  # a kernel, and the language models, are started once
FIRST = (
    *TOGETHER,
    "tests/test_lint.py",
    "tests/documents/",
    "tests/figures/test_sets.py",
)  # the slowest, so that both workers end together
PICTURES = ROOT / "differences"
sys.modules.setdefault("rfc3987_syntax", None)  # as in documents/notebooks.py, before nbval is loaded
COLOURS = re.compile(r"\x1b\[\d*(;\d+)*m")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        for path in PICTURES.glob("*, cell *.png"):
            path.unlink()
    if config.pluginmanager.hasplugin("nbval"):
        in_one_kernel(config)


def in_one_kernel(config: pytest.Config) -> None:
    """Let nbval run a worker's notebooks in one kernel that is made as good as new for each, as a build does."""
    from nbval import plugin

    held: list[Any] = []
    figures = TemporaryDirectory()  # what notebooks save stays out of figures/

    def setup(file: Any) -> None:
        if not held or not held[-1].is_alive():
            name, seconds = plugin.CURRENT_ENV_KERNEL_NAME, config.option.nbval_kernel_startup_timeout
            held.append(plugin.RunningKernel(name, cwd=str(file.path.parent), startup_timeout=seconds))
        file.kernel = held[-1]
        file.setup_sanitize_files()
        where = (str(file.path.parent), file.path.name, f"{figures.name}/{file.path.stem}")
        begin = f"from gfmd_analysis.documents.notebooks import fresh; fresh{where!r}"
        asked = file.kernel.execute_cell_input(begin, allow_stdin=False)
        file.kernel.await_reply(asked, SECONDS)
        file.kernel.await_idle(asked, SECONDS)

    def stop() -> None:
        for kernel in held:
            if kernel.is_alive():
                kernel.stop()

    plugin.IPyNbFile.setup, plugin.IPyNbFile.teardown = setup, lambda file: None
    config.add_cleanup(stop)
    config.add_cleanup(figures.cleanup)


def place_of(nodeid: str) -> int:
    return next((place for place, start in enumerate(FIRST) if nodeid.startswith(start)), len(FIRST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each worker file by file, and what shares something dear to one worker."""
    from xdist.scheduler import LoadScopeScheduling

    scheduler = LoadScopeScheduling(config, log)
    of_file, together = scheduler._split_scope, TOGETHER[config.args == ["notebooks"] :]  # alone, all may help
    scheduler._split_scope = lambda nodeid: next(
        (start for start in together if nodeid.startswith(start)), of_file(nodeid)
    )
    return scheduler


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: pytest.CallInfo) -> Any:
    report = yield
    if report.when == "call" and hasattr(item, "cell_num"):
        if report.failed:
            report.longrepr = in_words(item, COLOURS.sub("", str(report.longrepr)))
        elif report.passed and (cleared := never_run(item)):  # nbval compares nothing then, and is green
            report.outcome, report.longrepr = "failed", cleared
    return report


def never_run(item: Any) -> str:
    """Say that a cell is stored without having run; once for a notebook in which none has."""
    cells = [cell for cell in item.parent.nb.cells if cell.cell_type == "code" and cell.source.strip()]
    if not any(cell.execution_count for cell in cells):
        said = f"{item.path.name} is stored without outputs (cleared?). If it shows the right things, store them: python run.py accept"
        return said if item.cell_num == 0 else ""
    missing = item.cell.execution_count is None and item.cell.source.strip()
    return (
        f"{item.path.name}, cell [{item.cell_num + 1}] is stored without having run: python run.py accept"
        if missing
        else ""
    )


def in_words(item: Any, said: str) -> str:
    """Say which cell differs, as JupyterLab counts it, and what it showed and shows."""
    name = item.path.name
    lines = [f"{name}, cell [{item.cell_num + 1}] shows something else than is stored:"]
    old, new = (_shown(outputs) for outputs in (item.cell.get("outputs", []), item.test_outputs or []))
    lines += [f"  - {line}" for line in old if line not in new][:12] + [
        f"  + {line}" for line in new if line not in old
    ][:12]
    if old != new and len(lines) == 1:
        lines.append("  the same lines in another order")
    pictures = [_pictures(outputs) for outputs in (item.cell.get("outputs", []), item.test_outputs or [])]
    if pictures[0] != pictures[1] and any(pictures):
        path = PICTURES / f"{item.path.stem}, cell {item.cell_num + 1}.png"
        side_by_side(*pictures, path)
        lines.append(f"Old and new picture: {path.relative_to(ROOT)}")
    return "\n".join(lines if len(lines) > 1 else [*lines, said])


def _shown(outputs: list[Any]) -> list[str]:
    texts = [
        "".join(
            output.get("text")
            or "\n".join(_rows(output.get("data", {}).get("text/html", "")))
            or output.get("data", {}).get("text/markdown")
            or output.get("data", {}).get("text/plain", "")
        )
        if output.output_type != "error"
        else f"{output.ename}: {output.evalue}"
        for output in outputs
    ]
    return [line for text in texts for line in text.splitlines() if line.strip()]


def _rows(page: str) -> list[str]:
    """Write the rows of a table as lines of text."""
    rows = [re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    return [" | ".join(unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row) for row in rows]


def _pictures(outputs: list[Any]) -> list[str]:
    return [output["data"]["image/png"].strip() for output in outputs if "image/png" in output.get("data", {})]


def side_by_side(old: list[str], new: list[str], path: Path) -> None:
    """Write the pictures of before to the left of those of now, on one sheet."""
    from PIL import Image

    columns = [[Image.open(io.BytesIO(base64.b64decode(png))) for png in pngs] for pngs in (old, new)]
    widths = [max((picture.width for picture in column), default=0) for column in columns]
    sheet = Image.new(
        "RGB", (sum(widths) + 20, max(sum(picture.height for picture in column) for column in columns)), "#888888"
    )
    for column, left in zip(columns, (0, widths[0] + 20), strict=True):
        top = 0
        for picture in column:
            sheet.paste(picture, (left, top))
            top += picture.height
    path.parent.mkdir(exist_ok=True)
    sheet.save(path)


class _Left:
    """What the marker ``long`` left to ``make torture``, gathered from the workers."""

    names: ClassVar[set[str]] = set()


def pytest_deselected(items: list[pytest.Item]) -> None:
    _Left.names |= {item.nodeid.split("[")[0] for item in items if item.get_closest_marker("long")}


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["long"] = sorted(_Left.names)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _Left.names |= set(getattr(node, "workeroutput", {}).get("long", []))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    from tests.torture.__main__ import PARTS

    left = [*PARTS, *sorted(_Left.names)]
    terminalreporter.write_line(f"Left to make torture: {', '.join(left)}")
    if terminalreporter.stats.get("failed"):
        terminalreporter.write_line("\n".join(why()))


def why() -> list[str]:
    """Say what may be behind a red cell: findings and rows that changed since the last commit, other library versions."""
    from gfmd_analysis import GfmdError, load
    from gfmd_analysis.claims import register
    from gfmd_analysis.dataset.reading import folders_in_use
    from gfmd_analysis.dataset.writing import csv_text
    from gfmd_analysis.documents import changes

    committed = changes.committed_findings(ROOT)
    try:
        now = csv_text(register(load()))
    except GfmdError as error:
        return [f"The data: {error}"]
    rows = [line for folder in folders_in_use() for line in changes.changed_rows(folder)]
    return [
        *changes.told("Changed in the data since the last commit", rows),
        *changes.told("Findings, as committed → now", changes.changed_findings(committed, now)),
        *changes.told("Other versions than requirements.lock has, which alone can change a picture", other_versions()),
        "Where what is new is right, store it: python run.py accept",
    ]


def other_versions() -> list[str]:
    """Name the libraries of this environment that are not of the version that the stored outputs were made with."""
    from importlib.metadata import PackageNotFoundError, version

    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    differ = []
    for name, locked in re.findall(
        r"^(matplotlib|seaborn|pandas|numpy|scipy|networkx|igraph|pillow)==([\w.]+)", lock, re.MULTILINE
    ):
        try:
            here = version(name)
        except PackageNotFoundError:
            continue
        if here != locked:
            differ.append(f"{name} {here} (stored with {locked})")
    return differ
