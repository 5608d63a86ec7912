"""Two small meetings: an invented one to count by hand (every act, engagement and table once or twice), a section of the real one."""

import json
from functools import cache
from pathlib import Path

import pandas as pd

from gfmd_analysis import Dataset, load
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.reading import read_package
from gfmd_analysis.dataset.tables import typed
from gfmd_analysis.dataset.writing import csv_text

ROWS: dict[str, tuple[str, ...]] = {
    "meetings": ("meeting title date source", "M-2000-01|Invented|2000-01-15|Invented report"),
    "actors": (
        "actor name short_name actor_type constituency iso3",
        "AAA|Aland|Aland|state|states|ALA",
        "BBB|Belize|Belize|state|states|BLZ",
        "CCC|Civic Council|Civics|civil_society|civil_society|",
        "DDD|Data Office|Data|un_entity|un_system|",
        "EEE|Mayors Mechanism|Mayors|gfmd_mechanism|mayors|",
    ),
    "interventions": (
        "intervention meeting paragraph section actor role act turn words summary",
        "001-AAA|M-2000-01|1|RT1|AAA|chair|introduction|001-AAA|90|Introduced the objectives.",
        "002-BBB|M-2000-01|2|RT1|BBB|discussant|statement|002-BBB|60|Asked for pathways.",
        "003-CCC|M-2000-01|3|RT1|CCC|discussant|statement|003-CCC|50|Asked for pathways.",
        "004-DDD|M-2000-01|4|RT2|DDD|discussant|statement|004-DDD|40|Listed what is left out.",
        "005-BBB|M-2000-01|5|RT2|BBB|discussant|statement|005-BBB|30|Described its law.",
        "006-CCC|M-2000-01|6|RT2|CCC|discussant|statement|006-CCC|30|Spoke of detention.",
        "007-EEE|M-2000-01|7|RT2|EEE|facilitator|summary|007-EEE|70|Summed up.",
        "008-EEE|M-2000-01|8|RT3|EEE|discussant|statement|008-EEE|20|Presented a service.",
        "009-CCC|M-2000-01|9|RT3|CCC|guest|statement|009-CCC|25|Talked together.",
        "009-DDD|M-2000-01|9|RT3|DDD|guest|statement|009-CCC|15|Talked together.",
        "010-BBB|M-2000-01|10|closing|BBB|presenter|update|010-BBB|10|Reported.",
    ),
    "mentions": (
        "intervention objective basis engagement",
        *("001-AAA|2|explicit|substantive", "001-AAA|12|explicit|substantive"),
        *("002-BBB|2|explicit|substantive", "002-BBB|5|inferred|substantive"),
        *("003-CCC|5|explicit|substantive", "003-CCC|9|inferred|passing"),
        *("004-DDD|8|explicit|reference", "004-DDD|9|explicit|reference", "004-DDD|13|explicit|substantive"),
        *("005-BBB|9|inferred|substantive", "006-CCC|8|inferred|passing", "006-CCC|13|inferred|substantive"),
        *("007-EEE|8|explicit|passing", "007-EEE|5|inferred|passing", "008-EEE|16|explicit|substantive"),
        *("008-EEE|5|explicit|reference", "009-CCC|16|explicit|substantive", "009-DDD|16|explicit|substantive"),
        "010-BBB|23|explicit|substantive",
    ),
    "practices": (
        "practice name kind leads partners recipients places summary",
        "BRIDGE|Bridge|partnership|BBB;CCC|DDD;Someone else|AAA|TUN;ITA|A joint programme.",
        "DESK|Desk|service|EEE|||001|A service.",
        "ECHO|Echo|event|CCC||||An event that only the facilitator recalled.",
    ),
    "practice_citations": (
        "practice intervention objective",
        *("BRIDGE|002-BBB|2", "BRIDGE|007-EEE|", "DESK|008-EEE|16", "ECHO|007-EEE|8"),
    ),
    "recommendations": (
        "recommendation intervention addressee kind text",
        "002-BBB-R1|002-BBB|member_states|adopt|Open pathways.",
        "003-CCC-R1|003-CCC|member_states|adopt|Open more pathways.",
        "006-CCC-R1|006-CCC|gfmd|emphasise|Speak of detention.",
        "007-EEE-R1|007-EEE|member_states|adopt|Pathways are to be opened.",
    ),
    "recommendation_objectives": (
        "recommendation objective",
        *("002-BBB-R1|5", "003-CCC-R1|5", "006-CCC-R1|13", "007-EEE-R1|5"),
    ),
    "consolidated_recommendations": (
        "consolidated text addressee related",
        *("C01|Open more regular pathways.|member_states|", "C02|Speak of detention.|gfmd|004-DDD"),
    ),
    "consolidation": (
        "recommendation consolidated strength",
        *("002-BBB-R1|C01|asks", "003-CCC-R1|C01|welcomes", "007-EEE-R1|C01|asks", "006-CCC-R1|C02|welcomes"),
    ),
    "differences": ("difference what kind", "D1|How detention ends|open"),
    "difference_sides": ("difference side intervention", "D1|at once|006-CCC", "D1|step by step|004-DDD"),
    "challenges": (
        "challenge intervention kind objectives text",
        "004-DDD-C1|004-DDD|challenge|8;9;13|Three objectives are left out.",
        "002-BBB-C1|002-BBB|opportunity|2|There is a chance.",
    ),
    "milestones": (
        "milestone meeting paragraph start end precision what body kind",
        "M1|M-2000-01|10||2000-03-31|day|Adoption of the report|AAA|due",
        "M2|M-2000-01|10|1999-01-01|1999-12-31|year|First meeting|BBB;CCC|past",
        "M3|M-2000-01|2|||undated|Follow-up|AAA|due",
    ),
    "quantities": (
        "quantity meeting paragraph actor topic what value unit bound status period_start period_end estimate_by",
        "Q1|M-2000-01|9|DDD|remittances|total|500000000000|USD|exactly|observed|1999-01-01|1999-12-31|AAA",
        "Q2|M-2000-01|9|DDD|remittances|decline|2|percent|exactly|observed|1999-01-01|1999-12-31|AAA",
        "Q3|M-2000-01|9|DDD|remittances|decline first projected|10|percent|over|feared|||AAA",
        "Q4|M-2000-01|9|DDD|remittances|growth|3|percent|exactly|forecast|2000-01-01|2000-12-31|AAA",
        "Q5|M-2000-01|8|EEE|campaign|impressions|6400000|impressions|over|observed|1999-03-01|1999-07-31|",
        "Q6|M-2000-01|8|EEE|campaign|people hoped for|9000000|people|about|target|||",
    ),
    "ties": ("intervention to_actor kind", "004-DDD|AAA|contests"),
}


