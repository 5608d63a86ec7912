"""All notebooks as one HTML page without code: the answers first, pictures with their alt texts, nothing fetched from anywhere."""

import base64
import io
import re
from collections.abc import Mapping
from html import escape
from typing import Any

LAST = ("00_dataset.ipynb",)  # about the data: for who asks how sure it is
WIDGET = "application/vnd.jupyter.widget-view+json"

STYLE = """
body {font: 16px/1.5 Lato, Carlito, "Segoe UI", sans-serif; color: #222; max-width: 62rem; margin: 0 auto; padding: 1rem 1.5rem}
h1 {font-size: 1.7rem; line-height: 1.25} h2 {font-size: 1.3rem; margin-top: 2rem} a {color: #0b5394}
.anchor-link, .prompt {display: none} img {max-width: 100%; height: auto} nav ul {padding: 0; list-style: none}
nav li {margin-bottom: .6rem} .note {color: #56616E; font-size: .9rem; margin: .4rem 0}
.first {display: grid; grid-template-columns: 2fr 3fr; gap: 1.5rem} .first img {max-height: 66vh; justify-self: center} nav p {margin: .2rem 0}
section {border-top: 3px solid #0b5394; margin-top: 3rem}
.output_html, .output_text {overflow-x: auto; margin: 1rem 0} pre {white-space: pre-wrap; font-size: .85rem}
table {border-collapse: collapse; font-size: .85rem} th, td {padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd}
input {font: inherit} @media print {input, label {display: none} section {break-before: page}}
"""


def html_page(notebooks: Mapping[str, str], note: str = "") -> str:
    """Make one page of notebooks that have run.

    Parameters
    ----------
    notebooks
        File name to text.
    note
        What stands first: of which meeting it is, and how that was coded.

    Returns
    -------
    str
        HTML that works offline: the answer of each notebook with a link to its section, the first with its picture, then the sections.
    """
    import nbformat
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_output_prompt=True)
    contents: list[str] = []
    sections = []
    for name in sorted(notebooks, key=lambda name: (name in LAST, name)):
        notebook = nbformat.reads(notebooks[name], as_version=4)
        answer, picture = _slim(notebook)
        body, _ = exporter.from_notebook_node(notebook)
        place = name.removesuffix(".ipynb")
        title = re.search(r"<h1[^>]*>(.*?)(<a |</h1>)", body, re.DOTALL)
        link = f'<a href="#{place}"><strong>{title[1] if title else escape(place)}</strong></a>'
        told = f"<div>{link}{answer}</div>{'' if contents else picture}"
        contents.append(f"<li{'' if contents else ' class=first'}>{told}</li>")
        sections.append(f'<section id="{place}">\n{_own_ids(body, place)}\n</section>')
    head = f'<meta charset="utf-8"><meta name="generator" content="gfmd_analysis"><title>Who spoke to which objective?</title><style>{STYLE}</style>'
    top = (
        f"<h1>Who spoke to which objective of the Global Compact for Migration?</h1>\n<p class=note>{escape(note)}</p>\n"
        f"<nav><ul>{''.join(contents)}</ul></nav>"
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{top}\n{"".join(sections)}\n</body>\n</html>\n'


def _slim(notebook: Any) -> tuple[str, str]:
    """Make pictures small and leave out what only a running notebook shows; gives the first text and the first picture as HTML."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    answers, pictures = [], []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs = [
            each for each in cell.outputs if each.output_type != "stream" and WIDGET not in each.get("data", {})
        ]
        for output in cell.outputs:
            data = output.get("data", {})
            if "text/markdown" in data:
                answers.append(markdown2html_mistune("".join(data["text/markdown"])))
            if "image/png" in data:
                data["image/png"] = _few_colours(data["image/png"])
                alt = escape(output.get("metadata", {}).get("image/png", {}).get("alt", ""))
                pictures.append(f'<img src="data:image/png;base64,{data["image/png"]}" alt="{alt}">')
    return "".join(answers[:1]), "".join(pictures[:1])


def _few_colours(png: str) -> str:
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(base64.b64decode(png))) as picture:
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(buffer, "png", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


def _own_ids(body: str, place: str) -> str:
    """Make the ids of a notebook's tables and search fields its own, as other notebooks have the same."""
    body = re.sub(r' id="cell-id=[^"]*"', "", body)
    for name in set(re.findall(r'<table[^>]* id="([\w-]+)"', body)):
        body = re.sub(rf"(?<=[\"'#]){re.escape(name)}(?=[\"'\s-])", f"{place}-{name}", body)
    return body
