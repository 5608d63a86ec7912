"""Find the clauses of a passage and the bodies in their subjects: who can be said to speak, and for whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gfmd_analysis.draft.actors import Found, Gazetteer
from gfmd_analysis.draft.language import load_model
from gfmd_analysis.draft.passages import Passage, next_body, prepared
from gfmd_analysis.draft.subjects import bodies_of
from gfmd_analysis.draft.vocabulary import THE

_VIEW = re.compile(
    rf"(?i)(?:for|as for|according to|in the view of|pour|selon|d'après|quant à|de l'avis de|para|según|en cuanto a)\s+{THE}(?=\S)"
)

_BEHALF = re.compile(
    r"(?i)(?:\b(?:on|in) behalf of|\bsp(?:eaking|oke|eaks) (?:\w+ )?for|\brepresenting|\bas (?:the )?(?:\w+ )?(?:chair|coordinator|president|spokesperson) (?:of|for)|\bchairing|(?:^|,)\s*(?:also )?for|"
    r"\bau nom d(?:e la|e l'|es|e|u|')|\ben nombre de(?:l| la| los| las)?|,\s*pour|(?:^|,)\s*por)\s*(?=\S)"
)

_BEHALF_AFTER = re.compile(r"(?i)[^.,;:]{0,40}?\b(?:on behalf of|au nom d|en nombre de|(?<=spoke )for|(?<=speaks )for)")

_GOES_ON = re.compile(  # a list: "and X", or a comma after which it ends in "and X," before the verb
    r"\s*(?:and|et|y|&|/)|(?!,\s[a-z]+ed by)(?:,\s[^,;:.]{2,40}){1,12}?,?\s(?:and|et|y)\s[^,;:.]{2,40}(?:,|$)"
)

_LEAD = re.compile(r"[A-ZÀ-Ý]\w+(?:ing|ant|ando|iendo|[éá]ndose)\s+(?!on behalf|for\b|au nom|en nombre)[^,.;]{2,80},\s")

_FUTURE = frozenset(["will", "shall", "'ll"])

_CONTENT = frozenset(["had", "would", "should", "could", "can", "may", "might", "must", "'d"])

_WITH = frozenset(["with", "avec", "con"])

_WHILE = frozenset(["while", "whereas", "although", "though", "tandis", "alors", "mientras"])

_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass", "nsubj:caus", "expl:subj", "expl", "csubj")

_PASSIVE = ("nsubjpass", "nsubj:pass")

_OBJECTS = ("dobj", "prep", "xcomp", "ccomp")

_ACTS = ("acl", "relcl", "acl:relcl")

_VERBS = ("VERB", "AUX")

FARTHEST_BEHALF = 200


Behalf = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Clause:
    """A clause: where it begins, the bodies in its subject, the kind of subject, for whom, and how sure.

    ``kind`` is ``body``, ``new`` (a body met for the first time), ``person`` (nobody knows whose), ``officer`` (who
    presides), ``some`` (a speaker without a name), ``several`` (more than one), ``agent`` (a body by whom something was done), ``saying`` (a body's
    statement or proposal), ``surname``, ``unread`` (a sentence without a subject), ``heading`` (without a verb) or ``other``; ``form`` the verb's: ``past``, ``present``, ``perfect``, ``state`` (to be) ``future`` or ``content``
    (a tense of what is reported: had, would). ``behalf`` has for whom, each with the one of several bodies that does, ``""`` for all.
    """

    start: int
    kind: str
    bodies: tuple[str, ...] = ()
    behalf: Behalf = ()
    form: str = "past"
    name: str = ""


def clauses(texts: Sequence[str], language: str, gazetteer: Gazetteer) -> list[list[Clause]]:
    """Find the clauses of each text that have a subject, in order.

    Parameters
    ----------
    texts
        Passages, normalised, without labels, their apostrophes straight.
    language
        ``en``, ``fr`` or ``es``.
    gazetteer
        Known names; bodies that are met as subjects are added.

    Raises
    ------
    GfmdError
        Where the language's model is not installed.
    """
    nlp = load_model(language)
    passages = [prepared(nlp, text, gazetteer) for text in texts]
    parsed = zip(passages, nlp.pipe([each.doc for each in passages], batch_size=64), strict=True)  # the docs themselves
    return [[clause for sentence in doc.sents for clause in _of_sentence(sentence, passage)] for passage, doc in parsed]


def _of_sentence(sentence: Any, passage: Passage) -> Iterator[Clause]:
    begin = passage.place(sentence.start)
    view = _VIEW.match(passage.text, begin)
    seen = [each for each in passage.found if view and each.start == view.end()]
    if seen and passage.text.startswith(",", seen[0].end):
        yield Clause(begin, "body" if begin == 0 else "agent", (seen[0].code,))
        return
    told = [(subject, verb, verb) for verb in _verbs(sentence.root) if (subject := _subject_or_agent(verb, passage))]
    found = [(each[0].left_edge.i, _clause(*each, sentence, passage)) for each in told]
    beside = [each for each in _beside(sentence) if each[0].i in passage.units]
    found += [(min(each[0].left_edge.i, each[1].left_edge.i), _clause(*each, sentence, passage)) for each in beside]
    if not any(clause.bodies or clause.kind in ("officer", "some") for _, clause in found):
        found = [(sentence.start, clause) for clause in _presented(sentence, passage)][:1] or found
    for number, (token, clause) in enumerate(sorted(found, key=lambda each: each[0])):
        token -= number and passage.doc[token - 1].pos_ == "DET"
        yield replace(clause, start=passage.place(token) if number else begin)
    if not found:
        behalf = _behalf(passage, 0, FARTHEST_BEHALF) if begin == 0 else []
        kind = "unread" if any(each.pos_ in _VERBS for each in sentence) else "heading"
        yield Clause(begin, kind, behalf=tuple(dict.fromkeys(("", each.code) for _, each in behalf)))


def _verbs(root: Any) -> list[Any]:
    """Return the verbs of a sentence's main clauses, of those with ``while``, and those that the parser puts below them."""
    verbs = [root]
    for verb in verbs:
        verbs += [
            child
            for child in verb.children
            if (child.dep_ in ("conj", "parataxis") and child.pos_ in _VERBS)
            or (child.dep_ == "advcl" and (_is_inverted(child) or _WHILE & {each.lower_ for each in child.children}))
            or (child.dep_ == "ccomp" and child.i < verb.i and not _subjects(verb))  # X noted this, stressed that
            or (child.dep_ in _ACTS and verb == root and verb.pos_ not in _VERBS and not _subjects(verb))
        ]
    return verbs


