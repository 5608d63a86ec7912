"""Figures of networks: who took up which objective, and which objectives are linked."""

from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from gfmd_analysis.dataset.tables import gcm_objectives, require_columns, require_rows, rows_of
from gfmd_analysis.figures._lettering import breadth, folded
from gfmd_analysis.figures._parts import key, placed
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, counted, name, objective_title
from gfmd_analysis.figures.palette import ACCENT, CONSTITUENCY_COLOURS, CONSTITUENCY_MARKERS, MUTED, NUMBER, readable
from gfmd_analysis.figures.style import TALLEST, Given, add_text, figure, language, sheet, wording
from gfmd_analysis.networks.ordination import two_column_order
from gfmd_analysis.text import actor_name, alphabetical, clauses, entry, listing

BESIDE = ("states", "intergovernmental")  # their speakers stand left of the objectives, all others right
NAMES, TITLES = 3.3, 4.2  # cm across: the most that a name and a title may take
DASHED = (0, (2.6, 1.6))


@figure("actor", "actor_name", "constituency", "objective", "level", "taken_up")
def actor_objective_network(levels: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Plot the whole two-mode network of speakers and the objectives that they took up.

    States and intergovernmental bodies stand to the left of the objectives, all other speakers to the right, so that
    every tie can be drawn and none need be filtered away. Both are ordered so that few ties cross.

    Parameters
    ----------
    levels
        Of :func:`gfmd_analysis.coverage.levels.mention_levels`; ties are its rows at the levels number and subject.
    """
    locale, _ = language(given)
    ties = levels[levels["level"].isin(["number", "subject"])].astype({"actor": "str", "constituency": "str"})
    require_rows(ties, "objective that a speaker takes up")
    about = ties.drop_duplicates("actor").set_index("actor")
    actors, objectives = two_column_order(ties)
    sides = [[a for a in actors if (about.loc[a, "constituency"] in BESIDE) == left] for left in (True, False)]
    tallest = max(len(objectives), *map(len, sides))
    names = {a: folded(actor_name(a, str(about.loc[a, "actor_name"]), locale), NAMES) for a in actors}
    heads = {o: folded(objective_title(int(o), locale), TITLES) for o in objectives}
    left, right = 0.25 + breadth(names[actor] for actor in sides[0]), 15.5 - breadth(names[actor] for actor in sides[1])
    reach = (1.5 + 1.05 * breadth(heads.values())) / 2  # the axes are a little narrower than the paper
    middle = (left + right) / 2
    ends = {True: (left, middle - reach), False: (right, middle + reach)}
    what = _.gettext("All {ties} ties of speakers ({speakers}) to the objectives that they took up ({objectives})")
    lines = _.gettext(
        "Solid: under the objective’s number. Dashed: on its subject, without the number. Thicker: several interventions."
    )
    what = what.format(ties=len(ties), speakers=len(actors), objectives=len(objectives))
    words = wording(given, what, counted(lines, locale=locale))
    ax = sheet(1.2 + 0.46 * tallest, given["ax"], words, TALLEST)
    places = {node: (i + 0.5) * tallest / len(nodes) for nodes in (objectives, *sides) for i, node in enumerate(nodes)}
    for tie in rows_of(ties.sort_values(["level", "actor", "objective"])):
        start, stop = ends[tie.constituency in BESIDE]
        y, to = places[tie.actor], places[tie.objective]
        ax.plot(stop, to, "s", color=MUTED, markersize=2.6, zorder=3)
        style, bend = DASHED if tie.level == "subject" else "-", (start + stop) / 2
        look = {"lw": 0.2 + 0.9 * int(tie.taken_up), "ls": style, "alpha": 0.9, "capstyle": "butt"}
        _curve(ax, (start, y), (stop, to), bend, color=CONSTITUENCY_COLOURS[tie.constituency], **look)
    for actor, label in names.items():
        constituency = about.loc[actor, "constituency"]
        colour, aside = CONSTITUENCY_COLOURS[constituency], constituency in BESIDE
        x, y = ends[aside][0], places[actor]
        ax.plot(x, y, CONSTITUENCY_MARKERS[constituency], color=colour, markersize=4.5, zorder=3)
        x, side = (x - 0.22, "right") if aside else (x + 0.22, "left")
        ax.text(x, y, label, ha=side, va="center", color=readable(colour), linespacing=1.0)
    for objective, label in heads.items():
        _number_and_title(ax, middle - reach + 0.68, places[objective], objective, label, 0.12, linespacing=1.0)
    ax.set(xlim=(0, 16), ylim=(tallest, 0))
    ax.set_axis_off()
    present = [code for code in CONSTITUENCY_NAMES if code in set(about["constituency"])]
    marks: dict[str, dict[str, Any]] = {
        code: {"color": CONSTITUENCY_COLOURS[code], "marker": CONSTITUENCY_MARKERS[code]} for code in present
    }
    key(ax, [Line2D([], [], ls="", ms=4.5, label=name(code, locale), **marks[code]) for code in present], above=True)
    told = []
    for objective, rows in ties.groupby("objective"):
        speakers = {actor_name(row.actor, str(row.actor_name), locale) for row in rows_of(rows)}
        number = int(str(objective))
        head = f"{number} {objective_title(number, locale)}"
        told.append(entry(head, listing(sorted(speakers, key=alphabetical), locale), locale))
    return add_text(ax, **words, description=clauses(told, locale))


@figure("objective_a", "objective_b", "shared", "expected", "p", "p_adjusted")
def objective_links(tested: pd.DataFrame, links: pd.DataFrame, *, alpha: float = 0.05, **given: Unpack[Given]) -> Axes:
    """Plot which objectives go together: left, mentioned by the same speakers; right, as speakers state it.

    Parameters
    ----------
    tested
        Of :func:`gfmd_analysis.networks.null_models.pair_tests` for objectives.
    links
        Of :func:`gfmd_analysis.networks.stated.stated_links`.
    alpha
        Level of significance; a pair that passes it only before correction is dashed.
    """
    require_columns(links, "objective_a", "objective_b", "times")
    locale, _ = language(given)
    rows = placed(gcm_objectives(locale), 0.8)
    places = dict(zip(rows["objective"], rows["y"], strict=True))
    half = breadth(rows["objective_title"]) / 2 + 0.45
    note = _.gettext(
        "Left: pairs that share more speakers than in random networks with the same totals, p ≤ {alpha}; dashed: no longer so after correction for all {n} pairs; may be due to chance. Right: by speakers, and by chairs and facilitators for the session; the thicker, the more interventions."
    ).format(alpha=f"{alpha:g}", n=len(tested))
    words = wording(given, _.gettext("Pairs of objectives, by roundtable"), note)
    ax = sheet(TALLEST, given["ax"], words, TALLEST)
    above = tested[(tested["p"] <= alpha) & (tested["shared"] > tested["expected"])]

    def arc(pair: Any, edge: float, **look: Any) -> None:
        start, stop = places[int(pair.objective_a)], places[int(pair.objective_b)]
        bend = edge + np.sign(edge) * (0.5 + (7.0 - abs(edge)) * (abs(stop - start) / 26) ** 0.8)
        _curve(ax, (edge, start), (edge, stop), bend, **look)
        ax.plot([edge, edge], [start, stop], ls="", marker="o", ms=2.6, color=look["color"])

    for pair in rows_of(above):
        firm = pair.p_adjusted <= alpha
        arc(pair, -half, color=NUMBER, lw=1.8 if firm else 1.0, ls="-" if firm else (0, (3, 2)))
    for pair in rows_of(links):
        arc(pair, half, color=ACCENT, lw=0.3 + 0.9 * int(pair.times))
    for row in rows_of(rows):
        _number_and_title(ax, -half + 0.6, row.y, row.objective, str(row.objective_title), 0.15)
    columns = (
        (-7.6, "left", NUMBER, _.gettext("Mentioned together more\noften than chance predicts")),
        (7.6, "right", ACCENT, _.gettext("Linked\nin so many words")),
    )
    for x, side, colour, head in columns:
        ax.text(x, -1.6, head, ha=side, va="center", color=colour, weight="bold", linespacing=1.1)
    ax.set(xlim=(-7.7, 7.7), ylim=(max(places.values()) + 0.6, -2.6))
    ax.set_axis_off()
    told = [
        entry(side, clauses((f"{a}–{b} ({n})" for a, b, n in zip(*map(pairs.get, named), strict=True)), locale), locale)
        for side, pairs, *named in (
            (_.gettext("Left, speakers that they share"), above, "objective_a", "objective_b", "shared"),
            (_.gettext("Right, times linked"), links, "objective_a", "objective_b", "times"),
        )
    ]
    return add_text(ax, **words, description=". ".join(told))


def _curve(ax: Axes, start: tuple[float, float], stop: tuple[float, float], bend: float, **look: Any) -> None:
    """Draw a curve that leaves and arrives level, by way of an ``x`` between them or beside them."""
    path = Path([start, (bend, start[1]), (bend, stop[1]), stop], [Path.MOVETO, *[Path.CURVE4] * 3])
    ax.add_patch(PathPatch(path, fill=False, **look))


def _number_and_title(ax: Axes, x: float, y: float, number: object, title: str, gap: float, **look: Any) -> None:
    ax.text(x, y, f"{number}", ha="right", va="center", weight="bold")
    ax.text(x + gap, y, title, va="center", **look)
