"""Figures of practices: on which objective, of which kind, from where, told by whom, and carried together by whom."""

import textwrap
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from gfmd_analysis.dataset.regions import region_names
from gfmd_analysis.dataset.tables import require_rows, rows_of
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, inside, wording
from gfmd_analysis.figures.style import (
    ACCENT,
    BOUNDARY_NOTE,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    PALE,
    counts_matrix,
    frame,
    new_axes,
    themed,
)
from gfmd_analysis.practices.catalogue import NO_PLACE
from gfmd_analysis.text import count, listing, objectives, sentence, spans

BAR = "#4C7A9F"


@themed
def practices_and_recommendations(
    table: pd.DataFrame, *, source: str, sides: dict[str, list[int]], ax: Axes | None = None
) -> Axes:
    """Set the practices told on each objective against the recommendations made on it.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.practices.catalogue.practices_against_recommendations`.
    source
        Source line.
    sides
        From :func:`gfmd_analysis.practices.catalogue.one_sided`.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        Two bars from the middle for each objective, by roundtable in the Compact's order; what is missing is marked.
    """
    require_rows(
        table[(table["practices"] > 0) | (table["recommendations"] > 0)], "practice or recommendation on an objective"
    )
    ax = new_axes(16, 11, ax)
    ordered = table.sort_values(["objective_roundtable", "objective"], kind="stable")
    longest = float(max(table["practices"].max(), table["recommendations"].max()))
    place, ticks, inner = 0.0, [], 0.4 * longest
    for roundtable, rows in ordered.groupby("objective_roundtable", observed=True):
        ax.text(
            0.06,
            place - 0.75,
            str(roundtable),
            transform=_beside(ax),
            ha="right",
            va="center",
            weight="bold",
            size=8,
            color=MUTED,
        )
        for row in rows_of(rows):
            for number, sign in ((int(row.practices), -1), (int(row.recommendations), 1)):
                ax.barh(place, sign * number, left=sign * inner, height=0.72, color=BAR if sign < 0 else INK)
                end = sign * (inner + number + longest * 0.014)
                shown: dict[str, Any] = {"size": 8, "va": "center", "ha": "right" if sign < 0 else "left"}
                ax.text(
                    end,
                    place,
                    str(number),
                    color=INK if number else ACCENT,
                    weight="normal" if number else "bold",
                    **shown,
                )
            missing = not row.practices or not row.recommendations
            ax.text(
                0,
                place,
                f"{row.objective} {row.objective_title}",
                ha="center",
                va="center",
                size=8,
                color=ACCENT if missing else INK,
                weight="bold" if missing else "normal",
            )
            ticks.append(place)
            place += 1
        place += 0.75
    widest = inner + longest * 1.07
    ax.set(xlim=(-widest, widest), ylim=(max(ticks) + 0.7, -1.9), xticks=[], yticks=[])
    ax.text(-inner, -1.6, "Practices told", ha="right", va="center", weight="bold", color=BAR)
    ax.text(inner, -1.6, "Recommendations made", ha="left", va="center", weight="bold")
    ax.spines[:].set_visible(False)
    told, asked = sides["practices only"], sides["recommendations only"]
    title = sentence(
        f"{_objectives(told)} {_has(told)} practices but no recommendation; "
        f"{_objectives(asked)} {_has(asked)} recommendations but no practice"
    )
    subtitle = (
        "Number of practices told and of recommendations made on each of the 23 GCM objectives, by IMRF roundtable. "
        "One with two objectives counts for both."
    )
    most_told, most_asked = (rows_of(table.nlargest(1, column))[0] for column in ("practices", "recommendations"))
    alt = (
        f"{title}. Most recommendations are on objective {most_asked.objective} ({most_asked.recommendations}), "
        f"most practices on objective {most_told.objective} ({most_told.practices})."
    )
    return frame(ax, title=title, subtitle=subtitle, source=source, alt=alt)


def _beside(ax: Axes) -> Any:
    return blended_transform_factory(ax.transAxes, ax.transData)


def _objectives(numbers: list[int]) -> str:
    return objectives(numbers) if numbers else "no objective"


def _has(numbers: list[int]) -> str:
    return "have" if len(numbers) > 1 else "has"


def practice_kinds(table: pd.DataFrame, *, source: str, ax: Axes | None = None) -> Axes:
    """Cross the kinds of practice with the constituency of who told them.

    Parameters
    ----------
    table
        From ``practices_by(data, "constituency")``.
    source
        Source line.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A matrix, kinds by number.
    """
    cells, totals = table.drop(columns="all"), table["all"]
    cells = cells.loc[totals > 0]
    require_rows(cells, "practice")
    largest = [f"{number} are {_many(inside(str(kind)))}" for kind, number in totals.head(2).items() if number]
    title = f"Of {count(int(totals.sum()), 'practice')}, {listing(largest)}"
    alt = f"{title}. By kind: {listing(f'{inside(str(kind))} {number}' for kind, number in totals.items())}."
    return counts_matrix(
        cells,
        totals=totals.loc[cells.index],
        title=title,
        subtitle="Number of practices by kind and by the constituency of the actors who told them",
        note="A practice told by two constituencies counts for both, and once under All.",
        source=source,
        alt=alt,
        height=9.2,
        ax=ax,
    )