def small_meeting(**rows: tuple[str, ...]) -> Dataset:
    """Make the invented meeting, some of its tables exchanged: ``small_meeting(mentions=())`` has none."""
    objectives = _objectives()
    tables = {name: _table(name, rows.get(name, ROWS.get(name, ()))) for name in schema()}
    return Dataset(tables | {"objectives": objectives})


@cache
def _objectives() -> pd.DataFrame:
    return load(DEFAULT_FOLDER).objectives


@cache
def _table(name: str, written: tuple[str, ...]) -> pd.DataFrame:
    head, *lines = written or ROWS.get(name, ("",))[:1]
    frame = pd.DataFrame([line.split("|") for line in lines], columns=head.split(), dtype="str")
    if not written:
        frame = frame.head(0)
    shape = schema()[name]
    return typed(frame.reindex(columns=shape.columns, fill_value="").fillna("").astype("category"), shape)


def write_section(folder: Path, section: str = "RT3") -> Path:
    """Write what the project's own data hold of one section as a package: valid, and a tenth as large."""
    tables = _tables_of(section)
    content = json.loads((DEFAULT_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    content["resources"] = [each for each in content["resources"] if each["name"] in tables]
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    for name, text in tables.items():
        (folder / schema()[name].path).write_text(text, encoding="utf-8")
    return folder


@cache
def _tables_of(section: str) -> dict[str, str]:
    read = read_package(DEFAULT_FOLDER)[1]
    tables = {name: each.astype("str") for name, each in read.items() if not name.startswith("coding_")}
    for name, key, of in (
        ("roundtables", "section", ""), ("paragraphs", "section", ""), ("interventions", "section", ""),
        ("mentions", "intervention", "interventions"), ("practice_citations", "intervention", "interventions"),
        ("practices", "practice", "practice_citations"), ("recommendations", "intervention", "interventions"),
        ("recommendation_objectives", "recommendation", "recommendations"), ("consolidation", "recommendation", "recommendations"),
        ("consolidated_recommendations", "consolidated", "consolidation"), ("challenges", "intervention", "interventions"),
        ("milestones", "paragraph", "paragraphs"), ("quantities", "paragraph", "paragraphs"),
        ("ties", "intervention", "interventions"), ("objective_links", "intervention", "interventions"),
    ):  # fmt: skip
        tables[name] = tables[name][tables[name][key].isin(tables[of][key] if of else [section])]
    tables["meetings"] = tables["meetings"].assign(paragraphs=str(len(tables["paragraphs"])))
    tables["consolidated_recommendations"] = tables["consolidated_recommendations"].assign(related="")
    for name in ("differences", "difference_sides", "facts", "corrections"):
        tables[name] = tables[name].head(0)
    return {name: csv_text(table) for name, table in tables.items()}
