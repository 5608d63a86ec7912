"""What speakers show and what they ask: practices, recommendations, demands that several share, and where they differ.

>>> import gfmd_analysis as ga
>>> data = ga.load()
>>> shown = ga.practice_table(data)
>>> demands = ga.consolidated_recommendations(data)  # most supporters first
"""

__all__ = ["catalogue", "recommendations"]
