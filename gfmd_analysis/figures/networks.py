"""Figures of networks: who took up which objective, who spans the roundtables, which objectives are linked."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from gfmd_analysis.dataset.tables import gcm_objectives, require_columns, require_rows, rows_of
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, counted, name, objective_title
from gfmd_analysis.figures.style import (
    ACCENT,
    CONSTITUENCY_COLOURS,
    CONSTITUENCY_MARKERS,
    GREY,
    MUTED,
    NUMBER,
    PALE,
    TALLEST,
    add_text,
    breadth,
    folded,
    key,
    readable,
    sheet,
    themed,
)
from gfmd_analysis.networks.ordination import two_column_order
from gfmd_analysis.text import actor_name, listing, translator

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
    names = {a: folded(actor_name(a, str(about.loc[a, "actor_name"]), locale), NAMES) for a in actors}
    heads = {o: folded(objective_title(int(o), locale), TITLES) for o in objectives}
    left, right = 0.25 + breadth(names[actor] for actor in sides[0]), 15.5 - breadth(names[actor] for actor in sides[1])
    reach = (1.5 + 1.05 * breadth(heads.values())) / 2  # the axes are a little narrower than the paper
    middle = (left + right) / 2
    ends = {True: (left, middle - reach), False: (right, middle + reach)}
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext(
            "All {ties} ties of speakers ({speakers}) to the objectives that they took up ({objectives})"
        ).format(ties=len(ties), speakers=len(actors), objectives=len(objectives)),
        "scope": scope,
        "source": source,
        "note": counted(
            _.gettext(
                "Solid: under the objective’s number. Dashed: on its subject, without the number. Thicker: several interventions."
            ),
            locale=locale,
        ),
        "locale": locale,
    }
    ax = sheet(1.2 + 0.46 * tallest, ax, words, TALLEST)
    places = {node: (i + 0.5) * tallest / len(nodes) for nodes in (objectives, *sides) for i, node in enumerate(nodes)}
    for tie in rows_of(ties.sort_values(["level", "actor", "objective"])):
        start, stop = ends[tie.constituency in BESIDE]
        ax.plot(stop, places[tie.objective], "s", color=MUTED, markersize=2.6, zorder=3)
        draw_tie(
            ax,
            (start, places[tie.actor]),
            (stop, places[tie.objective]),
            CONSTITUENCY_COLOURS[tie.constituency],
            int(tie.taken_up),
            dashed=tie.level == "subject",
        )
    for actor, label in names.items():
        constituency = about.loc[actor, "constituency"]
        colour, aside = CONSTITUENCY_COLOURS[constituency], constituency in BESIDE
        x, y = ends[aside][0], places[actor]
        ax.plot(x, y, CONSTITUENCY_MARKERS[constituency], color=colour, markersize=4.5, zorder=3)
        ax.text(
            x + (-0.16 if aside else 0.16),
            y,
            label,
            ha="right" if aside else "left",
            va="center",
            color=readable(colour),
            linespacing=1.0,
        )
    for objective, label in heads.items():
        ax.text(middle - reach + 0.68, places[objective], str(objective), ha="right", va="center", weight="bold")
        ax.text(middle - reach + 0.8, places[objective], label, va="center", linespacing=1.0)
    ax.set(xlim=(0, 16), ylim=(tallest, 0))
    ax.set_axis_off()
    constituency_key(ax, about["constituency"], locale)
    told = [
        f"{objective} {objective_title(int(objective), locale)}: {listing(sorted(rows['actor_name'].astype('str')), locale)}"
        for objective in sorted(objectives)
        for rows in [ties[ties["objective"] == objective]]
    ]
    return add_text(ax, **words, description="; ".join(told))


def draw_tie(
    ax: Axes, start: tuple[float, float], stop: tuple[float, float], colour: str, weight: int, *, dashed: bool = False
) -> None:
    """Draw a curved tie, the thicker the heavier."""
    middle = (start[0] + stop[0]) / 2
    path = Path([start, (middle, start[1]), (middle, stop[1]), stop], [Path.MOVETO, *[Path.CURVE4] * 3])
    style: Any = (0, (2.6, 1.6)) if dashed else "-"
    ax.add_patch(PathPatch(path, fill=False, color=colour, lw=0.2 + 0.9 * weight, ls=style, alpha=0.9, capstyle="butt"))


def constituency_key(ax: Axes, constituencies: Iterable[str], locale: str, *, above: bool = True) -> None:
    """Name the colours and marks of the constituencies that occur."""
    present = set(constituencies)
    look: dict[str, Any] = {"ls": "", "ms": 4.5}
    key(
        ax,
        [
            Line2D(
                [],
                [],
                color=CONSTITUENCY_COLOURS[code],
                marker=CONSTITUENCY_MARKERS[code],
                label=name(code, locale),
                **look,
            )
            for code in CONSTITUENCY_NAMES
            if code in present
        ],
        above=above,
    )


@themed
def roundtable_brokerage(
    reach: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot who speaks to the objectives of several roundtables: mentions by the roundtable that objectives belong to.

    Parameters
    ----------
    reach
        Of :func:`gfmd_analysis.networks.measures.brokerage`, its groups the roundtables.
    actors
        ``actor``, ``short_name``, ``constituency``.
    {shared}
    """
    require_columns(reach, "actor", "groups", "participation")
    _ = translator(locale)
    tables = [column for column in reach.columns if str(column).startswith("RT")]
    across = reach[reach["groups"] > 1].reset_index(drop=True)
    require_rows(across, "speaker on the objectives of two roundtables")
    about = actors.set_index(actors["actor"].astype("str"))
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext(
            "Speakers on the objectives of two roundtables or more: interventions by roundtable of the objective"
        ),
        "scope": scope,
        "source": source,
        "note": _.gettext("Evenness: participation coefficient, 0 for one roundtable, 0.75 for all four alike."),
        "locale": locale,
    }
    ax = sheet(1.1 + 0.56 * len(across), ax, words, TALLEST)
    values = across[tables].to_numpy(dtype="float64")
    kinds = [str(about.loc[code, "constituency"]) for code in across["actor"]]
    for (i, j), value in np.ndenumerate(values):
        if value:
            colour, mark = CONSTITUENCY_COLOURS[kinds[i]], CONSTITUENCY_MARKERS[kinds[i]]
            ax.plot(j, i, mark, color=colour, markersize=3 + 2.2 * value**0.5)
            ax.annotate(f"{value:.0f}", (j, i), (8, 0), textcoords="offset points", va="center")
        else:
            ax.plot(j, i, ".", color=GREY, markersize=2.5)
    for i, share in enumerate(across["participation"]):
        ax.text(len(tables) + 0.2, i, f"{share:.2f}", ha="right", va="center")
    names = [actor_name(code, str(about.loc[code, "short_name"]), locale) for code in across["actor"]]
    ax.set_yticks(range(len(across)), names)
    for label, kind in zip(ax.get_yticklabels(), kinds, strict=True):
        label.set_color(readable(CONSTITUENCY_COLOURS[kind]))
    ax.set_xticks(
        [*range(len(tables)), len(tables) + 0.05], [*(name(code, locale) for code in tables), _.gettext("Evenness")]
    )
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.hlines(range(len(across)), -0.3, len(tables) + 0.3, color=PALE, lw=0.8, zorder=0)
    ax.set(xlim=(-0.35, len(tables) + 0.35), ylim=(len(across) - 0.4, -0.6))
    ax.spines[:].set_visible(False)
    return add_text(
        ax,
        **words,
        description="; ".join(
            f"{who}: {listing((f'{code} {value:.0f}' for code, value in zip(tables, row, strict=True) if value), locale)}"
            for who, row in zip(names, values, strict=True)
        ),
    )


