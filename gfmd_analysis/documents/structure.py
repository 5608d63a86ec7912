"""The parts of a document, said once and rendered alike as Word and as PDF: plain dicts, so that JSON carries them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from babel.numbers import format_decimal

from gfmd_analysis import claims
from gfmd_analysis.claims.evidence import cited
from gfmd_analysis.dataset.reliability import alpha_of_mentions, intercoder_agreement
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figures.names import BOUNDARY_NOTE
from gfmd_analysis.practices.speaking import talks, voice_name, voices
from gfmd_analysis.text import (
    LOCALES,
    N_,
    actor_name,
    alphabetical,
    clauses,
    entry,
    listing,
    long_date,
    spans,
    the,
    translated,
    translator,
)

Block = dict[str, Any]
Document = dict[str, Any]
Part = tuple[str, str]

AUTHOR = "gfmd_analysis"
LONGEST_FOOTER = 110  # letters of a title beside which a page's number finds room
# points: the largest that fits its pages
SIZES = {"brief": (9.4, 9.0, 8.6, 8.3, 8.0), "long": (10.0, 9.9, 9.8, 9.7, 9.6, 9.5)}
FULL_NAMES = {
    N_("COP 26"): N_("twenty-sixth session of the Conference of the Parties to the climate convention"),
    N_("EU"): N_("European Union"),
    N_("GCM"): N_("Global Compact for Safe, Orderly and Regular Migration"),
    N_("GFMD"): N_("Global Forum on Migration and Development"),
    N_("IMRF"): N_("International Migration Review Forum"),
    N_("IOE"): N_("International Organisation of Employers"),
    N_("MYCP"): N_("Migration Youth and Children Platform"),
    N_("NGO"): N_("non-governmental organization"),
    N_("OECS"): N_("Organization of Eastern Caribbean States"),
    N_("UN"): N_("United Nations"),
}


def strong(text: str) -> Part:
    """Mark words as those that carry the sense."""
    return text, "strong"


def muted(text: str) -> Part:
    """Mark words as apparatus: paragraphs, cross-references."""
    return text, "muted"


def heading(text: str, level: int = 1) -> Block:
    """Make a heading; levels 1 and 2 stand in the contents."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(*parts: Part | str, number: str = "", style: str = "normal") -> Block:
    """Make a paragraph of runs; ``style`` is normal, subtitle, status or note."""
    runs = [part if isinstance(part, tuple) else (part, "") for part in parts if part and part[0]]
    return {"kind": "paragraph", "parts": runs, "number": number, "style": style}


def figure(picture: str, width: float, height: float, caption: str, alt: str) -> Block:
    """Place a picture at its own size (cm), with a caption and a text in its place."""
    return {"kind": "figure", "picture": picture, "width": width, "height": height, "caption": caption, "alt": alt}


def document(
    data: "Dataset", title: str, blocks: Iterable[Block], *, locale: str = "en", long: bool = False, most: int = 99
) -> Document:
    """Put a document together: its blocks, its properties, its footer.

    Parameters
    ----------
    data
        The data that it tells of: their latest meeting is its date.
    title
        Its title.
    blocks
        Headings, paragraphs, figures, ``{"kind": "space", "height": 12}`` (cm) and ``{"kind": "contents"}`` (on a new page).
    locale
        ``en``, ``fr`` or ``es``.
    long
        A report of many pages, set larger than a brief.
    most
        Pages that it may have at the most.
    """
    kept, _ = list(blocks), translator(locale)
    for place, block in enumerate((block for block in kept if block["kind"] == "heading"), 1):
        block["id"] = f"_Toc{place:08d}"
    return {
        "title": title,
        "running": title if len(title) <= LONGEST_FOOTER else title.partition(": ")[0],
        "subject": meetings_named(data, locale),
        "author": AUTHOR,
        "date": data.meetings["date"].max().date().isoformat(),
        "locale": locale,
        "footer": re.split(r"\{\w+\}", _.gettext("Page {page} of {pages}")),
        "contents": _.gettext("Contents"),
        "figure": _.gettext("Figure"),
        "long": long,
        "most": most,
        "blocks": kept,
    }


def short_document(
    data: "Dataset", title: str, blocks: Iterable[Block], *, most: int, locale: str = "en", notes: Iterable[str] = ()
) -> Document:
    """Put a brief together: what it is of and its status before its blocks, how it was made and its abbreviations behind."""
    _ = translator(locale)
    texts = [meetings_named(data, locale), caveat(data, locale), limits(data, locale), *notes]
    subtitle, *notes = _spelled_at_first(texts, _full_names(data, locale))
    kept = [
        paragraph(subtitle, style="subtitle"),
        paragraph(_.gettext("An analyst’s brief, not a GFMD document"), style="status"),
        *blocks,
        heading(_.gettext("How this was made")),
        *(paragraph(text, style="note") for text in notes),
    ]
    shown = [block["alt"] for block in kept if block["kind"] == "figure"]
    if spelled := abbreviations(data, "\n".join([title, words_of({"blocks": kept}), *shown]), locale):
        kept.append(paragraph(_.gettext("Abbreviations. {list}.").format(list=clauses(spelled, locale)), style="note"))
    return document(data, title, kept, locale=locale, most=most)


