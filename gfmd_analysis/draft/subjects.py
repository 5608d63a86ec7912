"""Read a noun phrase as a speaker: the bodies in it, what kind of speaker it is, and the person's name or office."""

import re
from collections.abc import Set
from itertools import pairwise
from typing import Any

from gfmd_analysis.draft.actors import demonym, is_body
from gfmd_analysis.draft.labels import surname
from gfmd_analysis.draft.passages import Passage
from gfmd_analysis.draft.vocabulary import OFFICE, OFFICER, ORGANISATION, SAYING, SEVERAL, TITLE

KINDS = ("body", "new", "saying", "officer", "person", "surname", "some", "several", "other")

LONGEST_OPENING = 200

_ARTICLES = frozenset(["the", "la", "le", "les", "l'", "el", "los", "las"])

_JOINS = frozenset(["of", "for", "and", "de", "des", "du", "on", "in", "pour"])

_ONE = frozenset(["one", "a", "an", "another", "un", "une", "una", "otro", "otra"])

_SOME = frozenset([
    "several", "some", "many", "most", "other", "others", "various", "numerous", "different", "certain", "plusieurs", "certains", "certaines",
    "d'autres", "nombreux", "nombreuses", "quelques", "varios", "varias", "algunos", "algunas", "muchos", "muchas", "otros", "otras"
])  # fmt: skip

_NUMBER_OF = re.compile(r"(?i)number|majority|handful|range|group|nombre|majorité|poignée|groupe|número|mayoría|grupo")

# how a body hangs on what it has or what is named after it (Peru's raid)
_MODIFIES = ("poss", "compound", "amod", "nmod:poss")

# what tells which of many: without it a plural is all of them
_NARROWS = ("det", "poss", "nummod", "case", "nmod:poss")

# a name that its acronym leads: ICLEI-Local Governments for Sustainability
_GLUED = re.compile(r"[A-Z]{2,}-[A-Z][a-z]")

_NAMES = ("compound", "flat", "flat:name", "amod", "nmod")

_TELLS = ("acl", "relcl", "acl:relcl", "advcl")

_PLAIN_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ'-]+|[A-Z]\.|de|du|van|der|el")

_OF_BODY = re.compile(
    r"\s(?:of|from|for|de|du|des|pour|del)\s+(?:(?:the|la|le|les)\s+|l')?"
    r"((?:[A-ZÀ-Ý]|\w+(?=\s[A-ZÀ-Ý]))[\w'&./-]*(?:\s(?:[A-ZÀ-Ý][\w'&./-]*|(?:of|for|and(?=\s[A-Z])|de|des|du|la|les?|on|in)\b))*)"
)

_AFTER_PERSON = re.compile(
    r",\s((?:[A-ZÀ-Ý][\w'&./-]*)(?:\s(?:[A-ZÀ-Ý][\w'&./-]*|of|for|and|the|de|des|du|la|les?|pour|et))*),\s"
)


def bodies_of(subject: Any, passage: Passage, aside: Set[int]) -> tuple[tuple[str, ...], str, str]:
    """Read a noun phrase, whose parts ``and`` or commas join.

    Parameters
    ----------
    subject
        Its head, as the parser has it.
    passage
        The passage; a body that is met for the first time is added to its gazetteer.
    aside
        Where bodies stand that are spoken for or thanked, and do not speak.

    Returns
    -------
    tuple
        Codes of the bodies; the kind, as in :class:`gfmd_analysis.draft.grammar.Clause`; the name of a person or an office.
    """
    heads, units = [subject], passage.units.keys()
    for head in heads:
        heads += [it for it in head.children if it.dep_ == "conj" or (it.dep_ == "appos" and {it.i, head.i} <= units)]
    beside = {token for token, unit in passage.units.items() if unit.name in aside}
    read = [_of_head(head, passage, aside) for head in heads if head.i not in beside]
    codes = tuple(dict.fromkeys(code for found, _, _ in read for code in found))
    kinds = {kind for _, kind, _ in read}
    return codes, next((kind for kind in KINDS if kind in kinds), "other"), next((n for _, _, n in read if n), "")


