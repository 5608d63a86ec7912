"""Figures of practices: on which objective, of which kind, from where, told by whom, and carried together by whom."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from gfmd_analysis.citing import rows_of
from gfmd_analysis.count_figures import counts_matrix, inside, wording
from gfmd_analysis.loading import require_rows
from gfmd_analysis.practices import NO_PLACE
from gfmd_analysis.regions import REGIONS
from gfmd_analysis.sentences import count, listing, objectives, sentence
from gfmd_analysis.style import (
    ACCENT,
    BOUNDARY_NOTE,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    canvas,
    frame,
    themed,
)

BAR = "#4C7A9F"


@themed
def practices_and_recommendations(
    table: pd.DataFrame, *, source: str, sides: dict[str, list[int]], ax: Axes | None = None
) -> Axes:
    """Set the practices told on each objective against the recommendations made on it.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.practices.practices_against_recommendations`.
    source
        Source line.
    sides
        From :func:`gfmd_analysis.practices.one_sided`.
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
    ax = canvas(16, 11, ax)
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
        From :func:`gfmd_analysis.practices.practices_by_region`.
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
    ax = canvas(16, 11, ax)
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
    absent = [name for name in REGIONS.values() if name not in set(placed["region_name"])]
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
        From :func:`gfmd_analysis.practices.practices_by_presenter`.
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
    ax = canvas(16, 9.6, ax)
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
