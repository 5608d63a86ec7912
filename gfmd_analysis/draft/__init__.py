"""Another meeting's report, drafted into the tables of the data contract, to be reviewed in a workbook; knows the room ``dataset`` alone.

>>> from gfmd_analysis.draft.sections import first_date
>>> first_date("held online on 18 November 2021").isoformat()  # each step can be tried on a piece of text
'2021-11-18'

The command ``gfmd draft REPORT FOLDER`` runs them all, ``gfmd adopt`` takes the reviewed workbook.
"""

__all__ = [
    "actors",
    "mentions",
    "paragraphs",
    "quantities",
    "report",
    "review",
    "sections",
    "speakers",
    "tables",
    "verify",
]