def _of_head(head: Any, passage: Passage, aside: Set[int]) -> tuple[list[str], str, str]:
    """Read one part of a phrase: codes of bodies, the kind, and the name of a person or an office."""
    word, units = head.text, passage.units
    if head.i in units:
        return list(units[head.i].codes), "body", units[head.i].person
    if SAYING.fullmatch(word):
        owners = [each for each in head.children if each.i in units and each.dep_ in _MODIFIES]
        if owners and not OFFICE.fullmatch(word):
            return list(units[owners[0].i].codes), "saying", ""
        acts = [act for act in head.children if act.dep_ in ("acl", "acl:relcl")]
        if by := [each.i for act in acts for each in act.subtree if each.i in units]:
            return list(units[by[0]].codes), "body", ""
    people = demonym(word) if word[:1].isupper() else ""
    if people and any(child.lower_ in ("the", "les", "los") for child in head.children):
        return [people], "body", ""
    phrase = _phrase(head, passage)
    words = [] if _GLUED.match(phrase) else phrase.split()
    is_office = bool(words and OFFICE.fullmatch(word))
    is_officer, held, is_organisation = (any(map(kind.fullmatch, words)) for kind in (OFFICER, OFFICE, ORGANISATION))
    is_held = is_office or is_officer or (held and not is_organisation)
    is_named = head.pos_ == "PROPN" or any(TITLE.fullmatch(each.text) for each in head.children)
    inner = _inside(head, passage, aside, is_held) if is_office or is_officer or is_named else []
    if inner:
        return inner, "body", ""
    if is_officer:
        return [], "officer", word
    if is_office and (unknown := _introduced(_OF_BODY, head, passage, held=True)):
        return [unknown], "body" if passage.places[head.i] < LONGEST_OPENING else "new", ""
    before = {word.lower(), *(child.lower_ for child in head.children if child.i < head.i)}
    are_speakers = any(kind.fullmatch(each.text) for each in head.subtree for kind in (OFFICE, SEVERAL))
    if before & _SOME or (_NUMBER_OF.fullmatch(word) and before & _ONE and are_speakers):
        return [], "several", ""
    if is_office or (words and SEVERAL.fullmatch(word)):
        is_bare = head.morph.get("Number") == ["Plur"] and not any(each.dep_ in _NARROWS for each in head.children)
        return [], "some" if before & _ONE else "several" if is_bare else "other", ""
    if not is_named:
        return [], "other", ""
    is_person = _is_person(head, phrase)
    if is_person and " " in phrase and (named := _introduced(_AFTER_PERSON, head, passage, held=False)):
        return [named], "body", surname(phrase)
    if is_held:
        acronym = re.match(r"(?:[A-Z]{3,}\s)+", phrase)
        return ([passage.gazetteer.introduce(acronym[0])], "body", "") if acronym else ([], "person", surname(phrase))
    if not is_person and phrase not in passage.gazetteer.organs and is_body(phrase, held=False):
        return [passage.gazetteer.introduce(phrase)], "new", ""
    return [], "person" if is_person and " " in phrase else "surname", word


def _inside(head: Any, passage: Passage, aside: Set[int], held: bool) -> list[str]:
    """Find the bodies that an office or a person is said to be of: before it, after ``of``, in brackets, in apposition."""
    codes: list[str] = []
    if held:
        before = [each for each in head.children if each.i < head.i and each.dep_ in (*_MODIFIES, "nmod")]
        codes = [code for each in before if each.i in passage.units for code in passage.units[each.i].codes]
        codes += _people_beside(head, passage)
    # a participle or relative clause tells something else, what is joined stands by itself
    others = [each for each in head.subtree if each.dep_ in _TELLS or (each.dep_ == "conj" and each.head == head)]
    edge = min((each.left_edge.i - 1 for each in others if each.i > head.i), default=head.right_edge.i)
    for child in head.subtree:
        is_inside = head.i < child.i <= edge and child.i in passage.units and passage.units[child.i].name not in aside
        if is_inside and (child.dep_ not in _MODIFIES or child.head == head):
            codes += passage.units[child.i].codes
    return codes


def _people_beside(head: Any, passage: Passage) -> list[str]:
    """Find the states whose people stand beside an office (``the British and South African delegations``)."""
    place = passage.places[head.i]
    words = re.findall(r"[\w'-]+", passage.text[passage.places[head.left_edge.i] : place])
    words += re.findall(r"[\w'-]+", passage.text[place:])[1:2] if passage.doc.lang_ != "en" else []
    double = {f"{a} {b}": code for a, b in pairwise(words) if (code := demonym(f"{a} {b}"))}
    single = [word for word in words if not any(word in pair.split() for pair in double)]
    return [*double.values(), *filter(None, map(demonym, single))]


def _phrase(head: Any, passage: Passage) -> str:
    """Return a proper name's words as the text has them, from its first capital to its last."""
    doc, words = passage.doc, sorted(head.subtree, key=lambda token: token.i)
    left = [each.i for each in words if each.i < head.i and each.dep_ in _NAMES and each.text[:1].isupper()]
    begin = min(left, default=head.i)
    end = head.i
    for each in words:
        if each.i == end + 1 and each.i not in passage.units and (each.text[:1].isupper() or each.lower_ in _JOINS):
            end = each.i
    while end > head.i and not doc[end].text[:1].isupper():
        end -= 1
    if not any(ORGANISATION.fullmatch(each.text) for each in doc[begin : end + 1]):
        end = next((each.i - 1 for each in doc[begin:end] if each.lower_ == "and"), end)
    return passage.text[passage.places[begin] : passage.places[end] + len(doc[end])]


def _is_person(head: Any, phrase: str) -> bool:
    """Return whether a name is of the form of a person's: titled, or plain words without article or word for an organisation."""
    words = phrase.split()
    is_other = any(map(ORGANISATION.fullmatch, words)) or any(child.lower_ in _ARTICLES for child in head.children)
    is_plain = all(map(_PLAIN_NAME.fullmatch, words)) and (len(words) < 3 or any(word[0].islower() for word in words))
    return any(TITLE.fullmatch(child.text) for child in head.children) or (is_plain and not is_other)


def _introduced(form: re.Pattern[str], head: Any, passage: Passage, *, held: bool) -> str:
    """Introduce the unknown body that a form finds after a word: whose office is held, or between commas after a person.

    ``the representative of Desmond Tutu Foundation``; ``Ann Roe, Harbour Light Consortium, said``.
    """
    match = form.match(passage.text, passage.places[head.i] + len(head.text))
    name = re.sub(r"(?:\s(?:of|for|and|de|des|du|la|les?|on|in))+$", "", match[1]) if match else ""
    is_office = not held and any(kind.fullmatch(word) for kind in (OFFICE, OFFICER) for word in name.split()[:1])
    return passage.gazetteer.introduce(name) if name and not is_office and is_body(name, held=held) else ""
