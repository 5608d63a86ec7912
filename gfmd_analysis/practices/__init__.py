"""What speakers show and want: practices, recommendations, shared demands, differences, challenges, milestones.

>>> from gfmd_analysis import load
>>> from gfmd_analysis.practices.catalogue import practice_table
>>> from gfmd_analysis.practices.recommendations import consolidated_recommendations
>>> practices, demands = practice_table(load()), consolidated_recommendations(load())
"""

__all__ = ["catalogue", "recommendations"]
