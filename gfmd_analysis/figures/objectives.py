"""The coverage figure: who took up each objective and how, with practices, recommendations and the report's own lists."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.figures._lettering import breadth
from gfmd_analysis.figures._parts import EDGE, ROW, beside, key, label_rows, placed
from gfmd_analysis.figures.names import counted, home, objective_title
from gfmd_analysis.figures.palette import ACCENT, GREY, INK, MUTED, NUMBER, PASSING, SUBJECT
from gfmd_analysis.figures.style import TALLEST, Given, add_text, figure, language, sheet, wording
from gfmd_analysis.text import paras

HEAD = -1.75  # rows above the first
DEPTHS = ("by_number", "by_subject", "passing")


@figure("objective", "objective_title", "objective_roundtable", "speakers", *DEPTHS, rows="objective")
def coverage(
    table: pd.DataFrame,
    *,
    balance: pd.DataFrame | None = None,
    lists: Mapping[str, Iterable[int]] | None = None,
    least: Iterable[int] = (),
    **given: Unpack[Given],
) -> Axes:
    """Plot how many speakers took up each objective, with practices, recommendations, and the report's own lists.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.coverage.counts.coverage_table`, all 23 rows or some.
    balance
        Of :func:`gfmd_analysis.practices.catalogue.practices_and_recommendations`, for two columns of numbers.
    lists
        Lists of objectives by name (``{"53": [8, 13]}``); each is a column of marks.
    least
        Objectives in the accent: the least discussed.
    """
    locale, _ = language(given)
    rows = placed(table).astype(dict.fromkeys(["speakers", *DEPTHS], int))
    lengths = rows[list(DEPTHS)].sum(axis=1)
    widest, chosen = max(int(lengths.max()), 1), {int(number) for number in least}
    columns: dict[str, pd.Series] = {}
    if balance is not None:
        found = balance.astype({"objective": int}).set_index("objective").loc[rows["objective"]]
        columns[_.gettext("Practices")] = found["practices"]
        columns[_.gettext("Recommen-\ndations")] = found["recommendations"]
    marks = {str(head): {int(number) for number in members} for head, members in (lists or {}).items()}
    note = _.gettext("Each speaker is counted once for an objective, by its fullest mention of it.")
    what = _.gettext("Speakers who took up each objective, in statements and updates")
    words = wording(given, what, counted(note, locale=locale))
    ax = sheet(2.2 + ROW * (rows["y"].max() + 1), given["ax"], words, TALLEST)
    handles = [
        Patch(fc=NUMBER, ec="none", label=_.gettext("under its number")),
        Patch(fc=SUBJECT, ec="none", label=_.gettext("on its subject, without the number")),
        Patch(fc=PASSING, ec=GREY, lw=0.5, label=_.gettext("in passing only")),
    ]
    left = np.zeros(len(rows))
    for depth, look in zip(DEPTHS, handles, strict=True):
        colours: Any = {"color": look.get_facecolor(), "edgecolor": look.get_edgecolor()}
        ax.barh(rows["y"], rows[depth], left=left, height=0.66, linewidth=0.5, **colours)
        left += rows[depth]
    for row, end in zip(rows_of(rows), lengths, strict=True):
        told = f"{row.speakers}" + (f" + {row.passing}" if row.passing else "")
        beside(ax, told, end, row.y, 3, color=ACCENT if row.objective in chosen else INK, weight="bold")
    ax.text(0, HEAD, _.gettext("Speakers who took it up\n+ in passing only"), va="bottom", color=MUTED, linespacing=1.1)

    def cited(head: str) -> str:
        return re.sub(r"para\. (\d+)", lambda found: paras([int(found[1])], locale), head)

    names = [*columns, *(_.gettext("Listed,\n{paragraph}").format(paragraph=cited(head)) for head in marks)]
    breadths = [breadth([head]) + 0.25 for head in names]
    picture = 15.2 - breadth((objective_title(number, locale) for number in rows["objective"]), weight="bold") - 0.6
    unit = (picture - sum(breadths) - 1.6) / widest  # cm a speaker
    edges = widest + (1.6 + np.cumsum([0, *breadths])) / unit
    middles = (edges[:-1] + edges[1:]) / 2
    for head, at in zip(names, middles, strict=True):
        ax.text(at, HEAD, head, ha="center", va="bottom", color=MUTED, linespacing=1.1)
    for at, values in zip(middles, columns.values(), strict=False):
        for y, value in zip(rows["y"], values, strict=True):
            ax.text(at, y, f"{value}" if value else "·", ha="center", va="center")
    for at, members in zip(middles[len(columns) :], marks.values(), strict=True):
        listed = rows.loc[rows["objective"].isin(members), "y"]
        ax.scatter([at] * len(listed), listed, s=22, color=INK, zorder=3, lw=0)
    ax.set(xlim=(0, edges[-1]), xticks=[])
    label_rows(ax, rows, locale, chosen)
    for code, block in rows.groupby("objective_roundtable"):
        aside: dict[str, Any] = {"xycoords": EDGE, "ha": "right", "color": MUTED, "weight": "bold"}
        beside(ax, home(str(code), locale), 0, block["y"].min() - 0.98, -3, **aside)
    ax.set_ylim(rows["y"].max() + 0.5, -1.5)
    ax.plot([0, 0], [-0.5, rows["y"].max() + 0.5], color=GREY, lw=0.8, zorder=4)
    key(ax, handles)
    description = [
        _.ngettext(
            "{objective} {title}: {n} speaker, {number} under its number; {passing} in passing",
            "{objective} {title}: {n} speakers, {number} under its number; {passing} in passing",
            row.speakers,
        ).format(title=objective_title(row.objective, locale), n=row.speakers, number=row.by_number, **row._asdict())
        for row in rows_of(rows)
    ]
    return add_text(ax, **words, description=". ".join(description))
