"""Tables in, checked and typed; nothing here knows what is computed from them.

A data package (``data/``, or any folder of its shape) is read as text, corrected, held against its schema and the codebook's
rules, typed and joined. Codes are categoricals from the door.

>>> import gfmd_analysis as ga
>>> data = ga.load()  # or ga.load("data", "other/data"): two meetings as one
>>> long = data.long()  # one row per intervention and objective
>>> egypt = ga.select(long, actor="EGY", engagement="substantive")
>>> problems = ga.validate()  # all at once, each with file, row, column, found and allowed
"""

__all__ = [
    "capacity",
    "citing",
    "codings",
    "consistency",
    "corrections",
    "describe",
    "objectives",
    "packages",
    "reading",
    "regions",
    "reliability",
    "rules",
    "schema",
    "significance",
    "tables",
    "validation",
    "writing",
]
