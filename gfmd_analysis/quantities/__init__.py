"""The report's numbers: intervals that keep what was said, what can be computed from them, and their wording.

>>> from gfmd_analysis import load
>>> from gfmd_analysis.quantities.metrics import quantity_table
>>> numbers = quantity_table(load().quantities)[["what", "wording", "period"]]
"""

__all__ = ["intervals", "metrics", "wording"]
