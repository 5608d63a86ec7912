"""The actor-objective network to explore in JupyterLab: choose with menus (ipywidgets), hover to read and to light up ties.

The picture is plain SVG in an HTML widget: nothing is fetched, and it needs no extension besides ipywidgets itself.
"""

import itertools
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.dataset.tables import known_values, require_columns, select
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES
from gfmd_analysis.figures.style import CONSTITUENCY_COLOURS, INK, MUTED
from gfmd_analysis.networks.edges import edge_table
from gfmd_analysis.text import count, paragraphs, sentence

if TYPE_CHECKING:
    from ipywidgets import VBox

ALL = "all"

FILTERS = {
    "section": "Session",
    "engagement": "Engagement",
    "basis": "Basis",
    "actor_type": "Actor type",
    "role": "Role",
}

ROOM = {"description_width": "6em"}

WIDTH, LEFT, RIGHT, STEP, TOP = 900, 250, 620, 22, 20

_numbers = itertools.count(1)


def explorer(long: pd.DataFrame) -> "VBox":
    """Give the interactive view of who speaks to what.

    Parameters
    ----------
    long
        Tidy long table of :meth:`Dataset.long`.

    Returns
    -------
    ipywidgets.VBox
        A menu for session (roundtable), engagement, basis, actor type and role, a slider for the fewest interventions of
        a tie, and the network: hover over a name to light up its ties, over anything to read it, with paragraphs.
    """
    import ipywidgets as widgets

    require_columns(long, *FILTERS, "actor", "actor_name", "constituency", "objective", "objective_title", "paragraph")
    menus = {
        column: widgets.Dropdown(options=[ALL, *map(str, _present(long[column]))], description=name, style=ROOM)
        for column, name in FILTERS.items()
    }
    fewest = widgets.IntSlider(value=1, min=1, max=4, description="At least", continuous_update=False, style=ROOM)
    view = widgets.HTML()

    def draw(_: object = None) -> None:
        choice: dict[str, Any] = {column: None if menu.value == ALL else menu.value for column, menu in menus.items()}
        view.value = network_svg(select(long, **choice), fewest.value)

    for control in (*menus.values(), fewest):
        control.observe(draw, "value")
    draw()
    rows = [widgets.HBox(list(menus.values())[:3]), widgets.HBox([*list(menus.values())[3:], fewest]), view]
    number = next(_numbers)  # not ipywidgets' random one, so that a notebook run anew keeps its bytes
    return widgets.VBox(rows, model_id=f"gfmd-explorer-{number}")


def network_svg(long: pd.DataFrame, fewest: int = 1) -> str:
    """Draw a selection of the long table as a two-column network in SVG, every node and tie with its own tooltip.

    Parameters
    ----------
    long
        Rows of the tidy long table.
    fewest
        Fewest interventions of a tie that is drawn.

    Returns
    -------
    str
        SVG with style and titles; a sentence in HTML where the selection has no tie.
    """
    if fewest < 1:
        raise GfmdError(f"fewest: found {fewest}; allowed: 1 or more")
    spoken = long.dropna(subset=["objective"])
    edges = edge_table(spoken)
    edges = edges[edges["weight"] >= fewest]
    if edges.empty:
        return "<p>No mention fits this choice. Widen one of the menus.</p>"
    about = spoken.drop_duplicates("actor").set_index("actor")
    titles = spoken.drop_duplicates("objective").set_index("objective")["objective_title"]
    cited = spoken.groupby(["actor", "objective"], observed=True)["paragraph"].agg(list)
    totals = {name: edges.groupby(name, observed=True)["weight"].sum() for name in ("actor", "objective")}
    kinds = list(CONSTITUENCY_NAMES)
    actors = sorted(
        totals["actor"].index, key=lambda a: (kinds.index(str(about.loc[a, "constituency"])), -totals["actor"][a], a)
    )
    objectives = sorted(totals["objective"].index)
    height = TOP * 2 + STEP * max(len(actors), len(objectives))
    places = [
        {node: TOP + (i + 0.5) * (height - 2 * TOP) / len(nodes) for i, node in enumerate(nodes)}
        for nodes in (actors, objectives)
    ]
    groups = []
    for actor in actors:
        kind = str(about.loc[actor, "constituency"])
        name, y, colour = str(about.loc[actor, "actor_name"]), places[0][actor], CONSTITUENCY_COLOURS[kind]
        ties = []
        for objective, weight in edges.loc[edges["actor"] == actor, ["objective", "weight"]].itertuples(index=False):
            told = f"{name} on {objective} {titles[objective]}: {count(int(weight), 'intervention')}, {paragraphs(cited[actor, objective])}"
            ties.append(_tie(y, places[1][objective], colour, int(weight), f"to{objective}", told))
        told = f"{name} ({CONSTITUENCY_NAMES[kind]}): {count(int(totals['actor'][actor]), 'mention')}"
        groups.append(f'<g class="actor">{"".join(ties)}{_node(LEFT, y, colour, name, "end", told, "")}</g>')
    for objective in objectives:
        name = f"{objective}  {titles[objective]}"
        told = f"Objective {name}: {count(int(totals['objective'][objective]), 'mention')}"
        groups.append(_node(RIGHT, places[1][objective], MUTED, name, "start", told, f"o{objective}"))
    lit = ",".join(f".gfmd-net:has(.o{objective}:hover) .to{objective}" for objective in objectives)
    style = (
        ".gfmd-net path{fill:none;stroke-opacity:.3}"
        f".gfmd-net path:hover,.gfmd-net .actor:hover path,{lit}{{stroke-opacity:1}}"
        f".gfmd-net text{{font:12px Lato,'DejaVu Sans',sans-serif;fill:{INK};dominant-baseline:central}}"
    )
    summary = f"{count(len(actors), 'speaker')}, {count(len(objectives), 'objective')}, {count(len(edges), 'tie')}"
    return (
        f'<svg class="gfmd-net" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img">'
        f"<title>{escape(sentence(summary))}</title><style>{style}</style>{''.join(groups)}</svg>"
    )


def _tie(y: float, to: float, colour: str, weight: int, name: str, told: str) -> str:
    middle = (LEFT + RIGHT) / 2
    curve = f"M{LEFT},{y:.1f} C{middle},{y:.1f} {middle},{to:.1f} {RIGHT},{to:.1f}"
    return f'<path class="{name}" d="{curve}" stroke="{colour}" stroke-width="{1.6 * weight:.1f}"><title>{escape(told)}</title></path>'


def _node(x: int, y: float, colour: str, name: str, anchor: str, told: str, own: str) -> str:
    shift = -9 if anchor == "end" else 9
    return (
        f'<g class="{own}"><title>{escape(told)}</title><circle cx="{x}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
        f'<text x="{x + shift}" y="{y:.1f}" text-anchor="{anchor}">{escape(name)}</text></g>'
    )


def _present(column: pd.Series) -> list[Any]:
    """Give the values that occur, in the order of their categories."""
    present = set(column.dropna())
    return [value for value in known_values(column) if value in present]
