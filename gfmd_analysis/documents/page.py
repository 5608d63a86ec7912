"""All notebooks as one HTML page without code: messages, contents with a search, then each notebook; nothing is fetched from anywhere."""

import re
from collections.abc import Mapping
from html import escape
from itertools import count
from typing import Any

from gfmd_analysis.figures.display import SEARCH

LAST = ("00_dataset.ipynb",)  # about the data: for who asks how sure it is
WIDGET = "application/vnd.jupyter.widget-view+json"

STYLE = """
body {font: 16px/1.45 Lato, Carlito, "Segoe UI", sans-serif; color: #222; max-width: 74rem; margin: 0 auto; padding: .5rem 1.5rem}
h1 {font-size: 1.6rem; line-height: 1.25; margin: .5rem 0} h2 {font-size: 1.3rem; margin-top: 2rem} a {color: #0b5394}
.anchor-link, .prompt {display: none} img {max-width: 100%; height: auto} header p, header ol {margin: .5rem 0}
nav ul {padding: 0; list-style: none} nav li {margin-bottom: .3rem; line-height: 1.3} nav small a {text-decoration: none; margin-right: .8rem}
section {border-top: 3px solid #0b5394; margin-top: 3rem}
.output_html, .output_text {overflow-x: auto; margin: 1rem 0} pre {white-space: pre-wrap; font-size: .85rem}
table {border-collapse: collapse; font-size: .85rem} th, td {padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd}
input {font: inherit} @media print {
 input, label, output {display: none} section {break-before: page} .output_html {overflow: visible}
 @page {size: A4 landscape; margin: 1.2cm} body {max-width: none; padding: 0} img {break-inside: avoid; max-height: 17cm}
 table {font-size: .65rem} th, td {padding: .15rem .3rem} thead {display: table-header-group} tr {break-inside: avoid}
}
"""

EVERYWHERE = """(field => {
 const find = SEARCH, typed = field.value.trim(), parts = [...document.querySelectorAll('nav li')];
 for (const item of parts) {
  const section = document.getElementById(item.dataset.part);
  let rows = 0, below = 0, first = section.id;
  for (const cell of [...section.children].reverse()) {
   let found = 0;
   for (const table of cell.querySelectorAll('table')) {
    const own = cell.querySelector(`[data-table="${table.id}"]`) || {dataset: {table: table.id}};
    found += find(Object.assign(own, {value: field.value}));
   }
   rows += found;
   below += found;
   const head = cell.querySelector('h2');
   cell.hidden = typed && !cell.querySelector('h1') && !(head ? below : found);
   if (head) {
    for (const link of item.querySelectorAll(`small [href="#${head.id}"]`)) link.hidden = typed && !below;
    if (below) first = head.id;
    below = 0;
   }
  }
  item.hidden = section.hidden = typed && !rows;
  item.querySelector('a').href = '#' + (typed ? first : section.id);
  item.querySelector('output').textContent = typed ? rows + ' found' : '';
 }
 const none = 'Nothing found. For a paragraph type para:95.';
 document.getElementById('everywhere-told').textContent = parts.every(item => item.hidden) ? none : '';
})""".replace("SEARCH", SEARCH)
FIELD = '<label>Search all tables (words, or para:95) <input type="search" id="everywhere" size="32" oninput="{}(this)"></label>'


def html_page(notebooks: Mapping[str, str], opening: str = "") -> str:
    """Make one page of notebooks that have run.

    Parameters
    ----------
    notebooks
        File name to text.
    opening
        Markdown that stands first: of which meeting it is, what it finds, how far to trust that.

    Returns
    -------
    str
        HTML that works offline: the opening, the contents with a field that searches all tables, then a section for each notebook that
        shows more than its answer; cells with the tag ``not-on-page`` are left out.
    """
    import nbformat
    from nbconvert.exporters import HTMLExporter
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_output_prompt=True)
    contents, sections, links = [], [], {}
    for name in sorted(notebooks, key=lambda name: (name in LAST, name)):
        notebook, place = nbformat.reads(notebooks[name], as_version=4), name.removesuffix(".ipynb")
        if _slim(notebook) <= 1:
            continue
        body = _own_ids(exporter.from_notebook_node(notebook)[0], place)
        heads = re.findall(r'<h([12]) id="([^"]+)">(.*?)<a ', body, re.DOTALL)
        title = next((head for level, _, head in heads if level == "1"), escape(place))
        links[f"<code>{name}</code>"] = f'<a href="#{place}">{title}</a>'
        parts = " ".join(f'<a href="#{id}">{head}</a>' for level, id, head in heads if level == "2")
        item = f'<a href="#{place}"><strong>{title}</strong></a> <output></output><br><small>{parts}</small>'
        sections.append(f'<section id="{place}">\n{body}\n</section>')
        contents.append(f'<li data-part="{place}">{item}</li>')
    told = "".join(sections)
    for named, link in links.items():
        told = told.replace(named, link)
    head = f'<meta charset="utf-8"><meta name="generator" content="gfmd_analysis"><title>Who spoke to which objective?</title><style>{STYLE}</style>'
    top = (
        f"<h1>Who spoke to which objective of the Global Compact for Migration?</h1>\n<header>{markdown2html_mistune(opening)}</header>\n"
        f"<nav>{FIELD.format(escape(EVERYWHERE))} <output id=everywhere-told></output>\n<ul>{''.join(contents)}</ul></nav>"
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{top}\n{told}\n</body>\n</html>\n'


def _slim(notebook: Any) -> int:
    """Leave out what only a running notebook shows, and headings over nothing; gives the number of outputs left."""
    kept: list[Any] = []
    below: list[int] = []  # outputs of the code cells up to the next heading
    for cell in reversed(notebook.cells):
        if "not-on-page" in cell.metadata.get("tags", ()):
            continue
        if cell.cell_type == "code":
            shown = [each for each in cell.outputs if each.output_type != "stream"]
            cell.outputs = [each for each in shown if WIDGET not in each.get("data", {})]
            below.append(len(cell.outputs))
        elif cell.source.startswith("## "):
            empty, below = below and not any(below), []
            if empty:
                continue
        kept.insert(0, cell)
    notebook.cells = kept
    return sum(len(cell.get("outputs", ())) for cell in kept)


def _own_ids(body: str, place: str) -> str:
    """Make the ids of a notebook's headings, tables and search fields its own, as other notebooks have the same."""
    body = re.sub(r' id="cell-id=[^"]*"', "", body)
    body = re.sub(r'(<h\d id="|<a class="anchor-link" href="#)', rf"\g<1>{place}-", body)
    for name in set(re.findall(r'<table[^>]* id="([\w-]+)"', body)):
        body = re.sub(rf"(?<=[\"'#]){re.escape(name)}(?=[\"'\s-])", f"{place}-{name}", body)
    number = count(1)
    return re.sub(r"<table(?![^>]* id=)", lambda _: f'<table id="{place}-table-{next(number)}"', body)