def _is_inverted(verb: Any) -> bool:
    """Return whether the subject follows the verb (``as did Malawi``)."""
    return any(child.dep_ == "nsubj" and child.i > verb.i for child in verb.children)


def _beside(sentence: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Find who does something beside the main clause: ``with Samoa suggesting …``, ``…, which Chile opposed``.

    So does who comes before a comma where the parser takes the one for what the other says (``Peru asked, Chile opposed
    it``), and who stands before a verb that it takes for an adjective (``the EU preferred text``). Yields the subject, its
    verb, and the verb that has the tense.
    """
    for verb in sentence:
        subject = next((each for each in verb.children if each.dep_ == "nsubj"), None)
        after_comma = verb.doc[verb.left_edge.i - 1].text == ","
        if subject and (
            (verb.dep_ in _ACTS[1:] and after_comma)
            or (verb.dep_ == "conj" and (_form(verb.head), _form(verb)) == ("content", "past"))
            or (verb.dep_ == "ccomp" and (after_comma or verb.i < verb.head.i) and _is_whole(verb.head, verb))
        ):
            yield subject, verb, verb
        if verb.dep_ == "amod" and verb.pos_ == "VERB" and verb.i > sentence.start:
            yield verb.nbor(-1), verb, verb
        if verb.morph.get("Tense") == ["Pres"] and verb.morph.get("VerbForm") == ["Part"]:
            before = {verb.head.lower_, verb.head.head.lower_, *(each.lower_ for each in verb.head.children)}
            if subject and (verb.dep_ == "advcl" or (verb.dep_ == "pcomp" and before & _WITH)):
                yield subject, verb, sentence.root
            elif verb.dep_ == "acl" and before & _WITH:
                yield verb.head, verb, sentence.root


def _presented(sentence: Any, passage: Passage) -> Iterator[Clause]:
    """Find bodies that a sentence presents and then tells of: ``next was Libya, which asked``."""
    for token in sentence:
        acts = [each for each in token.children if each.dep_ in _ACTS[1:] and _subjects(each)]
        if acts and token.i in passage.units and (token.dep_ in ("attr", "dative") or token.head.dep_ == "dative"):
            yield Clause(0, "body", passage.units[token.i].codes, (), _form(acts[0]))


def _is_whole(verb: Any, other: Any) -> bool:
    """Return whether a verb has its object without another clause, which no conjunction puts below it."""
    return "mark" not in _parts(other) and any(each.dep_ in _OBJECTS and each != other for each in verb.children)


def _parts(verb: Any) -> set[str]:
    """Return what the words below a verb are to it."""
    return {child.dep_ for child in verb.children}


def _subjects(verb: Any) -> list[Any]:
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    return [child for child in found if not child.dep_.startswith("expl")] or found


def _subject_or_agent(verb: Any, passage: Passage) -> Any:
    """Return the subject, of two the one that is a body; in the passive the agent; of a clause below a noun that noun."""
    if verb.dep_ in _ACTS:
        return verb.head
    agents = [each for by in verb.children for each in by.children if (by.dep_, each.dep_) == ("agent", "pobj")]
    agents += [child for child in verb.children if child.dep_ == "obl:agent"]
    found = _subjects(verb)
    return next(iter([*agents, *(each for each in found if each.i in passage.units), *found]), None)


def _clause(subject: Any, verb: Any, tense: Any, sentence: Any, passage: Passage) -> Clause:
    text = passage.text
    begin = passage.place(sentence.start if verb == sentence.root else subject.left_edge.i)
    end = passage.place(max(subject.right_edge.i, verb.i if subject.i < verb.i else 0) + 1)
    behalf = _behalf(passage, begin, end)
    if not behalf and _BEHALF_AFTER.match(text, end - 1):
        behalf = _behalf(passage, end - 7, end + FARTHEST_BEHALF)
    lead = _LEAD.match(text, passage.place(sentence.start))
    aside = {each.start for _, each in behalf}
    aside |= {each.start for each in passage.found if lead and lead.start() <= each.start < lead.end()}
    bodies, kind, name = bodies_of(subject, passage, aside)
    if subject.dep_ in _PASSIVE:
        bodies, kind = (), "other"
    is_agent = subject.dep_ == "obl:agent" or subject.head.dep_ == "agent"
    if is_agent and kind in ("body", "officer") and not _parts(verb) & {"ccomp", "xcomp"}:
        kind = "agent" if bodies else "other"
    said = [each for each in passage.found if each.code in bodies]
    whose = {place: next((each.code for each in reversed(said) if each.start < place), "") for place, _ in behalf}
    given = dict.fromkeys((whose[place], each.code) for place, each in behalf if each.code not in bodies)
    return Clause(0, kind, bodies, tuple(given), _form(tense), name)


def _behalf(passage: Passage, begin: int, end: int) -> list[tuple[int, Found]]:
    """Find the bodies for which someone speaks: those that follow ``on behalf of``, one after the other, and where that is."""
    spoken: list[tuple[int, Found]] = []
    for match in _BEHALF.finditer(passage.text, begin, end):
        place = match.end()
        last = next((last for first, last in passage.asides if first <= match.start() < last), end)
        inside = [each for each in passage.found if begin <= each.start < min(last, end)]
        while body := next_body(passage.text, inside, place):
            spoken.append((match.start(), body))
            place = body.end
            if not _GOES_ON.match(passage.text[place:]):
                break
    return spoken


def _form(verb: Any) -> str:
    """Return the form of a verb in the tense of a report, ``content`` where its tense is of what is reported."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:tense", "cop", "auxpass", "aux:pass")]
    words = {each.lower_ for each in helpers}
    tenses = [(each.morph.to_dict().get("Tense"), each.morph.to_dict().get("Mood")) for each in (verb, *helpers)]
    if words & _FUTURE or any(tense == "Fut" for tense, _ in tenses):
        return "future"
    if words & _CONTENT or any(mood == "Cnd" or tense == "Imp" for tense, mood in tenses):
        return "content"
    if "cop" in _parts(verb) or (verb.pos_ == "AUX" and verb.lower_ in ("is", "are", "was", "were")):
        return "state"
    if words & {"has", "have"}:
        return "perfect"
    compound = helpers and tenses[1][0] == "Pres" and "Part" in verb.morph.get("VerbForm")
    return "past" if compound or tenses[0][0] == "Past" else "present"
