"""The report's numbers: each with its bound, never sharper than it was said.

>>> import gfmd_analysis as ga
>>> numbers = ga.quantity_table(ga.load().quantities)
>>> over = numbers[numbers["bound"] == "over"]
>>> levels = ga.remittance_levels(ga.load().quantities)
"""

__all__ = ["intervals", "metrics", "wording"]
