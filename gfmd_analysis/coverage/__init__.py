"""Who took up which objective, and how sure that is: counts by reading and capacity, and their uncertainty.

>>> from gfmd_analysis import load
>>> from gfmd_analysis.coverage.counts import coverage_table, least_discussed
>>> long = load().long()
>>> by_subject = coverage_table(long)  # statements and updates; reading="number" or "trace", acts=None for all
>>> least = least_discussed(long)
"""

__all__ = ["counts", "uncertainty"]
