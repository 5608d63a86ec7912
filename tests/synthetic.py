"""Invented meetings in the contract's shape: for scale, and for comparing meetings. Nothing in them is real."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.dataset.writing import csv_text

SECTIONS = ["opening", "RT1", "RT2", "RT3", "RT4", "closing"]
SHARED = ("objectives", "actors")
LEADERS = {"RT1": ("EGY", "BM"), "RT2": ("THA", "MYCP"), "RT3": ("PRT", "CSM"), "RT4": ("MEX", "MM")}


def write_meetings(folder: Path, meetings: int, paragraphs: int, seed: int = 1, first_year: int = 2001) -> Path:
    """Write a package of invented meetings; each paragraph is one intervention with two objectives."""
    folder.mkdir(parents=True)
    shutil.copy(DEFAULT_FOLDER / "datapackage.json", folder)
    for name in SHARED:
        shutil.copy(DEFAULT_FOLDER / f"{name}.csv", folder)
    generator = np.random.default_rng(seed)
    bodies = pd.read_csv(DEFAULT_FOLDER / "actors.csv", dtype="str", keep_default_na=False)
    actors, names = np.sort(bodies["actor"].to_numpy()), bodies.set_index("actor")["name"].to_dict()
    codes = np.array([f"FOF-{first_year + n // 12}-{n % 12 + 1:02d}" for n in range(meetings)])
    rows = pd.DataFrame(
        {"meeting": np.repeat(codes, paragraphs), "paragraph": np.tile(np.arange(1, paragraphs + 1), meetings)}
    )
    place = np.minimum((rows["paragraph"] - 1) * len(SECTIONS) // paragraphs, len(SECTIONS) - 1)
    rows["section"] = np.array(SECTIONS)[place]
    first = ~rows.duplicated(["meeting", "section"])
    second = first.shift(fill_value=False)
    rows["actor"] = generator.choice(actors, len(rows))
    rows["role"] = "discussant"
    for section, (chair, facilitator) in LEADERS.items():
        here = rows["section"] == section
        rows.loc[here & first, ["actor", "role"]] = [chair, "chair"]
        rows.loc[here & second, ["actor", "role"]] = [facilitator, "facilitator"]
    rows["intervention"] = rows["meeting"] + "/" + rows["paragraph"].astype("str").str.zfill(3) + "-" + rows["actor"]
    digits = generator.integers(0, 2**62, (len(rows), 4))
    tables = {
        "meetings": pd.DataFrame(
            {
                "meeting": codes,
                "title": "Invented meeting",
                "date": [f"{code[4:]}-01" for code in codes],
                "place": "Nowhere",
                "mode": "online",
                "source": "Invented",
                "paragraphs": paragraphs,
            }
        ),
        "roundtables": pd.DataFrame(
            [
                (code, s, "Invented", "roundtable" if s in LEADERS else "plenary", n, *LEADERS.get(s, ("", "")))
                for code in codes
                for n, s in enumerate(SECTIONS, 1)
            ],
            columns=schema()["roundtables"].columns,
        ),
        "paragraphs": rows[["meeting", "paragraph", "section"]].assign(
            words=50, sha256=["".join(f"{part:016x}" for part in row) for row in digits]
        ),
        "interventions": rows[["intervention", "meeting", "paragraph", "section", "actor", "role"]].assign(
            act="statement",
            on_behalf_of="",
            turn=rows["intervention"],
            words=50,
            summary=rows["actor"].map(names) + " said in paragraph " + rows["intervention"],
        ),
        "mentions": _mentions(rows, generator),
    }
    for name, table in schema().items():
        if name not in tables and name not in SHARED and not name.startswith("coding_"):
            tables[name] = pd.DataFrame(columns=table.columns)
    for name, table in tables.items():
        table = table[schema()[name].columns]
        (folder / f"{name}.csv").write_text(
            csv_text(table) if len(table) < 10_000 else table.to_csv(index=False, lineterminator="\n"), encoding="utf-8"
        )
    descriptor = folder / "datapackage.json"
    content = json.loads(descriptor.read_text(encoding="utf-8"))
    content["resources"] = [resource for resource in content["resources"] if not resource["name"].startswith("coding_")]
    descriptor.write_text(json.dumps(content), encoding="utf-8")
    return folder


def _mentions(rows: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    home = np.zeros((len(SECTIONS), 23))
    for place, section in enumerate(SECTIONS):
        home[place, [number - 1 for number in IMRF_ROUNDTABLES.get(section, range(1, 24))]] = 3
    weight = home + 0.3 + np.arange(23) / 23
    keys = generator.random((len(rows), 23)) ** (1 / weight[rows["section"].map(SECTIONS.index)])
    chosen = np.argsort(-keys, axis=1)[:, :2] + 1
    table = pd.DataFrame(
        {"intervention": np.repeat(rows["intervention"].to_numpy(), 2), "objective": np.sort(chosen, axis=1).ravel()}
    )
    return table.assign(
        basis="explicit", engagement=np.where(generator.random(len(table)) < 0.8, "substantive", "reference"), note=""
    )