def _many(noun: str) -> str:
    return {"law or policy": "laws or policies"}.get(noun, f"{noun}s")


@themed
def practice_regions(table: pd.DataFrame, *, total: int, source: str, ax: Axes | None = None) -> Axes:
    """Show in which M49 sub-regions practices are carried out, and how many have no place.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.practices.catalogue.practices_by_region`.
    total
        Number of practices.
    source
        Source line.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A bar for each sub-region, by region, the countries beside it.
    """
    require_rows(table, "practice")
    ax = new_axes(16, 11, ax)
    place, ticks, names = 0.0, [], []
    for _, rows in table.groupby("region_name", sort=False):
        for row in rows_of(rows):
            whole, nowhere = row.region == row.subregion, row.region_name == NO_PLACE
            ax.barh(place, int(row.practices), height=0.72, color=GREY if nowhere else BAR)
            beside = (
                "no country or region given in the report"
                if nowhere
                else ", ".join(row.countries) or "the region as a whole"
            )
            ax.text(int(row.practices) + 0.5, place, str(row.practices), va="center", weight="bold")
            ax.text(int(row.practices) + 2.4, place, beside, va="center", color=MUTED, size=8) if not nowhere else None
            names.append(sentence(row.subregion_name) if nowhere or not whole else f"{row.subregion_name}, whole")
            ticks.append(place)
            place += 1
        place += 0.5
    ax.set(
        xlim=(0, max(float(table["practices"].max()) + 3, 40)),
        ylim=(max(ticks, default=0) + 0.7, -0.7),
        xticks=[],
        yticks=ticks,
    )
    ax.set_yticklabels(names)
    ax.tick_params(length=0)
    ax.spines[["bottom", "left"]].set_visible(False)
    placed = table[table["region"] != ""]
    somewhere = total - int(table.loc[table["region"] == "", "practices"].sum())
    absent = [name for name in region_names().values() if name not in set(placed["region_name"])]
    most = f", most in {rows_of(placed.nlargest(1, 'practices'))[0].subregion_name}" if len(placed) else ""
    title = f"{somewhere} of {total} practices have a place{most}{f', none in {listing(absent)}' if absent else ''}"
    return frame(
        ax,
        title=title,
        subtitle="Number of practices by UN M49 sub-region of the places where they are carried out",
        source=source,
        note=f"A practice in two sub-regions counts for both. {BOUNDARY_NOTE}",
        alt=f"{title}. {listing(f'{row.subregion_name} {row.practices}' for row in rows_of(placed))}.",
    )


@themed
def practice_presenters(table: pd.DataFrame, *, source: str, most: int = 12, ax: Axes | None = None) -> Axes:
    """Show who told how many practices, and how many of them are the teller's own.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.practices.catalogue.practices_by_presenter`.
    source
        Source line.
    most
        Number of actors shown.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A bar for each actor in the colour of its constituency, its own practices full, those of others pale.
    """
    require_rows(table, "practice")
    ax = new_axes(16, 9.6, ax)
    shown = table.head(most)
    for place, row in enumerate(rows_of(shown)):
        colour, own, told = CONSTITUENCY_COLOURS[row.constituency], int(row.own), int(row.practices)
        ax.barh(place, own, height=0.7, color=colour)
        ax.barh(place, told - own, left=own, height=0.7, color=colour, alpha=0.3)
        ax.text(told + 0.15, place, f"{told}, {own} of them its own", va="center")
    ax.set(
        xlim=(0, float(shown["practices"].max()) * 1.3),
        ylim=(len(shown) - 0.4, -0.6),
        xticks=[],
        yticks=range(len(shown)),
    )
    ax.set_yticklabels([f"{row.actor_name}  ({wording(row.constituency)})" for row in rows_of(shown)])
    ax.tick_params(length=0)
    ax.spines[["bottom", "left"]].set_visible(False)
    first = table[table["practices"] == table["practices"].max()]
    verb = "tells" if len(first) == 1 else "each tell"
    title = f"{listing(first['actor_name'])} {verb} most practices, {first['practices'].iloc[0]}; {count(len(table), 'actor')} tell at least one"
    rest = table["practices"].iloc[len(shown) :]
    others = f"; {count(len(rest), 'more actor')} told up to {count(int(rest.max()), 'practice')}" if len(rest) else ""
    return frame(
        ax,
        title=title,
        subtitle=f"Practices by who told them; full colour: the teller leads or takes part in the practice{others}",
        source=source,
        alt=f"{title}. {listing(f'{row.actor_name} {row.practices}, {row.own} its own' for row in rows_of(shown.head(5)))}.",
    )


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
        From :func:`gfmd_analysis.practices.catalogue.partnerships`.
    bodies
        From :func:`gfmd_analysis.practices.catalogue.partners_of`.
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
    ax = new_axes(16, 4.4 + 0.43 * max(len(left), len(right)), ax)
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


