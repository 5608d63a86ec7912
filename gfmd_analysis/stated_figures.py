"""What speakers themselves say goes together, drawn apart from what is only inferred from who speaks to what."""

from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figure_labels import block_starts, colour_labels
from gfmd_analysis.loading import require_columns
from gfmd_analysis.sentences import count, listing, sentence
from gfmd_analysis.style import ACCENT, GREY, INK, MUTED, PALE, SMALL_SIZE, canvas, frame, themed

TIE_MARKS = {
    "partners": ("s", INK, (-0.22, -0.22)),
    "supports": ("^", "#0072B2", (0.22, -0.22)),
    "echoes": ("o", "#009E73", (-0.22, 0.22)),
    "thanks": ("D", GREY, (0.22, 0.22)),
    "contests": ("X", ACCENT, (0.0, 0.0)),
}
EDGE, REACH = 2.6, 6.2
INFERRED = "#3B6EA5"


@themed
def stated_ties_matrix(ties: pd.DataFrame, actors: pd.DataFrame, *, ax: Axes | None = None, source: str = "") -> Axes:
    """Draw the ties that speakers state to one another, one mark per kind; nothing here is inferred.

    Parameters
    ----------
    ties
        ``from_actor``, ``to_actor``, ``kind`` as of :func:`gfmd_analysis.stated.stated_ties`.
    actors
        ``actor``, ``short_name``, ``constituency``; all ends of ties must be among them.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title says whom most others address.
    """
    require_columns(ties, "from_actor", "to_actor", "kind")
    if ties.empty:
        raise NoDataError("there is no stated tie to draw")
    rows, columns = (_by_partners(ties, *ends) for ends in (("from_actor", "to_actor"), ("to_actor", "from_actor")))
    about = actors.set_index("actor")
    ax = canvas(16, 6.6 + 0.46 * len(rows), ax)
    for kind, (marker, colour, (right, down)) in TIE_MARKS.items():
        chosen = ties[ties["kind"] == kind]
        across = [columns.index(actor) + right for actor in chosen["to_actor"]]
        below = [rows.index(actor) + down for actor in chosen["from_actor"]]
        ax.scatter(across, below, marker=marker, color=colour, s=19, linewidths=0, zorder=3)
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.set_yticks(range(len(rows)), list(about.loc[rows, "short_name"]))
    ax.set_xticks(range(len(columns)), list(about.loc[columns, "short_name"]), rotation=90)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    colour_labels(ax.get_yticklabels(), about.loc[rows, "constituency"])
    colour_labels(ax.get_xticklabels(), about.loc[columns, "constituency"])
    ax.hlines([place - 0.5 for place in range(len(rows) + 1)], -0.5, len(columns) - 0.5, color=PALE, lw=0.6)
    ax.vlines([place - 0.5 for place in range(len(columns) + 1)], -0.5, len(rows) - 0.5, color=PALE, lw=0.6)
    for actor in rows:
        if actor in columns:
            ax.add_patch(Rectangle((columns.index(actor) - 0.5, rows.index(actor) - 0.5), 1, 1, color=PALE, lw=0))
    found = {kind: int((ties["kind"] == kind).sum()) for kind in TIE_MARKS}
    handles = [
        Line2D([], [], marker=TIE_MARKS[kind][0], color=TIE_MARKS[kind][1], ls="", ms=5, label=f"{kind} ({number})")
        for kind, number in found.items()
        if number
    ]
    ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, -0.01), ncols=5, columnspacing=1.2, handletextpad=0.1
    )
    addressed = ties.groupby("to_actor")["from_actor"].nunique()
    first = [str(about.loc[actor, "short_name"]) for actor in columns if addressed[actor] == addressed.max()]
    pairs = set(zip(ties["from_actor"], ties["to_actor"], strict=True))
    both = {frozenset(pair) for pair in pairs if pair[::-1] in pairs}
    verb, all_pairs = "is" if len(first) == 1 else "are each", {frozenset(pair) for pair in pairs}
    title = f"{listing(first)} {verb} addressed by {count(int(addressed.max()), 'speaker')}, the most; "
    title += f"{count(len(both), 'pair')} of {len(all_pairs)} go both ways"
    return frame(
        ax,
        title=title,
        subtitle=f"Ties that {len(rows)} speakers (rows) state to {len(columns)} other speakers (columns), by kind",
        source=source,
        note="Ties to bodies that did not speak are left out. Thanks, often a courtesy, are drawn in grey.",
        alt=f"Matrix of stated ties. {title}. By kind: {listing(f'{n} {kind}' for kind, n in found.items() if n)}.",
    )


