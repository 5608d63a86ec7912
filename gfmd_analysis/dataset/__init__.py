"""Load, check, correct and describe the data.

>>> from gfmd_analysis import load, select
>>> data = load()  # every table of data/ under its own name: data.mentions, data.practices, …
>>> long = data.long()  # one row per intervention and objective
>>> egypt = select(long, actor="Egypt", not_={"act": "introduction"})
>>> set(egypt["actor"])
{'EGY'}

What a table is: ``data/datapackage.json``, read by ``schema``. The way of a file: ``reading`` (text as spreadsheets write it) →
``packages`` (corrections applied, ``codings`` asked) → ``validation`` (cells and keys), ``rules`` and ``consistency`` (tables against each
other) → ``tables`` (types, the long table). ``corrections`` takes edits back, ``reliability`` compares coders.
"""

__all__: list[str] = []
