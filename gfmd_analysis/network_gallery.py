"""The figures of the actor-objective networks, and the view to explore them, under one name."""

from gfmd_analysis.explorer import explorer
from gfmd_analysis.map_figure import actor_map
from gfmd_analysis.network_figures import bridges, two_columns
from gfmd_analysis.network_matrix_figures import mention_matrix, similarity_heatmap
from gfmd_analysis.stated_figures import comention_arcs, stated_ties_matrix

__all__ = [
    "actor_map",
    "bridges",
    "comention_arcs",
    "explorer",
    "mention_matrix",
    "similarity_heatmap",
    "stated_ties_matrix",
    "two_columns",
]
