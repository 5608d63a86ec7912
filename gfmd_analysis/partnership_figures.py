"""Figure of partnerships: who leads practices with whom."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.loading import require_rows
from gfmd_analysis.sentences import count, listing
from gfmd_analysis.style import CONSTITUENCY_COLOURS, CONSTITUENCY_NAMES, INK, MUTED, canvas, frame, themed

NO_LEAD = "no lead named"
SWEEPS = 20


@themed
def partnership_network(
    edges: pd.DataFrame,
    bodies: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    source: str,
    least: int = 2,
    ax: Axes | None = None,
) -> Axes:
    """Draw who leads practices (left) with whom (right), partners in a single practice left out.

    Parameters
    ----------
    edges
        From :func:`gfmd_analysis.practices.partnerships`.
    bodies
        From :func:`gfmd_analysis.practices.partners_of`.
    actors
        The actors: ``actor``, ``short_name``, ``constituency``.
    source
        Source line.
    least
        Practices in which a body must be partner to be shown.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        Two columns ordered so that few lines cross, lines as thick as the practices, in the partner's colour.
    """
    require_rows(edges, "practice with a partner")
    known = actors.set_index("actor")
    names, constituencies = known["short_name"].to_dict(), known["constituency"].to_dict()
    number = edges.groupby("partner")["practice"].nunique()
    shown = edges[edges["partner"].isin(number.index[number >= least])].fillna({"lead": NO_LEAD})
    require_rows(shown, f"body that is partner in {count(least, 'practice')}")
    lines = shown.groupby(["lead", "partner"])["practice"].nunique()
    left, right = _columns(lines)
    ax = canvas(16, 4.4 + 0.43 * max(len(left), len(right)), ax)
    for lead, partner, practices in lines.reset_index().itertuples(index=False):
        colour = CONSTITUENCY_COLOURS[constituencies.get(partner, "other")]
        ax.plot([0.02, 0.98], [left[lead], right[partner]], color=colour, linewidth=0.4 + 0.9 * practices, alpha=0.75)
    for lead, height in left.items():
        colour = CONSTITUENCY_COLOURS[constituencies[lead]] if lead in constituencies else MUTED
        ax.text(-0.015, height, names.get(lead, lead), ha="right", va="center", color=INK if lead in names else MUTED)
        ax.plot(0.01, height, "s", color=colour, markersize=4)
    for partner, height in right.items():
        ax.text(1.015, height, f"{names.get(partner, partner)}  {number[partner]}", va="center", color=INK)
        ax.plot(0.99, height, "s", color=CONSTITUENCY_COLOURS[constituencies.get(partner, "other")], markersize=4)
    ax.text(0, -0.08, "Led by", ha="right", va="center", weight="bold", color=MUTED)
    ax.text(1, -0.08, "with the partner (practices)", ha="left", va="center", weight="bold", color=MUTED)
    used = {constituencies.get(body, "other") for body in [*left, *right]}
    for place, code in enumerate([code for code in CONSTITUENCY_NAMES if code in used]):
        ax.text(-0.38 + place * 0.26, 1.07, f"■ {CONSTITUENCY_NAMES[code]}", color=CONSTITUENCY_COLOURS[code], size=8)
    ax.set(xlim=(-0.42, 1.42), ylim=(1.1, -0.12))
    ax.set_axis_off()
    hub = bodies.iloc[0]
    carries = f"it carries {hub['practices']} practices with {count(int(hub['partners']), 'body')}"
    title = f"{names.get(str(hub['actor']), hub['actor'])} is in most partnerships: {carries}"
    often = number.sort_values(ascending=False, kind="stable").head(4)
    return frame(
        ax,
        title=title,
        subtitle="Practices with partners: who leads them and with whom; the thicker a line, the more practices",
        source=source,
        note=f"{len(number)} bodies are partners; shown are the {len(right)} that are in at least {least} practices.",
        alt=f"{title}, leading {hub['led']} of them. Most often partner: "
        f"{listing(f'{names.get(str(code), code)} {times}' for code, times in often.items())}.",
    )


def _columns(lines: pd.Series) -> tuple[dict[str, float], dict[str, float]]:
    """Order both columns by the mean place of what each is tied to, over and over, and spread them from 0 to 1.

    Sugiyama, Tagawa and Toda (1981), Methods for visual understanding of hierarchical system structures.
    """
    table = lines.reset_index().pivot_table("practice", "lead", "partner", fill_value=0)
    weights = table.to_numpy(dtype=float)
    above, below = np.arange(len(table), dtype=float), np.arange(len(table.columns), dtype=float)
    for _ in range(SWEEPS):
        below = _spread(weights.T @ above / weights.sum(axis=0))
        above = _spread(weights @ below / weights.sum(axis=1))
    return dict(zip(table.index, above, strict=True)), dict(zip(table.columns, below, strict=True))


def _spread(means: np.ndarray) -> np.ndarray:
    ranks = means.argsort(kind="stable").argsort(kind="stable").astype(float)
    return ranks / max(len(ranks) - 1, 1)
