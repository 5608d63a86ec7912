"""Write a data package into a new folder, whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.exporting import atomic_write, csv_text, exchange
from gfmd_analysis.loading import typed
from gfmd_analysis.reading import read_descriptor
from gfmd_analysis.schema import DEFAULT_FOLDER, DESCRIPTOR, contract

STATUSES = ("draft", "accepted", "rejected")


def check_new(out: Path) -> None:
    """Refuse a folder that holds something: a reviewed workbook is not to be lost."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise GfmdError(f"{out.name}: found something there already; allowed: a new or an empty folder")


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
        Written in a further column ``status`` on every row, where it is given.
    others
        File name to content.

    Raises
    ------
    GfmdError
        Where the folder holds something or cannot be written. Nothing is then written.
    """
    check_new(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise GfmdError(f"cannot write {out.name}: {error.strerror}; allowed: a folder that can be written") from None
    try:
        for name, table in tables.items():
            rows = typed(contract()[name], table)
            atomic_write(folder / contract()[name].path, csv_text(rows.assign(status=status) if status else rows))
        descriptor = _descriptor(tables, title, with_status=bool(status))
        atomic_write(folder / DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n")
        for name, content in (others or {}).items():
            atomic_write(folder / name, content)
        folder.chmod(0o755)
        exchange(folder, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _descriptor(tables: Mapping[str, pd.DataFrame], title: str, *, with_status: bool) -> dict[str, Any]:
    """Give the contract's descriptor for other meetings, with the column ``status`` in every table of a draft."""
    agreed = read_descriptor(DEFAULT_FOLDER)
    meetings = tables["meetings"]
    resources = [each for each in agreed["resources"] if each["name"] in tables]
    if with_status:
        status = {
            "name": "status",
            "type": "string",
            "description": "Whether an analyst has read the row",
            "constraints": {"required": True, "enum": list(STATUSES)},
        }
        for resource in resources:
            resource["schema"]["fields"].append(status)
    return {
        "$schema": agreed["$schema"],
        "name": "-".join(["draft" if with_status else "gfmd", *meetings["meeting"].str.lower()]),
        "title": f"{title}: {'; '.join(meetings['title'])}",
        "licenses": agreed["licenses"],
        "sources": [{"title": source} for source in meetings["source"]],
        "resources": resources,
    }
