"""Read the lists of speakers with which paragraphs open, people with their offices and names after a colon; names in capitals."""

import re
from collections.abc import Sequence

from gfmd_analysis.draft.actors import Gazetteer, is_body
from gfmd_analysis.draft.labels import surname
from gfmd_analysis.draft.vocabulary import OFFICE, SMALL, is_person

_CAP = r"(?:[A-ZÀ-Ý][\w'&./-]*\w|[A-ZÀ-Ý]\b)"

_PERSON = rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|M|Mme|H\.E)\.?\s+)?{_CAP}(?:\s+(?:[a-z]{{2,3}}\s+)?{_CAP}){{1,3}}"

_ONE = rf"{_PERSON}(?:,\s+[^,.:]+?){{1,3}}"

_PEOPLE = re.compile(rf"({_ONE}(?:,?\s+(?:and|et)\s+{_ONE})*),\s+(?=[a-zà-ÿ])")

_OFFICE = re.compile(rf"\b(?:{OFFICE.pattern}|on behalf of|for|representing|au nom d\w*|pour|en nombre de)\b", re.I)

_OF = r"\b(?:from|of|at|for|de|du|des|d'|chez|pour)\s+(?:the |la |le |l')?"

_LIST = re.compile(r"[^:.]{4,160}:\s+([^.:;]+(?:;[^.:;]+)*)\.?$")

# a name in capitals with which a sentence begins, and a verb after it
_CAPITALS = re.compile(
    r"(?:^|[.;!?]\s+)(?:The |L[ae]s? |L')?"
    r"((?:[A-Z][A-Z&'/-]{2,}s?|UN)(?:\s(?:[A-Z][A-Z&'/-]+s?|of|for|and))*(?<! of)(?<! for)(?<! and)!?)\s+"
    r"(?!(?:and|or|is|are|was|were|has|have|had|will|would|can|could|should|may|must|be|of|for|on|in|at|to|by|et|ou|est|sont|a|ont)\b)[a-z]{3,}"
)

_NAME = rf"{_CAP}(?:\s(?:{_CAP}|(?:of|for|and|the|on|de|des|du|la|les)(?=\s)))*"

# a body that speaks for another, and the other: "Friends of the Canal, for the CREWS, warned"
_FOR_ANOTHER = re.compile(
    rf"(?:^|[.;!?]\s+)(?:The |L[ae]s? |L')?({_NAME}),\s+(?:for|on behalf of|au nom d(?:e la|e l'|es|e|u|'))\s*(?:the )?"
    rf"([^,.;()]{{3,60}}?)(?:\s\([^()]*\))?,\s+(?=[a-zà-ÿ])"
)

_BETWEEN = re.compile(r"[;,]\s*(?:and\s+|et\s+|y\s+)?|\s+(?:and|et|y)\s+(?=[A-ZÀ-Ý]|the |l[ae]s? )")


def people_named(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """Find the people who open a paragraph: ``Jane Doe, partner at X, and John Roe, Y Director, said``.

    Returns
    -------
    list of tuple of str
        Surname, case folded, and code of the body; an unknown body is added to the gazetteer.
    """
    match = _PEOPLE.match(text)
    begins = any(found.start <= len("The ") for found in gazetteer.find(text[:40]))
    if not match or begins or match[1].split()[0].lower() in SMALL:
        return []
    people = []
    for each in re.finditer(rf"{_PERSON},\s+(.+?)(?=,?\s+(?:and|et)\s+{_PERSON},|$)", match[1]):
        if not _OFFICE.search(each[1]) and not each[1][:1].isupper():
            continue
        of = re.search(rf"{_OF}(?=\S)(.+)", each[1])
        words = (of[1] if of else re.sub(rf"\s*\b(?:{OFFICE.pattern})\b.*", "", each[1], flags=re.I)).strip()
        known = [found for found in gazetteer.find(words) if found.end == len(words)]
        bare = re.sub(r"\s+(?:UK|US|USA|EU)$", "", words)
        if known and (known[0].start == 0 or re.search(rf"(?:{_OF}|,\s+)$", words[: known[0].start])):
            people.append((surname(each[0]), known[0].code))
        elif bare[:1].isupper() and len(bare.split()) < 9:
            people.append((surname(each[0]), gazetteer.introduce(bare)))
    return people


def introduce_speakers(texts: Sequence[str], headings: str, gazetteer: Gazetteer) -> None:
    """Add to a gazetteer the unknown bodies that speak for others, and, where a report sets speakers in capitals, names so set.

    A report does where two known bodies begin sentences in capitals. A name that stands in a heading is an organ of the
    meeting, which does not speak.
    """
    for text in texts:
        for name, other in _FOR_ANOTHER.findall(text):
            if not (gazetteer.find(name) or is_person(name) or OFFICE.search(name)) and is_body(name, held=True):
                gazetteer.introduce(name)
            if other[0].isupper() and not gazetteer.find(other):
                gazetteer.introduce(other)
    names = {match[1] for text in texts for match in _CAPITALS.finditer(text)}
    known = {gazetteer.code(name) for name in names if len(name) > 3} - {""}
    for name in sorted(names if len(known) > 1 else ()):
        if re.search(rf"\b{re.escape(name)}\b", headings):
            gazetteer.organs.add(name)
        elif not gazetteer.find(name) and is_body(name, held=True):
            gazetteer.introduce(name)


def listed_speakers(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the bodies of a list of speakers: a sentence of which nothing but names follows the colon."""
    match = _LIST.match(text)
    names = [name for name in _BETWEEN.split(match[1]) if name.strip()] if match else []
    named = [(name, gazetteer.code(re.sub(r"\s*\(.*?\)", "", name))) for name in names]
    if len(named) < 2 or sum(bool(code) for _, code in named) * 2 < len(named):
        return ()
    return tuple(dict.fromkeys(code or gazetteer.introduce(name) for name, code in named))
