"""What was said at a GFMD meeting, by whom, on which objective of the Global Compact for Migration.

>>> import gfmd_analysis as ga
>>> data = ga.load()  # tables that know each other: data.mentions, data.practices, data.quantities ...
>>> long = data.long()  # one row per intervention and objective
>>> least = ga.least_discussed(long)  # a measure: DataFrame in, DataFrame out
>>> ax = ga.figures.draw("coverage", data, section="RT3")  # a figure: Axes, with finding, scope and source

``dir(ga)`` (Tab) leads to everything that a notebook needs: the names are listed in ``__init__.pyi``, and each is loaded
when it is first used, so that importing the package costs less than pandas.

The house
---------
::

    gfmd_analysis/
      __init__.py          this map
      __init__.pyi         the face: which names `import gfmd_analysis as ga` offers, and from which file
      errors.py            what is said when something is wrong: GfmdError, NoDataError, DataError
      text.py              small words in three languages: lists, plurals, "para. 67", dates; the catalogues
      cli.py               the command `gfmd`: briefing, accept, report, test, lab, validate, verify, draft, adopt ...
      dataset/             tables in, checked and typed: knows nothing of what is computed from them
        descriptor.py      the tables and columns as data/datapackage.json defines them; the data dictionary
        reading.py         CSV files as text: what Excel and LibreOffice write is understood, the ambiguous refused
        packages.py        a folder read whole, with its corrections applied
        validation.py      types, allowed values, primary and foreign keys (a mention needs its intervention)
        rules.py           rules between tables on what a meeting consists of: bodies, paragraphs, sections
        consistency.py     rules on what was said: the codebook's, and each table held against the others
        tables.py          load, Dataset, the tidy long table
        memory.py          once: what was found in a dataset or a table stays with it
        selecting.py       select: rows by codes or names
        objectives.py      the 23 objectives and their roundtables as constants
        capacity.py        statements and updates, or introductions and summaries in the chair
        regions.py         UN M49 regions and the names of countries
        describe.py        inventory, sections, what was coded in each intervention; source lines
        codings.py         what each coder wrote, unchanged
        reliability.py     agreement between coders, what differed and how it was settled; quality of drafts
        corrections.py     a workbook to edit the data in, and the edits as rows of data/corrections.csv
        significance.py    observed values against draws of a null model
        writing.py         CSV, folders and files, replaced whole or not at all
      coverage/            who took up which objective
        counts.py          taken_up (the rows that count), coverage table and matrix, speakers
        least.py           the least discussed, lists that speakers give, headlines under every subset and reading
        levels.py          the most that each speaker said on each objective
        uncertainty.py     how sure ranks are; an even spread of attention; change between meetings
      networks/            actors and objectives as a two-mode network
        edges.py           edge table, incidence, graph
        projection.py      one-mode networks under every usual normalisation, agreement and disagreement
        measures.py        centralities and brokerage
        communities.py     bipartite modularity, four clusterings, how firm they are
        ordination.py      correspondence analysis, orders of rows
        null_models.py     chance: curveball (and its number of trades), tests of pairs and of the whole
        stated.py          ties and links that speakers state themselves
      quantities/          the report's numbers
        intervals.py       arithmetic with bounds
        metrics.py         table of numbers, remittances, campaign
        wording.py         numbers in words: "per cent", "over USD 100 billion", in three languages
      practices/           what was shown and what is asked
        catalogue.py       practices: who, where, with whom
        recommendations.py recommendations, demands that several share, differences, challenges, milestones
        speaking.py        who speaks: for a body, jointly; their names in every list
      claims/              every finding that is printed, worded once
        evidence.py        what a claim is, what holds and fails, the register
        selection.py       data narrowed to a selection, and its name
        coverage.py  speakers.py  networks.py  practices.py  quantities.py    the findings on each room
        coding.py          the findings on the data themselves: how much was coded, how far coders agree
        profiles.py        all that is known on one objective, actor or constituency
        answers.py         findings as a notebook shows them
      figures/             a function for each picture, named as its file; figures/X.py draws what room X computes
        sets.py            draw: the briefing's figures from a dataset by name, for any selection and language
        coverage.py  networks.py  practices.py  quantities.py
        objectives.py      the coverage figure
        style.py           the form of a figure: theme, title, subtitle, note and source
        palette.py  _lettering.py    colours and marks; widths of words and broken lines
        _parts.py          what several figures have alike: objectives as rows, keys, heads over columns
        names.py           words for codes in three languages
        display.py         show, save_figure, searchable
        tables.py          readable: tables with names for codes
        captions.py        captions.csv and the gallery's page
        network_explorer.py    the network to explore in JupyterLab
        _files.py  _legibility.py    PNG, SVG and PDF; texts that lie on one another
      documents/           what can be sent
        snapshot.py        make briefing, accept, report: snapshot, build, put in place, say what changed
        briefing.py        figures, captions, register and documents from a snapshot
        notebooks.py       run notebooks
        page.py            all notebooks as one page without code
        placing.py  changes.py  processes.py    files put in place; what changed; programs started and ended
        structure.py       the parts of a document, said once; its caveat, citations, abbreviations
        word.py  pdf.py  templates/    those parts as Word, as tagged PDF
        messages.py        the five messages: claims, what stands behind them, what follows for whom
        two_pages.py  one_page.py    the brief; a page on any objective, actor or constituency
        input_report.py  statements.py  numbered_recommendations.py    the draft input report: part 1, its paragraphs, part 2
        workbook.py        the tables in Excel
        opening.py         the page that opens figures/
      draft/               another meeting's report, drafted into the same tables
        report.py  word.py  pdf.py    text, Markdown, Word or PDF into plain text
        limits.py          foreign files are read in a process of their own, within time and memory
        language.py        which language it is, and the parser for it
        markup.py  blocks.py    a text without markup, its words counted; its blocks: headings, rows, footnotes, items
        paragraphs.py      which numbers open paragraphs; paragraphs, numbered by the report or for the user
        meeting.py         title and mode of the meeting; the parser of dates
        sections.py        headings, and who has the floor
        labels.py  lists.py    speakers named before a colon, in bars and brackets; people and bodies listed
        passages.py        what the parser reads, with each body as one word
        grammar.py  subjects.py    clauses: who can be said to speak, and for whom; the bodies in their subjects
        speakers.py        who speaks in each paragraph, and how sure that is
        actors.py  vocabulary.py    the bodies that can speak; nouns by which a speaker is told
        mentions.py  quantities.py    objectives named by number; numbers that measure something
        suggestions.py     candidates: what else is spoken to, and named practices
        tables.py  known.py    all of it as tables of the data contract, with the codes of the data in use
        account.py         what was read and left out, word by word
        review.py  adoption.py    a workbook to review the draft in; the data package made of it
        verify.py          paragraphs.csv against a public copy of the report
      resources/           official titles (gcm.csv), regions (m49.csv), catalogues of French and Spanish

What a reader might correct is no code: titles of objectives in three languages stand in ``data/objectives.csv``, names of
bodies in ``data/actors.csv``, and what a reader of the report knows better is a row of ``data/corrections.csv``.

Direction: ``dataset`` ← ``coverage``, ``networks``, ``quantities``, ``practices`` ← ``claims`` ← ``figures`` ← ``documents`` ← ``cli``;
``draft`` knows ``dataset`` alone. A measure never draws, a figure never counts, a notebook words no finding.

Tests mirror the rooms: ``coverage/counts.py`` is tested in ``tests/coverage/test_counts.py``.

To add a figure: a measure in its room (DataFrame in, DataFrame out), a finding in ``claims/``, a function in ``figures/`` of the
room's name, decorated with ``figure`` (of the columns that its table needs) and ending in ``add_text``; its name in
``figures/__init__.py``; then ``ga.save_figure(ga.figures.NAME(...), "NAME")`` in a notebook, and ``make briefing`` takes it.
"""

