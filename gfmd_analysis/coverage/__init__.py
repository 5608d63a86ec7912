"""Who took up which objective, and how sure that is.

:func:`gfmd_analysis.taken_up` selects the rows that count, under a reading (``number``, ``subject``, ``trace``) and in which acts;
everything else goes through it.

>>> import gfmd_analysis as ga
>>> long = ga.load().long()
>>> table = ga.coverage_table(long)  # 23 rows: speakers, by number, by subject, in passing, in the chair, listed
>>> by_number = ga.coverage_table(long, reading="number", acts=("statement",))
>>> least = ga.least_discussed(long)  # the one definition of it
"""

__all__ = ["counts", "least", "levels", "uncertainty"]
