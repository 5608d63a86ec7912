"""What travels with a figure: its title, caption, alternative text, description, source and credit, in ``captions.csv``."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

from gfmd_analysis.dataset.writing import csv_text
from gfmd_analysis.figures.style import Words, full_stop
from gfmd_analysis.text import N_, plain, translator

CREDIT = N_(
    "gfmd_analysis (MIT License), analyst’s coding by a language model, twice and blind, not re-coded by a person."
)
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads the file as if it were not UTF-8


@dataclass(frozen=True)
class Caption:
    """A row of ``captions.csv``; ``place`` orders the figures of a notebook and is not written."""

    figure: str
    language: str
    title: str
    caption: str
    alt: str
    description: str
    source: str
    credit: str
    notebook: str
    place: int


CAPTION_COLUMNS = [field.name for field in fields(Caption) if field.name != "place"]

_saved: dict[str, int] = {}


def caption_of(words: Words, figure: str, caption: str = "") -> str:
    """Write a figure's caption as JSON, for the build to collect."""
    told = " ".join(full_stop(text) for text in (caption or words.subtitle, words.note) if text)
    printed = (words.title, told, words.alt, words.description or words.title, full_stop(words.source))
    made = (translator(words.locale).gettext(CREDIT), os.environ.get("GFMD_NOTEBOOK", ""))
    entry = Caption(figure, words.locale, *printed, *made, _saved.setdefault(figure, len(_saved)))
    return json.dumps(asdict(entry), ensure_ascii=False, indent=1)


def read_captions(folders: Iterable[Path]) -> list[Caption]:
    """Collect the captions that notebooks left in their folders, in the order of the notebooks and their cells."""
    found = [path for folder in folders for path in sorted(folder.rglob("*.json"))]
    entries = [Caption(**json.loads(path.read_text(encoding="utf-8"))) for path in found]
    return sorted(entries, key=lambda entry: (entry.figure.count("/"), entry.notebook, entry.place))


def captions_csv(captions: Sequence[Caption]) -> str:
    """Write ``captions.csv``, with the byte-order mark that Excel wants."""
    return BYTE_ORDER_MARK + csv_text(pd.DataFrame([asdict(entry) for entry in captions], columns=CAPTION_COLUMNS))


def gallery(captions: Sequence[Caption]) -> str:
    """Write the Markdown page of the figures: each with its finding, description and source."""
    lines = []
    for entry in captions:
        links = ", ".join(f"[{form.upper()}]({entry.figure}.{form})" for form in ("svg", "pdf"))
        lines += [
            f"## {plain(entry.title)}\n",
            f"![{plain(entry.alt)}]({entry.figure}.png)\n",
            f"{plain(entry.caption)}\n",
            f"Source: {plain(entry.source)} Notebook: `{entry.notebook}`. {links}\n",
        ]
    return "\n".join(lines)
