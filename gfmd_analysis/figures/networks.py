"""Figures of networks: who took up which objective, who spans the roundtables, which objectives are linked."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from gfmd_analysis.dataset.tables import require_columns, require_rows
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, actor_name, name, objective_title
from gfmd_analysis.figures.style import (
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    PALE,
    add_text,
    breadth,
    folded,
    key,
    new_axes,
    readable,
    themed,
)
from gfmd_analysis.networks.ordination import two_column_order
from gfmd_analysis.text import listing, number_word, sentence, translator

BESIDE = ("states", "intergovernmental")  # their speakers stand left of the objectives, all others right
NAMES, TITLES = 3.3, 4.2  # cm across: the most that a name and a title may take


@themed
def actor_objective_network(
    levels: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot the whole two-mode network of speakers and the objectives that they took up.

    States and intergovernmental bodies stand to the left of the objectives, all other speakers to the right, so that
    every tie can be drawn and none need be filtered away. Both are ordered so that few ties cross.

    Parameters
    ----------
    levels
        Of :func:`gfmd_analysis.coverage.levels.mention_levels`; ties are its rows at the levels number and subject.
    {shared}
    """
    require_columns(levels, "actor", "actor_name", "constituency", "objective", "level", "taken_up")
    _ = translator(locale)
    ties = levels[levels["level"].isin(["number", "subject"])].astype({"actor": "str", "constituency": "str"})
    require_rows(ties, "objective that a speaker takes up")
    about = ties.drop_duplicates("actor").set_index("actor")
    actors, objectives = two_column_order(ties)
    sides = [[a for a in actors if (about.loc[a, "constituency"] in BESIDE) == left] for left in (True, False)]
    tallest = max(len(objectives), *map(len, sides))
    height = min(15.0, 4.2 + 0.46 * tallest)
    names = {a: folded(actor_name(a, str(about.loc[a, "actor_name"]), locale), NAMES) for a in actors}
    heads = {o: folded(objective_title(int(o), locale), TITLES) for o in objectives}
    left, right = 0.25 + breadth(map(names.get, sides[0])), 15.5 - breadth(map(names.get, sides[1]))
    reach = (1.0 + breadth(heads.values())) / 2
    middle = (left + right) / 2
    ends = {True: (left, middle - reach), False: (right, middle + reach)}
    ax = new_axes(16, height, ax)
    places = {node: (i + 0.5) * tallest / len(nodes) for nodes in (objectives, *sides) for i, node in enumerate(nodes)}
    for tie in ties.sort_values(["level", "actor", "objective"]).itertuples():
        start, stop = ends[tie.constituency in BESIDE]
        ax.plot(stop, places[tie.objective], "s", color=MUTED, markersize=2.6, zorder=3)
        _tie(ax, (start, places[tie.actor]), (stop, places[tie.objective]), CONSTITUENCY_COLOURS[tie.constituency],
             int(tie.taken_up), dashed=tie.level == "subject")
    for actor, label in names.items():
        constituency = about.loc[actor, "constituency"]
        colour, aside = CONSTITUENCY_COLOURS[constituency], constituency in BESIDE
        x, y = ends[aside][0], places[actor]
        ax.plot(x, y, "o", color=colour, markersize=4.5, zorder=3)
        ax.text(x + (-0.16 if aside else 0.16), y, label, ha="right" if aside else "left", va="center", color=readable(colour), linespacing=1.0)
    for objective, label in heads.items():
        ax.text(middle - reach + 0.58, places[objective], str(objective), ha="right", va="center", weight="bold")
        ax.text(middle - reach + 0.7, places[objective], label, va="center", linespacing=1.0)
    speakers = ties.groupby("objective")["actor"].nunique()
    ax.set(xlim=(0, 16), ylim=(tallest, 0))
    ax.set_axis_off()
    constituency_key(ax, about["constituency"], locale)
    most = sorted(speakers.index[speakers == speakers.max()])
    named = listing([f"{number} ({objective_title(int(number), locale)})" for number in most], locale)
    finding = _.ngettext(
        "Objective {list} brought the largest number of speakers together, {n} of {all}",
        "Objectives {list} each brought the largest number of speakers together, {n} of {all}",
        len(most),
    ).format(list=named, n=number_word(int(speakers.max()), locale), all=len(actors))
    told = [
        f"{objective} {objective_title(int(objective), locale)}: {listing(sorted(rows['actor_name'].astype('str')), locale)}"
        for objective, rows in ties.groupby("objective")
    ]
    return add_text(
        ax,
        title=title or finding,
        subtitle=_.gettext("All {ties} ties of {speakers} speakers and {objectives} objectives that they took up").format(
            ties=len(ties), speakers=len(actors), objectives=len(objectives)
        ),
        scope=scope,
        source=source,
        note=_.gettext(
            "Solid: under the objective’s number. Dashed: on its subject, without the number. Thicker: several interventions. Chairs’ introductions and summaries are left out."
        ),
        description="; ".join(told),
        locale=locale,
    )


def _tie(ax: Axes, start: tuple[float, float], stop: tuple[float, float], colour: str, weight: int, *, dashed: bool) -> None:
    middle = (start[0] + stop[0]) / 2
    path = Path([start, (middle, start[1]), (middle, stop[1]), stop], [Path.MOVETO, *[Path.CURVE4] * 3])
    style: Any = (0, (2.6, 1.6)) if dashed else "-"
    ax.add_patch(PathPatch(path, fill=False, color=colour, lw=0.2 + 0.9 * weight, ls=style, alpha=0.9, capstyle="butt"))


def constituency_key(ax: Axes, constituencies: Iterable[str], locale: str, *, above: bool = True) -> None:
    """Name the colours of the constituencies that occur."""
    present = set(constituencies)
    look: dict[str, Any] = {"marker": "o", "ls": "", "ms": 4.5}
    key(
        ax,
        [
            Line2D([], [], color=CONSTITUENCY_COLOURS[code], label=name(code, locale), **look)
            for code in CONSTITUENCY_NAMES
            if code in present
        ],
        above=above,
    )
