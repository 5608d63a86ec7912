"""Write results: the only module that does. Files and folders are replaced whole or not at all."""

import csv
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, DESCRIPTOR, REVIEW, read_descriptor, schema
from gfmd_analysis.dataset.tables import typed
from gfmd_analysis.dataset.validation import FORMULA_STARTS
from gfmd_analysis.errors import GfmdError

STATUSES = ("draft", "accepted", "rejected")

REVIEWED = {  # the column of a draft's tables, as their descriptor defines it
    "name": REVIEW, "type": "string", "description": "Whether an analyst has read the row",
    "constraints": {"required": True, "enum": [*STATUSES]},
}  # fmt: skip


def atomic_write(path: Path, content: bytes | str) -> None:
    """Replace a file by new content: whoever looks sees the old file or the new one, never a part.

    Raises
    ------
    GfmdError
        Where it cannot be written; the old file is then untouched.
    """
    made = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".new", delete=False) as file:
            made = Path(file.name)
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(0o644)
        made.replace(path)
    except OSError as error:
        if made:
            made.unlink(missing_ok=True)
        allowed = "a folder that can be written, with room on the disk"
        raise GfmdError(f"cannot write {path.name}: {error.strerror}; allowed: {allowed}") from None


def csv_text(table: pd.DataFrame) -> str:
    """Write a table as the project's CSV text: ``\\n`` ends, ISO dates, ``true``/``false``, empty for missing.

    Raises
    ------
    GfmdError
        For a text that a spreadsheet would run as a formula: it is never written.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.astype(object).itertuples(index=False):
        if formulas := [text for text in row if isinstance(text, str) and text.startswith(FORMULA_STARTS)]:
            raise GfmdError(f"will not write {formulas[0]!r}: a spreadsheet would run it as a formula")
        writer.writerow(map(cell_text, row))
    return buffer.getvalue()


def cell_text(value: Any) -> str:
    """Write a cell as the project's CSV has it."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value)


def check_new(out: Path) -> None:
    """Refuse a folder that holds something, or can hold nothing: a reviewed workbook is not to be lost."""
    found = ""
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            found = f"{out.name or out}: found something there already"
        elif out.is_symlink() and not out.exists():
            found = f"{out.name}: found a link that leads nowhere"
    except OSError as error:
        found = f"{out.name[:60]}: {error.strerror}"
    if found:
        raise GfmdError(f"{found}; allowed: a new or an empty folder")


def write_package(
    out: Path,
    tables: Mapping[str, pd.DataFrame],
    title: str,
    *,
    status: str = "",
    others: Mapping[str, bytes | str] | None = None,
) -> None:
    """Write the contract's tables, a descriptor and other files into a new folder.

    Parameters
    ----------
    out
        New or empty folder.
    tables
        Table name to its rows as text, as the contract defines them.
    title
        Title of the package; the meeting's follows it.
    status
        Written in a further column ``review`` on every row, where it is given.
    others
        File name to content.

    Raises
    ------
    GfmdError
        Where the folder holds something or cannot be written. Nothing is then written.
    """
    check_new(out)
    out, contents = out.resolve(), dict[str, bytes | str]()
    for name, table in tables.items():
        rows = typed(table.astype("category"), schema()[name])
        contents[schema()[name].path] = csv_text(rows.assign(**{REVIEW: status}) if status else rows)
    descriptor = _descriptor(tables, title, with_status=bool(status))
    contents[DESCRIPTOR] = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        made = TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise GfmdError(f"cannot write {out.name}: {error.strerror}; allowed: a folder that can be written") from None
    with made as name:
        folder = Path(name)
        for file, content in (contents | dict(others or {})).items():
            atomic_write(folder / file, content)
        folder.chmod(0o755)
        if out.exists():  # the working folder, perhaps: it stays, and is filled
            for path in folder.iterdir():
                path.rename(out / path.name)
        else:
            folder.rename(out)


def _descriptor(tables: Mapping[str, pd.DataFrame], title: str, *, with_status: bool) -> dict[str, Any]:
    """Write the contract's descriptor for other meetings, with the column ``review`` in every table of a draft."""
    agreed = read_descriptor(DEFAULT_FOLDER)
    meetings = tables["meetings"]
    resources = [each for each in agreed["resources"] if each["name"] in tables]
    for resource in resources if with_status else []:
        resource["schema"]["fields"].append(REVIEWED)
    return {key: agreed[key] for key in ("$schema", "licenses")} | {
        "name": "-".join(["draft" if with_status else "gfmd", *meetings["meeting"].str.lower()]),
        "title": f"{title}: {'; '.join(meetings['title'])}",
        "sources": [{"title": source} for source in meetings["source"]],
        "resources": resources,
    }
