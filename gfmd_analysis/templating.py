"""Make the Word templates anew: ``python -m gfmd_analysis.templating``.

An office need not run this: it opens ``templates/*.docx`` in Word, changes styles, header and footer, and saves. The
words in double braces are filled in by docxtpl (Jinja); lines such as ``{%p for … %}`` repeat what stands between.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gfmd_analysis.exporting import atomic_write
from gfmd_analysis.template_styles import RULE, blank, element, field
from gfmd_analysis.word import TEMPLATES, fixed_zip

Run = str | tuple[str, str]


def brief_template() -> bytes:
    """Give the template of the coverage brief."""
    document = blank(margins=1.8, text=9.0)
    _paragraph(document, "Title", "{{ title }}")
    _paragraph(document, "Subtitle", "{{ subtitle }}")
    _heading(document, 1, "Key messages", "messages", 1)
    _loop(
        document,
        "message in messages",
        [
            (
                "List Bullet",
                [("{{ message.lead }}", "Strong"), " {{ message.text }} ", ("{{ message.cite }}", "Citation")],
            )
        ],
    )
    _picture(document, "figures[0]")
    _picture(document, "figures[1]", page=True)
    _picture(document, "figures[2]")
    _heading(document, 1, "Method and limits", "method", 2)
    _loop(document, "line in method", [("Small", ["{{ line }}"])])
    return _saved(document)


def report_template() -> bytes:
    """Give the template of the draft input report."""
    document = blank(margins=2.5, text=10.5)
    _paragraph(document, "Title", "{{ title }}")
    _paragraph(document, "Subtitle", "{{ subtitle }}")
    _loop(document, "line in preface", [("Small", ["{{ line }}"])])
    _paragraph(document, "TOC Heading", "Contents")
    _contents(document)
    _heading(document, 1, "{{ summary.heading }}", "{{ summary.anchor }}", "{{ summary.id }}")
    _loop(document, "line in summary.lines", [("Normal", ["{{ line }}"])])
    _table(document)
    _heading(document, 1, "{{ part_one.heading }}", "{{ part_one.anchor }}", "{{ part_one.id }}", page=True)
    _raw(document, "{%p for chapter in part_one.chapters %}")
    _heading(document, 2, "{{ chapter.heading }}", "{{ chapter.anchor }}", "{{ chapter.id }}")
    _raw(document, "{%p for topic in chapter.topics %}")
    _heading(document, 3, "{{ topic.heading }}", "{{ topic.anchor }}", "{{ topic.id }}")
    _loop(document, "line in topic.lines", [("Normal", ["{{ line }}"])])
    _loop(
        document,
        "item in topic.said",
        [("List Bullet", [("{{ item.who }}", "Strong"), "{{ item.text }} ", ("{{ item.cite }}", "Citation")])],
    )
    _loop(document, "item in topic.named", [("Normal", ["{{ item.text }} ", ("{{ item.cite }}", "Citation")])])
    _if(document, "topic.practices", [("Label", ["Practices named"])])
    _loop(
        document,
        "item in topic.practices",
        [("List Bullet", [("{{ item.who }}", "Strong"), " {{ item.text }} ", ("{{ item.cite }}", "Citation")])],
    )
    _raw(document, "{%p endfor %}")
    _raw(document, "{%p endfor %}")
    _heading(document, 1, "{{ part_two.heading }}", "{{ part_two.anchor }}", "{{ part_two.id }}", page=True)
    _loop(document, "line in part_two.lines", [("Normal", ["{{ line }}"])])
    _raw(document, "{%p for chapter in part_two.chapters %}")
    _heading(document, 2, "{{ chapter.heading }}", "{{ chapter.anchor }}", "{{ chapter.id }}")
    _raw(document, "{%p for topic in chapter.topics %}")
    _heading(document, 3, "{{ topic.heading }}", "{{ topic.anchor }}", "{{ topic.id }}")
    _raw(document, "{%p for call in topic.calls %}")
    _paragraph(document, "List Number", "{{ call.text }} ", ("{{ call.cite }}", "Citation"))
    _loop(document, "line in call.others", [("List Continue", ["{{ line.text }} ", ("{{ line.cite }}", "Citation")])])
    _paragraph(document, "List Continue", ("{{ call.evidence }}", "Evidence"))
    _raw(document, "{%p endfor %}")
    _raw(document, "{%p endfor %}")
    _raw(document, "{%p endfor %}")
    _heading(document, 1, "{{ annex.heading }}", "{{ annex.anchor }}", "{{ annex.id }}", page=True)
    _loop(document, "line in annex.lines", [("Normal", ["{{ line }}"])])
    _loop(
        document, "line in annex.objectives", [("List Bullet", ["{{ line.text }} ", ("{{ line.cite }}", "Citation")])]
    )
    return _saved(document)


def _paragraph(document: Any, style: str, *runs: Run, page: bool = False) -> Any:
    paragraph = document.add_paragraph(style=style)
    for run in runs:
        text, look = run if isinstance(run, tuple) else (run, None)
        paragraph.add_run(text, style=look)
    paragraph.paragraph_format.page_break_before = page or None
    return paragraph


def _raw(document: Any, tag: str) -> None:
    document.add_paragraph(tag, style="Normal")


def _loop(document: Any, what: str, body: Sequence[tuple[str, Sequence[Run]]]) -> None:
    _raw(document, f"{{%p for {what} %}}")
    for style, runs in body:
        _paragraph(document, style, *runs)
    _raw(document, "{%p endfor %}")


def _if(document: Any, condition: str, body: Sequence[tuple[str, Sequence[Run]]]) -> None:
    _raw(document, f"{{%p if {condition} %}}")
    for style, runs in body:
        _paragraph(document, style, *runs)
    _raw(document, "{%p endif %}")


def _heading(document: Any, level: int, text: str, anchor: str, number: int | str, page: bool = False) -> None:
    paragraph = _paragraph(document, f"Heading {level}", text, page=page)
    start, end = element("w:bookmarkStart", id=number, name=anchor), element("w:bookmarkEnd", id=number)
    paragraph.runs[0]._r.addprevious(start)
    paragraph.runs[-1]._r.addnext(end)


def _contents(document: Any) -> None:
    r"""Add a table of contents that is right as it is opened: entries filled in, without page numbers (switch \n)."""
    _raw(document, "{%p for entry in contents %}")
    paragraph = _paragraph(document, "TOC 1")
    paragraph._p.get_or_add_pPr().find(element("w:pStyle").tag).set(
        element("w:x", val="").keys()[0], "{{ entry.style }}"
    )
    paragraph.add_run("{%r if loop.first %}")
    for kind in ("begin", "instruction", "separate"):
        run = paragraph.add_run("")
        run._r.append(element("w:instrText") if kind == "instruction" else element("w:fldChar", fldCharType=kind))
        if kind == "instruction":
            run._r[-1].text = r' TOC \o "1-2" \n \h '
    paragraph.add_run("{%r endif %}")
    link = element("w:hyperlink", anchor="{{ entry.anchor }}", history="1")
    paragraph._p.append(link)
    link.append(paragraph.add_run("{{ entry.text }}")._r)
    paragraph.add_run("{%r if loop.last %}")
    paragraph.add_run("")._r.append(element("w:fldChar", fldCharType="end"))
    paragraph.add_run("{%r endif %}")
    _raw(document, "{%p endfor %}")


def _picture(document: Any, name: str, page: bool = False) -> None:
    paragraph = _paragraph(document, "Normal", f"{{{{ {name}.picture }}}}", page=page)
    paragraph.paragraph_format.keep_with_next = True
    caption = _paragraph(document, "Caption", "Figure ")
    field(caption, r"SEQ Figure \* ARABIC", f"{{{{ {name}.number }}}}")
    caption.add_run(f". {{{{ {name}.caption }}}}")


def _table(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    caption = _paragraph(document, "Caption", "Table ")
    field(caption, r"SEQ Table \* ARABIC", "1")
    caption.add_run(". {{ table.caption }}")
    caption.paragraph_format.keep_with_next = True
    heads = (
        "GCM objective",
        "Actors who spoke to it",
        "Actors who only named it",
        "Practices",
        "Calls made",
        "Actors who called",
    )
    columns = ("objective", "actors", "named", "practices", "recommendations", "calls")
    texts = (
        heads,
        ("{%tr for row in table.rows %}", *[""] * 5),
        tuple(f"{{{{ row.{name} }}}}" for name in columns),
        ("{%tr endfor %}", *[""] * 5),
    )
    table = document.add_table(rows=len(texts), cols=len(columns))
    table.autofit = False
    for place, width in enumerate((5.0, 2.0, 2.0, 2.6, 2.0, 2.4)):
        table.columns[place].width = Cm(width)
        for row, cells in zip(table.rows, texts, strict=True):
            row.cells[place].width = Cm(width)
            line = row.cells[place].paragraphs[0]
            line.style, line.alignment = document.styles["Small"], WD_ALIGN_PARAGRAPH.RIGHT if place else None
            line.add_run(cells[place], style="Strong" if cells is heads else None)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    rules = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rules.append(element(f"w:{side}", val="single", sz=4, space=0, color=RULE))
    table._tbl.tblPr.append(rules)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue())


def main() -> None:
    """Write both templates."""
    folder = Path(str(TEMPLATES))
    atomic_write(folder / "coverage-brief.docx", brief_template())
    atomic_write(folder / "input-report.docx", report_template())


if __name__ == "__main__":
    main()
