"""Short invented reports in other layouts, each with what was meant when it was written."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from gfmd_analysis.draft.actors import known_bodies
from gfmd_analysis.draft.markup import fingerprint
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.tables import Coding, code_report

FOLDER = Path(__file__).parent / "reports"
REPORTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".md", ".txt"))


@cache
def drafted(text: str, meeting: str = "") -> Coding:
    """Draft a report once, for all tests that only look at the draft."""
    return code_report(text, meeting)


def invented_reports() -> Iterator[tuple[str, str, dict[str, pd.DataFrame]]]:
    """Give each report's name, its text and the tables that a coder would make of it."""
    for path in REPORTS:
        text = path.read_text(encoding="utf-8")
        yield path.name, text, _tables(text, json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def _tables(text: str, meant: dict[str, dict]) -> dict[str, pd.DataFrame]:
    found = {paragraph.number: paragraph.text for paragraph in cut(text).paragraphs}
    paragraphs, spoken, mentions, quantities, actors = [], [], [], [], {}
    for number, each in meant.items():
        quantities += [(number if number != "0" else "", value, bound) for value, bound in each["quantities"]]
        if number == "0":
            continue
        read = found.get(int(number), "")
        whole = read.startswith(each["begins"]) and read.endswith(each["ends"])
        paragraphs.append((number, each["section"], fingerprint(read)[1] if whole else "not as meant"))
        for name, (role, explicit, inferred) in each["speakers"].items():
            code = name if name in known_bodies() else name.upper()
            actors[code] = name
            intervention = f"INVENTED-2000-01/{int(number):03}-{code}"
            spoken.append((intervention, number, code, role))
            mentions += [(intervention, objective, "explicit") for objective in explicit]
            mentions += [(intervention, objective, "inferred") for objective in inferred]
    return {
        "paragraphs": pd.DataFrame(paragraphs, columns=["paragraph", "section", "sha256"]),
        "interventions": pd.DataFrame(spoken, columns=["intervention", "paragraph", "actor", "role"]),
        "mentions": pd.DataFrame(mentions, columns=["intervention", "objective", "basis"]),
        "quantities": pd.DataFrame(quantities, columns=["paragraph", "value", "bound"]),
        "actors": pd.DataFrame(
            {"actor": list(actors), "name": list(actors.values()), "short_name": list(actors.values())}
        ),
    }
