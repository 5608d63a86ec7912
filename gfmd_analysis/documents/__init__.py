"""What can be sent, and the builds that make it: brief, draft input report, workbook, the page of all notebooks.

>>> from gfmd_analysis.documents.changes import told
>>> print(*told("Figures that changed", ["coverage"]), sep="\\n")  # what a build says at its end
Figures that changed:
  coverage

``make briefing`` calls :mod:`gfmd_analysis.documents.snapshot`, which copies the project and leaves the rest to ``briefing``.
"""

__all__ = [
    "briefing", "changes", "input_report", "messages", "notebooks", "numbered_recommendations", "one_page", "opening", "page", "pdf",
    "placing", "processes", "snapshot", "statements", "structure", "two_pages", "word", "workbook",
]  # fmt: skip
