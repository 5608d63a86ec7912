"""Draft the coding of another meeting's report, to be reviewed in a workbook and adopted as data.

A report is read (``report``, ``word``, ``pdf``, each within ``limits``), cut into ``paragraphs``, its headings into ``sections``; ``grammar`` finds
the subjects of its clauses, ``actors`` the bodies in them, ``speakers`` who speaks, for whom and how surely; ``mentions`` and
``quantities`` are found in their words; ``tables`` writes the data contract's tables, ``account`` what became of every word, ``review`` the
workbook and the package made of it; ``verify`` holds a report against paragraphs.csv.

>>> from gfmd_analysis.draft.tables import code_report
>>> coding = code_report("Geneva, 4 May 2027\\n\\n1. Kenya said that objective 6 needs money.")
>>> coding.tables["interventions"]["actor"].tolist()
['KEN']
"""

__all__ = [
    "account",
    "actors",
    "grammar",
    "limits",
    "mentions",
    "paragraphs",
    "pdf",
    "quantities",
    "report",
    "review",
    "sections",
    "speakers",
    "tables",
    "verify",
    "word",
]