@themed
def objective_links(
    tested: pd.DataFrame,
    links: pd.DataFrame,
    *,
    alpha: float = 0.05,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot which objectives go together: left, mentioned by the same speakers; right, as speakers state it.

    Parameters
    ----------
    tested
        Of :func:`gfmd_analysis.networks.null_models.pair_tests` for objectives.
    links
        Of :func:`gfmd_analysis.networks.stated.stated_links`.
    alpha
        Level of significance; a pair that passes it only before correction is dashed.
    {shared}
    """
    require_columns(tested, "objective_a", "objective_b", "shared", "expected", "p", "p_adjusted")
    require_columns(links, "objective_a", "objective_b", "times")
    _ = translator(locale)
    rows = gcm_objectives(locale).sort_values(["objective_roundtable", "objective"], ignore_index=True)
    block = rows["objective_roundtable"].astype("str").ne(rows["objective_roundtable"].astype("str").shift()).cumsum()
    places = dict(zip(rows["objective"].astype(int), rows.index + 0.8 * (block - 1), strict=True))
    half = breadth(rows["objective_title"]) / 2 + 0.45
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Pairs of objectives, by roundtable"),
        "scope": scope,
        "source": source,
        "note": _.gettext(
            "Left: p ≤ {alpha} against random networks with the same totals; dashed: not after correction for all {n} pairs, so it may be chance. Right: the thicker, the more interventions."
        ).format(alpha=f"{alpha:g}", n=len(tested)),
        "locale": locale,
    }
    ax = sheet(TALLEST, ax, words, TALLEST)
    above = tested[(tested["p"] <= alpha) & (tested["shared"] > tested["expected"])]
    for pair in rows_of(above):
        firm = pair.p_adjusted <= alpha
        look: dict[str, Any] = {"lw": 1.8} if firm else {"lw": 1.0, "ls": (0, (3, 2))}
        _arc(ax, -half, places[int(pair.objective_a)], places[int(pair.objective_b)], color=NUMBER, **look)
    for pair in rows_of(links):
        _arc(
            ax,
            half,
            places[int(pair.objective_a)],
            places[int(pair.objective_b)],
            color=ACCENT,
            lw=0.3 + 0.9 * int(pair.times),
        )
    for row in rows_of(rows):
        ax.text(-half + 0.6, places[int(row.objective)], f"{row.objective}", ha="right", va="center", weight="bold")
        ax.text(-half + 0.75, places[int(row.objective)], str(row.objective_title), va="center")
    heads = (
        (-7.6, "left", NUMBER, _.gettext("Mentioned together more\noften than chance predicts")),
        (7.6, "right", ACCENT, _.gettext("Linked by\nspeakers themselves")),
    )
    for x, side, colour, head in heads:
        ax.text(x, -1.6, head, ha=side, va="center", color=colour, weight="bold", linespacing=1.1)
    ax.set(xlim=(-7.7, 7.7), ylim=(max(places.values()) + 0.6, -2.6))
    ax.set_axis_off()
    return add_text(
        ax,
        **words,
        description="; ".join(
            [
                *(f"{pair.objective_a}–{pair.objective_b}: {pair.shared}" for pair in rows_of(above)),
                *(f"{pair.objective_a}–{pair.objective_b} ({pair.times})" for pair in rows_of(links)),
            ]
        ),
    )


def _arc(ax: Axes, edge: float, start: float, stop: float, **look: Any) -> None:
    """Draw an arc beside the titles, the farther out the farther apart its ends."""
    bend = edge + np.sign(edge) * (0.5 + (7.0 - abs(edge)) * (abs(stop - start) / 26) ** 0.8)
    path = Path([(edge, start), (bend, start), (bend, stop), (edge, stop)], [Path.MOVETO, *[Path.CURVE4] * 3])
    ax.add_patch(PathPatch(path, fill=False, **look))
    ax.plot([edge, edge], [start, stop], ls="", marker="o", ms=2.6, color=look["color"])
