"""Figures of the briefing: one function for each picture, named as its file.

Each takes the table of a measure and what else it needs by name, and returns the axes, so that more can be drawn on them.
``title`` is the finding (:mod:`gfmd_analysis.claims` words them), ``scope`` says what the table was selected to, ``locale``
is ``en``, ``fr`` or ``es``. :func:`gfmd_analysis.save_figure` writes what comes back, :func:`gfmd_analysis.show` shows it.
:func:`draw` puts table, finding, scope and source of the briefing's nine figures together: ``draw("coverage", data)``.
:func:`explorer` shows the network of speakers and objectives, to be chosen from by menus.

Examples
--------
>>> import gfmd_analysis as ga
>>> from gfmd_analysis.coverage.counts import coverage_table
>>> ax = ga.figures.coverage(coverage_table(ga.load().long()), scope="18 November 2021")
>>> print(round(ax.get_figure().get_figwidth() * 2.54, 6))
16.0
"""

from gfmd_analysis.figures.coverage import constituencies_objectives, rank_intervals, share_change, speakers_objectives
from gfmd_analysis.figures.network_explorer import explorer
from gfmd_analysis.figures.networks import actor_objective_network, objective_links
from gfmd_analysis.figures.objectives import coverage
from gfmd_analysis.figures.practices import practices_by_region, road_to_imrf, shared_recommendations
from gfmd_analysis.figures.quantities import campaign, remittances
from gfmd_analysis.figures.sets import draw

__all__ = [
    "actor_objective_network",
    "campaign",
    "constituencies_objectives",
    "coverage",
    "draw",
    "explorer",
    "objective_links",
    "practices_by_region",
    "rank_intervals",
    "remittances",
    "road_to_imrf",
    "share_change",
    "shared_recommendations",
    "speakers_objectives",
]