LINE = 70


def asks_matrix(table: pd.DataFrame, *, source: str, ax: Axes | None = None) -> Axes:
    """Cross who asks with who is asked, or with what is asked for.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.practices.recommendations.recommendations_by_addressee`, rows constituencies.
    source
        Source line.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A matrix of counts.
    """
    require_rows(table, "recommendation")
    total, most, first = int(table.to_numpy().sum()), str(table.columns[0]), str(table.index[0])
    part, made, to_whom = int(table[most].sum()), int(table.iloc[0].sum()), table.columns.name == "addressee"
    goes = f"go to {inside(most)}" if to_whom else f"ask to {inside(most)} something"
    title = f"{part} of {total} recommendations {goes}; {wording(first)} make {made}"
    heads = [inside(str(name)) for name in table.columns]
    cells = [
        f"{wording(str(row))}: {_cells(heads, numbers)}"
        for row, numbers in zip(table.index, table.to_numpy(), strict=True)
    ]
    columns = "whom they are addressed to" if to_whom else "what they ask for"
    return counts_matrix(
        table,
        title=title,
        subtitle=f"Number of recommendations by who makes them (rows) and {columns} (columns); n = {total}",
        source=source,
        note="Chairs and facilitators speak for their body and also sum up what others said.",
        alt=f"{title}. {'; '.join(cells[:3])}.",
        height=7.6,
        ax=ax,
    )


def _cells(heads: list[str], numbers: Iterable[int]) -> str:
    return listing(f"{head} {number}" for head, number in zip(heads, numbers, strict=True) if number)


@themed
def evidence_strength(table: pd.DataFrame, *, source: str, most: int = 10, ax: Axes | None = None) -> Axes:
    """List the recommendations that several actors make, with who makes them and where.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.practices.recommendations.merged`.
    source
        Source line.
    most
        Number of recommendations shown.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A line for each: its words, a mark for each actor in the colour of its constituency, its paragraphs.
    """
    several = table[table["number_of_actors"] > 1].drop_duplicates("recommendations")
    require_rows(several, "recommendation that several actors make in like words")
    several = several.sort_values(
        ["number_of_actors", "floor", "objective"], ascending=[False, False, True], kind="stable"
    )
    shown = several.head(most)
    ax = new_axes(16, 4.4 + 1.35 * len(shown), ax)
    widest = int(shown["number_of_actors"].max())
    for place, (_, row) in enumerate(shown.iterrows()):
        named = "–" if pd.isna(row["objective"]) else f"{row['objective']}"
        ax.text(0.0, place, named, va="center", ha="left", weight="bold", size=9)
        ax.text(
            0.04,
            place,
            textwrap.fill(textwrap.shorten(row["text"], 3 * LINE, placeholder=" …"), LINE),
            va="center",
            ha="left",
            size=8,
            linespacing=1.15,
        )
        for number, (name, constituency) in enumerate(zip(row["actor_names"], row["constituencies"], strict=True)):
            level = place + (number - (len(row["actor_names"]) - 1) / 2) * 0.36
            ax.plot(0.655, level, "o", color=CONSTITUENCY_COLOURS[constituency], markersize=5)
            ax.text(0.675, level, name, va="center", size=8)
        ax.text(1.0, place, spans(row["paragraphs"]), va="center", ha="right", size=8)
        ax.axhline(place + 0.5, color=PALE, linewidth=0.6)
    for x, head, side in (
        (0, "Objective and recommendation, as first put", "left"),
        (0.65, "Made by", "left"),
        (1.0, "Paragraphs", "right"),
    ):
        ax.text(x, -0.8, head, ha=side, va="center", weight="bold", size=8, color=MUTED)
    ax.set(xlim=(-0.005, 1.005), ylim=(len(shown) - 0.4, -1.15))
    ax.set_axis_off()
    floor = int((several["floor"] > 1).sum())
    total = len({code for codes in table["recommendations"] for code in codes})
    shared = len({code for codes in several["recommendations"] for code in codes})
    title = (
        f"{shared} of {total} recommendations are shared by several actors, as {count(len(several), 'call')}; "
        f"{count(floor, 'call')} by two who neither chaired nor facilitated"
    )
    return frame(
        ax,
        title=title,
        subtitle="Recommendations that at least two actors make in like words on the same objective; "
        f"at most {count(widest, 'actor')} make one",
        source=source,
        note="Merged only where words are close; calls in other words stand apart, so that agreement is understated.",
        alt=f"{title}. {' '.join(shown['text'].head(3))}",
    )