import difflib
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import lazy_loader

__version__ = "1.0.0"

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    """Load a name of the face when it is first used; a function then takes the dataset for the table that it is about."""
    try:
        found = _load(name)
    except AttributeError as error:
        near = difflib.get_close_matches(name, set(__all__) - {name}, n=1)
        if not name.startswith("_"):
            near = [f"ga.{room}.{name}" for room in ("figures", "claims") if name in _load(room).__all__] or near
        raise AttributeError(f"{error}; did you mean {near[0]}?" if near else str(error)) from error
    if inspect.isfunction(found) and inspect.getfullargspec(found).args:
        found = globals()[name] = _of_a_dataset(found)
    return found


def _of_a_dataset(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a measure of the long table (or of one that is named as its parameter) take the dataset; say what to pass elsewhere."""
    first, parameter = next(iter(inspect.signature(function).parameters.items()))
    table_taken = "DataFrame" in str(parameter.annotation)

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        from pandas import DataFrame

        from gfmd_analysis.claims.selection import require_dataset
        from gfmd_analysis.dataset.descriptor import schema
        from gfmd_analysis.dataset.tables import Dataset
        from gfmd_analysis.errors import GfmdError

        if first in kwargs:
            args = (kwargs.pop(first), *args)
        if not args:
            return function(**kwargs)
        given, *rest = args
        if first == "data":
            require_dataset(function.__name__, given)
        elif isinstance(given, Dataset) and first in ("long", *given.tables):
            given = given.long() if first == "long" else given.tables[first]
        elif not (table_taken and isinstance(given, DataFrame)) and not (
            first == "drawn" and hasattr(given, "get_figure")
        ):
            found = "the whole dataset" if isinstance(given, Dataset) else type(given).__name__
            allowed = [
                *["the axes of a figure, such as ga.figures.draw('coverage', data)"] * (first == "drawn"),
                *["a table, such as data.long()"] * table_taken,
                *["the dataset"] * (first in ("long", *schema())),
            ]
            raise GfmdError(f"{function.__name__}: found {found}; allowed: {', or '.join(allowed)}")
        return function(given, *rest, **kwargs)

    return called
