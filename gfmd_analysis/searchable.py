"""A table with a search field that needs nothing but the page it stands in."""

import re
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from gfmd_analysis.errors import GfmdError

if TYPE_CHECKING:
    from IPython.display import HTML

PLAIN = "tex2jax_ignore mathjax_ignore"  # a dollar sign is a dollar sign
FILTER = (
    "const sought = this.value.toLowerCase().split(/\\s+/);"
    "for (const row of document.getElementById('{name}').tBodies[0].rows)"
    " row.style.display = sought.every(word => row.textContent.toLowerCase().includes(word)) ? '' : 'none';"
)


def searchable(table: pd.DataFrame, name: str, *, label: str = "Search") -> "HTML":
    """Show a table whose rows can be searched, in a notebook or on any page it is exported to.

    Parameters
    ----------
    table
        Any table; missing cells are shown empty.
    name
        The table's id in the page, e.g. ``quantities``: the same each run, so that nothing differs when it is rerun.
    label
        What stands before the field.

    Returns
    -------
    HTML
        A row stays where it holds every word that is typed, in any case and order. Where scripts are not run (a
        notebook that is not trusted, a repository's preview) the whole table is there and the field does nothing.

    Raises
    ------
    GfmdError
        Where the name is no id: letters, digits and hyphens, a letter first.
    """
    from IPython.display import HTML

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        raise GfmdError(f"found the name '{name}'; allowed: letters, digits and hyphens, a letter first")
    rows = (
        table.astype(object)
        .where(table.notna(), "")
        .to_html(index=False, border=0, table_id=name, justify="left", classes=PLAIN)
    )
    field = f'<input type="search" id="{name}-search" size="32" oninput="{escape(FILTER.format(name=name))}">'
    style = "max-height: 26em; overflow: auto; margin-top: 0.5em"
    beside = f"<style>#{name} th, #{name} td {{text-align: left; vertical-align: top}}</style>"
    page = f'{beside}<label>{escape(label)} {field}</label>\n<div style="{style}">\n{rows}\n</div>'
    shown: HTML = HTML(page)  # type: ignore[no-untyped-call]
    return shown
