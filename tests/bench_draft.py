"""Quality of the draft coding against the settled one, on the invented reports of ``tests/reports``, on public ones."""

import os
from pathlib import Path

import pandas as pd

from gfmd_analysis import load
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.reliability import scored
from gfmd_analysis.dataset.tables import typed
from gfmd_analysis.dataset.writing import atomic_write, csv_text
from gfmd_analysis.draft.report import read_document
from gfmd_analysis.draft.tables import code_report
from tests.draft_quality import PARTS, draft_quality
from tests.invented import FOLDER, drafted, invented_reports

STORED = DEFAULT_FOLDER / "coding" / "draft_quality.csv"
COLUMNS = ["report", "part", "drafted", "coded", "agreed", "target"]
KINDS = FOLDER / "kinds"
# marked by hand before the reader ran, in documents that were not used while developing: drafted, marked, agreed. First runs of
# 26 November 2026: two bulletins (60, 63, 57; 78, 77, 77) and a session of 72 turns. Before: four bulletins, each after the faults
# of the one before were mended (69, 80, 66; 53, 49, 47; 33, 46, 30; 33, 35, 33); bulletins 176, 180, 175; transcripts 30, 30, 28
PUBLIC = {"public_bulletins": (138, 140, 134), "public_transcripts": (72, 72, 72)}
TARGETS = {"paragraphs": 1.0, "explicit mentions": 0.97, "actors": 0.90, "quantities": 0.95}


def against_ours(report: Path) -> pd.DataFrame:
    """Measure the draft of the public report against ``data/``."""
    return draft_quality(code_report(read_document(report)).tables, load(DEFAULT_FOLDER).tables)


def against_invented(*, blind: bool) -> pd.DataFrame:
    """Measure the drafts of invented reports together against what was meant when they were written.

    The blind one was written after speakers, mentions and numbers were last worked on, and its errors stay: it tells how the
    reader does on a report that it was not made with.
    """
    reports = [(text, coded) for name, text, coded in invented_reports() if name.startswith("blind") == blind]
    parts = [draft_quality(drafted(text).tables, coded) for text, coded in reports]
    total = pd.concat(parts).groupby("part", sort=False)[["drafted", "coded", "agreed"]].sum()
    return scored(total.loc[list(PARTS)].reset_index())


def against_layouts() -> pd.DataFrame:
    """Measure speakers and numbered objectives on the small reports of many layouts in ``tests/reports/kinds``."""
    rows = pd.read_csv(KINDS / "expected.csv", dtype="str", keep_default_na=False)
    wanted: dict[str, set[tuple[str, ...]]] = {"actors": set(), "explicit mentions": set()}
    found: dict[str, set[tuple[str, ...]]] = {"actors": set(), "explicit mentions": set()}
    for name, expected in rows.groupby("file"):
        tables = code_report((KINDS / str(name)).read_text(encoding="utf-8"), "MEETING-2028-06").tables
        codes = {"chair": "CHAIR", "unnamed": "UNNAMED"} | dict(
            tables["actors"][["name", "actor"]].itertuples(index=False)
        )
        spoken = tables["interventions"].set_index("intervention")
        for row in expected.itertuples():
            actor = codes.get(row.speaker, row.speaker)
            wanted["actors"].add((name, row.paragraph, actor))
            wanted["explicit mentions"] |= {(name, row.paragraph, actor, number) for number in row.objectives.split()}
        found["actors"] |= {(name, each.paragraph, each.actor) for each in spoken.itertuples()}
        named = tables["mentions"].query("basis == 'explicit'").join(spoken[["paragraph", "actor"]], on="intervention")
        found["explicit mentions"] |= {
            (name, each.paragraph, each.actor, each.objective) for each in named.itertuples()
        }
    counts = [(part, len(found[part]), len(wanted[part]), len(found[part] & wanted[part])) for part in wanted]
    return scored(pd.DataFrame(counts, columns=["part", "drafted", "coded", "agreed"]))


def measured(report: Path) -> pd.DataFrame:
    """Give the comparisons in one table, the target beside what has one."""
    texts = {
        "FOF-2021-11": against_ours(report),
        "invented": against_invented(blind=False),
        "invented_blind": against_invented(blind=True),
        "layouts": against_layouts(),
    }
    texts |= {
        name: scored(pd.DataFrame([("actors", *counts)], columns=["part", "drafted", "coded", "agreed"]))
        for name, counts in PUBLIC.items()
    }
    table = pd.concat([frame.assign(report=name) for name, frame in texts.items()], ignore_index=True)
    table["target"] = table["part"].map(TARGETS).astype("float64")
    return table[[*COLUMNS, "precision", "recall", "f1"]]


def main() -> None:
    """Measure, print and store; without the public report print what was stored."""
    source = Path(os.environ.get("GFMD_SOURCE", ""))
    if source.is_file():
        table = measured(source)
        atomic_write(STORED, csv_text(typed(table[COLUMNS].astype("category"), schema()["coding_draft_quality"])))
    else:
        print("The public report is not here (GFMD_SOURCE): the stored figures.")
        table = scored(load(DEFAULT_FOLDER).coding_draft_quality)
    print(table.to_string(index=False, na_rep=""))
    missed = table[table["f1"] < table["target"]]
    print(
        "Every target is reached."
        if missed.empty
        else f"Missed: {', '.join(missed['report'].astype('str') + ' ' + missed['part'].astype('str'))}"
    )


if __name__ == "__main__":
    main()
