"""Read speakers' labels: a body, an office or a person before a colon, a bar or a dash, in brackets, alone on a line."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from gfmd_analysis.draft.actors import Gazetteer
from gfmd_analysis.draft.vocabulary import OFFICE, OFFICER, ORGANISATION, SMALL, TITLE, is_person

LONGEST_LABEL = 250

_LABEL = re.compile(
    r"\[(?P<square>[^\]\[:]{2,90})\]\s*:?\s+(?=\S)"
    r"|(?P<before>[^:;!?]{2,250}?)(?::(?!\d)\s*|\s+[-–—]\s+|\s+\|\s+)(?=\S)",
)

_AFTER = re.compile(r"[.!?…][\"”»']?\s+(?:[-–—]\s*(?P<dash>[^.;:!?]{2,90})|\((?P<bracket>[^().;:!?]{2,90})\))\.?$")

_FOR = re.compile(
    r"(?i)\b(?:on behalf of|speaking (?:also )?for|for|representing|au nom d(?:e la|es|e|u|')|pour|en nombre de)\b"
)

_DESCRIPTION = re.compile(r",\s+(?:an?|the|une?|part of|which|who|qui|affiliated)\s[a-z].*$")

_OF_BODY = re.compile(r"\b(?:of|for|de|du|des|pour)\s+(?:the |la |le |les |l')?(?=[A-ZÀ-Ý]|\w+\s[A-ZÀ-Ý])(.+)$")

_LOWER = SMALL | {"mr", "mrs", "ms", "h.e", "permanent", "deputy", "acting", "spoke", "&"}


@dataclass(frozen=True)
class Label:
    """A speaker's label: bodies, for whom, whether the presiding officer, a person's name, where the words begin."""

    bodies: tuple[str, ...]
    behalf: tuple[str, ...] = ()
    officer: bool = False
    name: str = ""
    end: int = 0


def label_of(text: str, gazetteer: Gazetteer, known: frozenset[str]) -> Label | None:
    """Find the label with which a paragraph begins, or the attribution with which it ends.

    Parameters
    ----------
    text
        A paragraph.
    gazetteer
        Known names; unknown bodies in labels are added.
    known
        Labels that this report uses more than once, as :func:`labels_in_use` finds them.
    """
    match = _LABEL.match(text)
    if match and (label := read_label(match["square"] or match["before"], gazetteer, known=known)):
        return replace(label, end=match.end())
    after = _AFTER.search(text)
    label = read_label(after["dash"] or after["bracket"], gazetteer) if after else None
    return label if label and label.bodies else None


def labels_in_use(texts: Sequence[str]) -> frozenset[str]:
    """Find what stands before a colon in two paragraphs or more."""
    heads = [match["before"] for text in texts if (match := _LABEL.match(text)) and match["before"]]
    return frozenset(head for head in heads if heads.count(head) > 1 and len(head.split()) < 6)


def read_label(
    text: str, gazetteer: Gazetteer, known: Set[str] = frozenset(), *, is_heading: bool = False
) -> Label | None:
    """Read a text as a speaker's label: a body, an office, a person with a body, ``A | office | (group)``.

    Parameters
    ----------
    text
        What stands before a colon, a bar or a dash, in brackets, or alone on a line.
    gazetteer
        Known names; an unknown body in a barred label, or one that an office is of, is added.
    known
        Further labels that this report uses more than once, as they are written.
    is_heading
        Whether the text is a line of its own, which is no label of a body that nobody knows.

    Returns
    -------
    Label or None
        None where the text is a heading, a sentence or anything else.
    """
    text = " ".join(text.replace("’", "'").split()).strip(" :.-–—")
    outer = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text).strip(" |")
    fields = [part.strip() for part in outer.split("|")]
    own, behalf = _split_behalf(re.sub(_DESCRIPTION, "", " | ".join(fields)), gazetteer)
    if not text or len(text) > LONGEST_LABEL or not _reads_as_label(own, gazetteer):
        return None
    brackets = [_split_behalf(each, gazetteer) for each in re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)]
    inner = [code for before, spoken in brackets if not spoken for code in _codes(before, gazetteer)]
    words = [word.strip(",") for word in re.split(r"[\s|]+", own)]
    is_titled = any(map(TITLE.fullmatch, words))
    is_named = is_titled or any(map(is_person, fields[:2]))
    is_officer = any(map(OFFICER.fullmatch, words))
    head = fields[0] if len(fields) > 1 else own
    is_organisation = any(map(ORGANISATION.fullmatch, head.split()))
    bodies = _codes(head, gazetteer) or _codes(own, gazetteer)
    body_first = not is_person(fields[0]) or (len(fields) > 2 and is_person(fields[1]))  # Body | Person | Office
    if not bodies and len(fields) > 1 and body_first and (is_organisation or not is_officer):
        bodies = [gazetteer.introduce(fields[0])]
    behalf += [code for _, spoken in brackets for code in spoken]
    if (bodies or is_officer) and not is_named:
        behalf += [code for code in inner if bodies and code not in bodies]
    else:
        bodies = bodies or inner
    of = _OF_BODY.search(own) if OFFICE.search(own) else None
    is_new = is_organisation and " " in own and not is_heading and not own.isupper()
    if (of or is_new) and not bodies and not is_officer:
        bodies = [gazetteer.introduce(of[1] if of else own)]
    if not bodies and not is_officer and text not in known and not (is_named and (is_titled or len(fields) > 1)):
        return None
    name = surname(next(filter(is_person, fields), own)) if is_named else ""
    return Label(tuple(dict.fromkeys(bodies)), tuple(dict.fromkeys(behalf)), is_officer and not bodies, name)


def _codes(text: str, gazetteer: Gazetteer) -> list[str]:
    return [found.code for found in gazetteer.find(text)]


def _split_behalf(text: str, gazetteer: Gazetteer) -> tuple[str, list[str]]:
    """Part a label before ``on behalf of``: what names the speaker, and the bodies spoken for."""
    for match in _FOR.finditer(text):
        if match[0].lower() not in ("for", "pour") or not OFFICE.search(text[: match.start()]):
            codes = _codes(text[match.end() :], gazetteer)
            return (text[: match.start()].strip(" ,"), codes) if codes else (text, [])
    return text, []


def _reads_as_label(own: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text has no word but names, offices and what joins them."""
    rest = own
    for found in reversed(gazetteer.find(own)):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    rest = re.sub(r"\b(of|for|from|de|du)\s+[a-z]+(?=\s[A-Z])", r"\1", rest)
    words = [word.strip(".,'\"") for word in re.split(r"[\s|/]+", rest)]
    small = [word for word in words if word[:1].islower() and word.lower() not in _LOWER]
    return all(OFFICE.fullmatch(word) or OFFICER.fullmatch(word) for word in small)


def surname(text: str) -> str:
    """Return the last name of a person, case folded, ``""`` where there is none."""
    names = [word for word in re.findall(r"[^\W\d_][\w'-]*", re.split(r",|\(", text)[0]) if not TITLE.fullmatch(word)]
    return names[-1].casefold() if names else ""
