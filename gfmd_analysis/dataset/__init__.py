"""Tables in, checked and typed; nothing here knows what is computed from them.

A data package (``data/``, or any folder of its shape) is read as text, corrected, held against its schema and the codebook's
rules, typed and joined. Codes are categoricals from the door.

>>> import gfmd_analysis as ga
>>> data = ga.load()  # or ga.load("data", "other/data"): two meetings as one
>>> long = data.long()  # one row per intervention and objective
>>> egypt = ga.select(long, actor="EGY", engagement="substantive")
>>> problems = ga.validate()  # all at once, each with file, row, column, found and allowed

What a table is: ``data/datapackage.json``, read by ``descriptor``. The way of a file: ``reading`` (text as spreadsheets write it) to
``packages`` (corrections applied, ``codings`` asked), ``validation`` (cells, keys), ``rules`` and ``consistency`` (tables against each
other), then ``tables`` (types, the long table). ``corrections`` takes edits back, ``reliability`` compares coders.
"""

__all__ = [
    "capacity", "codings", "consistency", "corrections", "describe", "descriptor", "objectives", "packages",
    "reading", "regions", "reliability", "rules", "selecting", "significance", "tables", "validation", "writing",
]  # fmt: skip