@themed
def comention_arcs(
    tested: pd.DataFrame,
    links: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    alpha: float = 0.05,
    ax: Axes | None = None,
    source: str = "",
) -> Axes:
    """Draw which objectives hang together: on the left by co-mention, inferred; on the right as speakers state it.

    Parameters
    ----------
    tested
        Table of :func:`gfmd_analysis.chance.pair_chance` for objectives.
    links
        Table of :func:`gfmd_analysis.stated.stated_links`.
    objectives
        ``objective``, ``short_title``, ``roundtable``; drawn in their order by roundtable.
    alpha
        Level of significance; pairs significant only before correction are dashed.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title says how many pairs are more than chance, and how many are stated.
    """
    require_columns(tested, "objective_a", "objective_b", "shared", "expected", "p", "p_adjusted")
    require_columns(links, "objective_a", "objective_b", "times")
    compact = objectives.sort_values(["roundtable", "objective"], ignore_index=True)
    gaps = block_starts(compact["roundtable"])
    places = {number: row + 1.5 * sum(row >= gap for gap in gaps) for row, number in enumerate(compact["objective"])}
    ax = canvas(16, 16.5, ax)
    above = tested[(tested["p"] <= alpha) & (tested["shared"] > tested["expected"])]
    firm = above["p_adjusted"] <= alpha
    for a, b, shared, solid in zip(above["objective_a"], above["objective_b"], above["shared"], firm, strict=True):
        look: dict[str, Any] = {"lw": 1.8} if solid else {"lw": 1.1, "ls": (0, (3, 2))}
        _arc(ax, -1, places[a], places[b], str(shared), color=INFERRED, **look)
    for a, b, times in zip(links["objective_a"], links["objective_b"], links["times"].astype(int), strict=True):
        _arc(ax, 1, places[a], places[b], str(times) if times > 1 else "", color=ACCENT, lw=0.3 + 0.9 * times)
    busy = {*above["objective_a"], *above["objective_b"], *links["objective_a"], *links["objective_b"]}
    for number, name in zip(compact["objective"], compact["short_title"], strict=True):
        ink = INK if number in busy else MUTED
        ax.text(-EDGE + 0.75, places[number], str(number), ha="right", va="center", weight="bold", color=ink)
        ax.text(-EDGE + 0.95, places[number], name, va="center", color=ink)
    for start in (0, *gaps):
        above_block = (-EDGE + 0.95, places[compact["objective"].iloc[start]] - 0.95)
        ax.text(*above_block, str(compact["roundtable"].iloc[start]), va="center", size=SMALL_SIZE, color=MUTED)
    ax.set(xlim=(-8, 8), ylim=(max(places.values()) + 0.7, -2.6))
    ax.axis("off")
    ax.text(
        -8,
        -2.2,
        "Inferred: mentioned by the same\nspeakers more often than chance",
        va="center",
        color=INFERRED,
        weight="bold",
    )
    ax.text(8, -2.2, "Stated: linked by speakers\nthemselves", va="center", ha="right", color=ACCENT, weight="bold")
    kept, tests = int(firm.sum()), len(tested)
    title = f"No pair of objectives hangs together more than chance once all {tests} are tested; "
    if kept:
        title = f"{sentence(count(kept, 'pair'))} of objectives of {tests} {'hangs' if kept == 1 else 'hang'} together "
        title += "more than chance; "
    title += f"speakers themselves link {count(len(links), 'pair')}"
    often = links[links["times"] == links["times"].max()]
    told = [f"{a} with {b}" for a, b in zip(often["objective_a"], often["objective_b"], strict=True)]
    return frame(
        ax,
        title=title,
        subtitle="Pairs of objectives by roundtable; numbers: speakers who mention both (left), interventions (right, if > 1)",
        source=source,
        note=f"Left: p ≤ {alpha:g} against random networks with the same totals; dashed: not after correction for all "
        "pairs (Benjamini and Hochberg), so perhaps luck.",
        alt=f"Arc diagram of {len(compact)} objectives. {title}. Most often linked: {listing(told)}. "
        f"Before correction {count(len(above), 'pair')} would pass.",
    )


def _arc(ax: Axes, side: int, start: float, stop: float, label: str, **look: Any) -> None:
    """Draw an arc beside the names, on the left (-1) or the right (1), with its number at the top of the bend."""
    edge, bend = side * EDGE, side * (EDGE + 0.5 + REACH * (abs(stop - start) / 27) ** 0.85)
    path = Path([(edge, start), (bend, start), (bend, stop), (edge, stop)], [Path.MOVETO, *[Path.CURVE4] * 3])
    ax.add_patch(PathPatch(path, fill=False, **look))
    peak = edge + 0.75 * (bend - edge)
    boxed = {"fc": "white", "ec": "none", "pad": 0.6}
    align: Literal["left", "right"] = "left" if side > 0 else "right"
    ax.plot([edge, edge], [start, stop], ls="", marker="o", ms=2.6, color=look["color"])
    if label:
        place = (peak + side * 0.06, (start + stop) / 2)
        ax.text(*place, label, ha=align, va="center", size=SMALL_SIZE, color=look["color"], bbox=boxed)


def _by_partners(ties: pd.DataFrame, end: str, other: str) -> list[str]:
    """Give the actors at one end, those with most partners first, then with most ties, then by code."""
    groups = ties.groupby(end)[other]
    partners, total = groups.nunique(), groups.size()
    return sorted(partners.index, key=lambda actor: (-int(partners[actor]), -int(total[actor]), str(actor)))
