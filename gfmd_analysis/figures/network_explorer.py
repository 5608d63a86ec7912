"""The actor-objective network to explore in JupyterLab: choose with menus, read and light up ties by mouse or keyboard.

The picture is plain SVG in an HTML widget: nothing is fetched, and it needs no extension besides ipywidgets itself.
"""

import itertools
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis import claims
from gfmd_analysis.claims.selection import require_dataset
from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.coverage.levels import mention_levels
from gfmd_analysis.dataset.capacity import ACTS, Acts
from gfmd_analysis.dataset.selecting import select
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures.display import save_figure
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, SECTION_NAMES
from gfmd_analysis.figures.networks import actor_objective_network
from gfmd_analysis.figures.palette import CONSTITUENCY_COLOURS, INK, MUTED
from gfmd_analysis.figures.style import full_stop
from gfmd_analysis.networks.edges import edge_table
from gfmd_analysis.text import count, paras, sentence

if TYPE_CHECKING:
    from ipywidgets import Dropdown, VBox

NOT_RUN = "The explorer appears when this cell is run (Shift+Enter)."
READINGS = [("on its subject", None), ("under its number", "explicit")]
COUNTING = [("statements and updates", ACTS), ("introductions and summaries too", None)]
ROOM = {"description_width": "8em"}
WIDTH, LEFT, RIGHT, STEP, TOP = 900, 250, 620, 22, 20

_numbers = itertools.count(1)


def explorer(data: "Dataset") -> "VBox":
    """Show the network of speakers and objectives, to be chosen from by menus.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    ipywidgets.VBox
        Menus for session, constituency, speaker, reading and acts, a slider for the fewest interventions of a tie, the
        finding of the selection, and the network: hover over a name, or go to it with Tab, to light up its ties. The
        button saves the view as a figure and says the code that draws it. Until the cell is run, a line says so.
    """
    import ipywidgets as widgets

    def menu(label: str, options: object) -> "Dropdown":
        return widgets.Dropdown(options=options, description=label, style=ROOM)

    require_dataset("explorer", data)
    long = data.long()
    actors, menus = dict(zip(long["actor"].astype("str"), long["actor_name"].astype("str"), strict=True)), {}
    named = (("Session", SECTION_NAMES), ("Constituency", CONSTITUENCY_NAMES), ("Speaker", actors))
    for column, (label, names) in zip(("section", "constituency", "actor"), named, strict=True):
        codes = long[column].cat.remove_unused_categories().cat.categories
        menus[column] = menu(label, [("all", None), *((names.get(code, code), code) for code in codes)])
    menus["basis"], acts = menu("Taken up", READINGS), menu("Counting", COUNTING)
    fewest = widgets.IntSlider(value=1, min=1, max=4, description="At least", continuous_update=False, style=ROOM)
    finding, view, said = widgets.HTML(), widgets.HTML(), widgets.HTML()
    save = widgets.Button(description="Save this view", tooltip="Write PNG, SVG and PDF, and say the code")

    def chosen() -> dict[str, Any]:
        return {column: menu.value for column, menu in menus.items() if menu.value is not None}

    def draw(_: object = None) -> None:
        rows = taken_up(select(long, **chosen()), acts=acts.value)
        summary = f"{count(rows['actor'].nunique(), 'speaker')}, {count(rows['objective'].nunique(), 'objective')}"
        finding.value = f"<b>{escape(full_stop(finding_of(data, **chosen()) or sentence(summary)))}</b>"
        view.value, said.value = network_svg(rows, fewest.value), ""

    def keep(_: object) -> None:
        try:
            said.value = f"<pre>{escape(save_view(data, acts=acts.value, **chosen()))}</pre>"
        except GfmdError as error:
            said.value = f"<p>{escape(str(error))}</p>"

    above = [*menus.values(), acts, fewest]
    for control in above:
        control.observe(draw, "value")
    save.on_click(keep)
    draw()
    rows = [widgets.HBox(above[:3]), widgets.HBox(above[3:]), finding, view, save, said]
    box = widgets.VBox(rows, model_id=f"gfmd-explorer-{next(_numbers)}")  # no random one: a notebook keeps its bytes
    bundle = box._repr_mimebundle_
    box._repr_mimebundle_ = lambda **how: bundle(**how) | {"text/plain": NOT_RUN}
    return box


def finding_of(data: "Dataset", **selection: Any) -> str:
    """Word the finding of a selection; empty where it has none, or is of the numbers that were given alone."""
    claim = None if "basis" in selection else claims.most_shared(data, **selection)
    return claim.text if claim else ""


