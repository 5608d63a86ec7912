"""Draft the coding of another meeting's report, to be reviewed in a workbook and adopted as data.

A report is read (``report``, ``word``, ``pdf``, each within ``limits``), split into ``blocks`` and cut into numbered
``paragraphs``, its headings into ``sections``, what stands before them into the ``meeting``. ``labels`` and ``lists`` name speakers; else ``passages``
are parsed in their ``language``, ``grammar`` finds the clauses, ``subjects`` the bodies (``actors``) in them, and ``speakers`` who speaks, for whom and
how surely. ``mentions``, ``quantities`` and ``suggestions`` (candidates) are found in their words; ``tables`` drafts the data contract's tables, with the
codes that are ``known``, ``account`` what became of every word; ``review`` writes the workbook, ``adoption`` the package made of it; ``verify``
holds a report against paragraphs.csv.

>>> from gfmd_analysis.draft.tables import code_report
>>> coding = code_report("Geneva, 4 May 2027\\n\\n1. Kenya said that objective 6 needs money.")
>>> coding.tables["interventions"]["actor"].tolist()
['KEN']
"""

__all__ = [
    "account", "actors", "adoption", "blocks", "grammar", "known", "labels", "language", "limits", "lists", "markup", "meeting", "mentions",
    "paragraphs", "passages", "pdf", "quantities", "report", "review", "sections", "speakers", "subjects", "suggestions",
    "tables", "verify", "vocabulary", "word",
]  # fmt: skip