def long_document(data: "Dataset", title: str, status: str, front: Sequence[Block], body: Sequence[Block]) -> Document:
    """Put a report together: a cover, contents, how to read it, its abbreviations, then what it says."""
    made = f"Prepared with {AUTHOR}; data on the meeting of {long_date(data.meetings['date'].max())}"
    cover = [
        paragraph(meetings_named(data), style="subtitle"),
        paragraph(status, style="status"),
        paragraph(made, style="subtitle"),
        {"kind": "space", "height": 12},
        paragraph(caveat(data)),
        {"kind": "contents"},
    ]
    spelled = abbreviations(data, words_of({"blocks": [*cover, *front, *body]}))
    short = [heading("Abbreviations"), paragraph("; ".join(spelled) + ".")] if spelled else []
    running = {"running": f"{title} · {status[0].lower()}{status[1:]}"}
    return document(data, title, [*cover, *front, *short, *body], long=True) | running


def words_of(told: Document) -> str:
    """Gather the words of a document, block by block, without contents and footers."""
    lines = []
    for block in told["blocks"]:
        if block["kind"] == "paragraph":
            lines.append(" ".join([block["number"], "".join(text for text, _ in block["parts"])]).strip())
        elif words := block.get("text") or block.get("caption"):
            lines.append(words)
    return "\n".join(lines)


def meetings_named(data: "Dataset", locale: str = "en") -> str:
    """Name the meetings with place and date."""
    told = (
        ", ".join([translated(row.title, locale), translated(row.place, locale), long_date(row.date, locale)])
        for row in rows_of(data.meetings.fillna({"place": ""}))
    )
    return clauses(told, locale).replace(", , ", ", ")


def caveat(data: "Dataset", locale: str = "en") -> str:
    """Say how the report was coded, by what, and how far the two codings agree: it stands in all that travels."""
    _ = translator(locale)
    try:
        compared = intercoder_agreement(data)
    except NoDataError:
        return _.gettext("The report was coded once; no person is recorded as having coded it again.")
    mentions, lowest = alpha_of_mentions(compared), int(compared["alpha"].min() * 100) / 100
    coded = claims.caveat(mentions, coders=int(compared["coders"].max()), locale=locale)
    bound = _.gettext(
        "Over the whole report alpha is {lowest} or more wherever it was computed; as one model made every coding, people may agree less."
    )
    return f"{coded}. {bound.format(lowest=format_decimal(lowest, '0.00', locale=LOCALES[locale]))}"


def limits(data: "Dataset", locale: str = "en") -> str:
    """Say what the source is and what it cannot show."""
    _ = translator(locale)
    source = _.gettext("Source: {report}; numbers in square brackets are its paragraphs.")
    summary = _.gettext(
        "It is a summary: what is not in it may still have been said, and an objective with few speakers is not therefore unimportant."
    )
    reports = listing((translated(title, locale) for title in data.meetings["source"]), locale)
    return f"{source.format(report=reports)} {summary} {_.gettext(BOUNDARY_NOTE)}"


def abbreviations(data: "Dataset", text: str, locale: str = "en") -> list[str]:
    """Spell out each abbreviation that a text uses: those of the field, and those that actors go by."""
    known = _full_names(data, locale).items()
    return [entry(short, name, locale) for short, name in known if re.search(_word(short), text)]


def _full_names(data: "Dataset", locale: str) -> dict[str, str]:
    _ = translator(locale)
    bodies = {translated(row.short_name, locale): translated(row.name, locale) for row in rows_of(data.actors)}
    known = {short: name for short, name in bodies.items() if short.isupper() and short != name}
    known |= {_.gettext(short): _.gettext(name) for short, name in FULL_NAMES.items()}
    return dict(sorted(known.items()))


def _word(short: str) -> str:
    return rf"(?<!\w){re.escape(short)}(?!\w)"


def _spelled_at_first(texts: list[str], known: dict[str, str]) -> list[str]:
    """Write each abbreviation in full, and in brackets, where the first of these texts uses it."""
    told = "\n".join(texts)
    for short, name in known.items():
        if name not in told:
            told = re.sub(_word(short), f"{name} ({short})", told, count=1)
    return told.split("\n")


def bracket(numbers: Iterable[Any]) -> str:
    """Set paragraphs in square brackets: ``[35, 40]``; with the meeting where they carry it."""
    listed = list(dict.fromkeys(numbers))
    if not listed:
        return ""
    return f"[{'; '.join(map(str, listed)) if isinstance(listed[0], str) else spans(listed)}]"


def cite(data: "Dataset", found: Iterable[Any]) -> str:
    """Cite the paragraphs of rows or of interventions in square brackets."""
    return bracket(cited(data, found))


def behind(data: "Dataset", actors: Iterable[str], interventions: Iterable[str], locale: str = "en") -> str:
    """Name who said something and for whom, the mechanisms of the GFMD without it, and cite where."""
    known, named, codes = talks(data), set(actors), list(interventions)
    said = voices(data, (code for code in codes if known[code].actor in named), name="name")
    said.sort(key=lambda voice: alphabetical(voice_name(voice[0], locale)))
    told = (voice_name(voice, locale, name=_articled) for voice, _ in said)
    return f"{listing(told, locale)} {cite(data, codes)}"


def _articled(code: str, english: str, locale: str) -> str:
    return the(actor_name(code, english, locale), locale).replace("GFMD ", "", 1)
