"""A selection of the data: narrowing the tables to it, and naming it, its speakers and its constituencies in a sentence."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import split_numbers
from gfmd_analysis.dataset.selecting import codes_of, select
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.errors import GfmdError, require_known
from gfmd_analysis.practices.speaking import names_of
from gfmd_analysis.text import N_, actor_name, alphabetical, listing, sentence, the, translator

CONSTITUENCIES = {
    "states": N_("States"),
    "intergovernmental": N_("intergovernmental bodies"),
    "un_system": N_("the UN system"),
    "civil_society": N_("civil society"),
    "business": N_("business"),
    "mayors": N_("mayors"),
    "youth": N_("youth"),
    "other": N_("others"),
}

# not who led or summed up
SELECTED = ("actor", "actor_type", "constituency", "meeting", "objective", "roundtable", "section")


def require_dataset(name: str, given: object) -> None:
    """Refuse a table where a function (``name``) takes the dataset, and say what to pass."""
    if not isinstance(given, Dataset):
        raise GfmdError(f"{name}: found a {type(given).__name__}; allowed: the dataset, as ga.load() reads it")


@once
def narrow(data: "Dataset", **selection: Any) -> "Dataset":
    """Keep what was said in a selection: the interventions, and of them only the chosen objectives.

    Parameters
    ----------
    data
        A loaded dataset.
    **selection
        As :func:`gfmd_analysis.select` takes it: ``section="RT2"``, ``constituency="states"``, ``actor="EGY"``,
        ``objective=13``; and ``roundtable="RT2"`` for the objectives of a roundtable, wherever they were spoken of.

    Raises
    ------
    GfmdError
        For another column, such as ``role``: which acts count is one definition, and findings and figures say it.
    """
    require_known("a selection", selection, SELECTED)
    if "roundtable" in selection:
        chosen = select(data.objectives, roundtable=selection.pop("roundtable"))
        selection["objective"] = sorted(chosen["objective"].astype(int))
    tables, rows = dict(data.tables), select(data.long(), **selection)
    tables["interventions"] = data.interventions[data.interventions["intervention"].isin(rows["intervention"])]
    where = tables["interventions"][["meeting", "paragraph", "actor"]].drop_duplicates()
    tables["quantities"] = data.quantities.merge(where, on=["meeting", "paragraph", "actor"])
    tables["milestones"] = data.milestones.merge(where[["meeting", "paragraph"]].drop_duplicates())
    if "objective" in selection:
        numbers = codes_of(data.long(), "objective", selection["objective"])
        tables["objectives"] = select(data.objectives, objective=numbers)
        wanted = set(tables["objectives"]["objective"].astype(int))
        for name in ("mentions", "practice_citations", "recommendation_objectives"):
            tables[name] = tables[name][tables[name]["objective"].isin(list(wanted))]
        asked = tables["recommendation_objectives"]["recommendation"]
        tables["recommendations"] = data.recommendations[data.recommendations["recommendation"].isin(asked)]
        about = [";".join(str(n) for n in split_numbers(cell) if n in wanted) for cell in data.challenges["objectives"]]
        challenges = data.challenges.assign(objectives=pd.Series(about, data.challenges.index, dtype="str"))
        tables["challenges"] = challenges[challenges["objectives"] != ""]
    return Dataset(tables).only(*data.meetings["meeting"])


def scope(data: "Dataset", *, locale: str = "en", **selection: Any) -> str:
    """Name a selection for a title: ``Roundtable 2``, ``States``, ``Egypt``, ``Objective 13``."""
    _, parts = translator(locale), []
    for column, value in selection.items():
        values = codes_of(data.long(), column, value)
        numbers = listing([str(name).removeprefix("RT") for name in values], locale)
        if column == "objective":
            text = _.ngettext("Objective {list}", "Objectives {list}", len(values))
        elif column == "roundtable":
            text = _.ngettext("objectives of roundtable {list}", "objectives of roundtables {list}", len(values))
        elif column == "actor":
            text = listing(names(data, values, locale), locale)
        elif column == "section" and all(str(section).startswith("RT") for section in values):
            text = _.ngettext("roundtable {list}", "roundtables {list}", len(values))
        else:
            text = listing([_.gettext(CONSTITUENCIES.get(str(code), str(code))) for code in values], locale)
        parts.append(text.replace("{list}", numbers))
    return sentence(", ".join(parts))


def constituency(code: str, locale: str = "en") -> str:
    """Name a constituency inside a sentence."""
    return the(translator(locale).gettext(CONSTITUENCIES.get(code, code.replace("_", " "))), locale)


def names(data: "Dataset", actors: Iterable[object], locale: str) -> list[str]:
    """Name actors inside a sentence, each once and by the alphabet."""
    known = names_of(data, name="name")
    named = {actor_name(actor, known.get(actor, actor), locale) for actor in map(str, actors)}
    return [the(name, locale) for name in sorted(named, key=alphabetical)]