def save_view(data: "Dataset", *, acts: Acts = ACTS, **selection: Any) -> str:
    """Save the network of a selection as a figure, and say the code that draws it anew."""
    name = "_".join(["view", *(str(value).lower() for value in selection.values())])
    levels = mention_levels(select(data.long(), **selection), acts=acts)
    said = {column: value for column, value in selection.items() if column != "basis"}
    where = claims.scope(data, **said) if said else ""
    title = full_stop(finding_of(data, **selection)) or None
    save_figure(actor_objective_network(levels, title=title, scope=where), name)
    chosen = "".join(f", {column}={value!r}" for column, value in selection.items())
    counted = "" if acts == ACTS else f", acts={acts!r}"
    return (
        "from gfmd_analysis.coverage.levels import mention_levels\n"
        f"rows = ga.select(ga.load().long(){chosen})\n"
        f"ax = ga.figures.actor_objective_network(mention_levels(rows{counted}), scope={where!r})\n"
        f"ga.save_figure(ax, {name!r})"
    )


def network_svg(long: pd.DataFrame, fewest: int = 1) -> str:
    """Draw rows of the long table as a two-column network in SVG, every node and tie with its own tooltip.

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
    spoken = long.dropna(subset=["objective"])
    edges = edge_table(spoken)
    edges = edges[edges["weight"] >= fewest]
    if edges.empty:
        return "<p>No mention fits this choice. Widen one of the menus.</p>"
    names, kinds, titles = (
        dict(zip(spoken[of], spoken[column].astype("str"), strict=True))
        for of, column in (("actor", "actor_name"), ("actor", "constituency"), ("objective", "objective_title"))
    )
    cited = spoken.groupby(["actor", "objective"], observed=True)["paragraph"].agg(list)
    by_actor, by_objective = (edges.groupby(of, observed=True)["weight"].sum() for of in ("actor", "objective"))
    order = list(CONSTITUENCY_NAMES).index
    actors = sorted(by_actor.index, key=lambda actor: (order(kinds[actor]), -by_actor[actor], actor))
    objectives = sorted(by_objective.index)
    room = STEP * max(len(actors), len(objectives))
    sides = (actors, objectives)
    places = {node: TOP + (i + 0.5) * room / len(nodes) for nodes in sides for i, node in enumerate(nodes)}
    groups = []
    for actor in actors:
        name, y, colour, ties = names[actor], places[actor], CONSTITUENCY_COLOURS[kinds[actor]], ""
        for _, objective, weight in edges[edges["actor"] == actor].itertuples(index=False):
            told = f"{name} on {objective} {titles[objective]}: {count(weight, 'intervention')}, {paras(cited[actor, objective])}"
            ties += _tie(y, places[objective], colour, weight, f"to{objective}", told)
        told = f"{name} ({CONSTITUENCY_NAMES[kinds[actor]]}): {count(by_actor[actor], 'mention')}"
        groups.append(f'<g class="actor" tabindex="0">{ties}{_node(LEFT, y, colour, name, "end", told, "")}</g>')
    for objective in objectives:
        name = f"{objective}  {titles[objective]}"
        told = f"Objective {name}: {count(by_objective[objective], 'mention')}"
        groups.append(_node(RIGHT, places[objective], MUTED, name, "start", told, f"o{objective}"))
    lit = ",".join(f".gfmd-net:has(.o{objective}:is(:hover,:focus)) .to{objective}" for objective in objectives)
    style = (
        ".gfmd-net path{fill:none;stroke-opacity:.3}"
        f".gfmd-net path:hover,.gfmd-net .actor:hover path,.gfmd-net .actor:focus path,{lit}{{stroke-opacity:1}}"
        f".gfmd-net text{{font:12px Lato,Carlito,Calibri,Arial,sans-serif;fill:{INK};dominant-baseline:central}}"
    )
    summary = f"{count(len(actors), 'speaker')}, {count(len(objectives), 'objective')}, {count(len(edges), 'tie')}"
    return (
        f'<svg class="gfmd-net" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {room + 2 * TOP}" width="{WIDTH}" role="img">'
        f"<title>{escape(sentence(summary))}</title><style>{style}</style>{''.join(groups)}</svg>"
    )


def _tie(y: float, to: float, colour: str, weight: int, name: str, told: str) -> str:
    middle = (LEFT + RIGHT) / 2
    curve = f"M{LEFT},{y:.1f} C{middle},{y:.1f} {middle},{to:.1f} {RIGHT},{to:.1f}"
    return f'<path class="{name}" d="{curve}" stroke="{colour}" stroke-width="{1.6 * weight:.1f}"><title>{escape(told)}</title></path>'


def _node(x: int, y: float, colour: str, name: str, anchor: str, told: str, own: str) -> str:
    shift, focus = -9 if anchor == "end" else 9, ' tabindex="0"' if own else ""
    return (
        f'<g class="{own}"{focus}><title>{escape(told)}</title><circle cx="{x}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
        f'<text x="{x + shift}" y="{y:.1f}" text-anchor="{anchor}">{escape(name)}</text></g>'
    )
