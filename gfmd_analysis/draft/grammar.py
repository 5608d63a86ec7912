"""Parse passages and find, clause by clause, which bodies are the subject: who can be said to speak, and for whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from gfmd_analysis.draft.actors import Found, Gazetteer, is_body
from gfmd_analysis.draft.language import load_model
from gfmd_analysis.draft.vocabulary import OFFICE, OFFICER, ORGANISATION, PLAIN_NAME, SAYING, SEVERAL, TITLE

_VIEW = re.compile(
    r"(?:for|as for|according to|in the view of|pour|selon|d'après|quant à|de l'avis de|para|según|en cuanto a)\s+"
    r"(?:(?:the|la|le|les|el|los|las)\s+|l')?(?=\S)",
    re.IGNORECASE,
)


_BEHALF = re.compile(
    r"(?:\b(?:on|in) behalf of|\bsp(?:eaking|oke|eaks) (?:\w+ )?for|\brepresenting|\bas (?:the )?(?:\w+ )?(?:chair|coordinator|president|spokesperson) (?:of|for)|\bchairing|(?:^|,)\s*(?:also )?for|"
    r"\bau nom d(?:e la|e l'|es|e|u|')|\ben nombre de(?:l| la| los| las)?|,\s*pour|(?:^|,)\s*por)\s*(?=\S)",
    re.IGNORECASE,
)

_BEHALF_AFTER = re.compile(
    r"[^.,;:]{0,40}?\b(?:on behalf of|au nom d|en nombre de|(?<=spoke )for|(?<=speaks )for)", re.IGNORECASE
)


_PERSON_BEFORE = re.compile(
    rf"(?:(?:(?-i:{TITLE.pattern})\s+)+(?:{PLAIN_NAME}\s+)*|(?:[A-ZÀ-Ý][\w'’-]*\.?\s+)(?:{PLAIN_NAME}\s+)*){PLAIN_NAME}\s*$"
)

_OFFICE_BEFORE = re.compile(
    rf"(?:\b(?:[Tt]he|[Aa]n?|[Ll][ea]s?|[Ee]l|[Ll]os|[Ll]as|[Uu]ne?)\s+(?:(?!and\b|et\b|y\b|of\b|by\b|to\b)[\w-]+\s+){{0,2}}?|\b[Ll]'|\b)"
    rf"(?:(?i:{OFFICE.pattern})|[Ss]ecretariat|SECRETARIAT)\s+(?:of|from|for|de|du|des|d'|del|pour)\s*(?:(?:the|la|le|les|el|los|las)\s+|l')?(?:[Ss]tate of |Government of )?$",
)

_LEAD = re.compile(
    r"[A-ZÀ-Ý]\w+(?:ing|ant|ando|iendo|éndose|ándose)\s+(?!on behalf|for\b|au nom|en nombre)[^,.;]{2,80},\s"
)

_AND = re.compile(
    r"\s*(?:,|/|;)?\s*(?:(?:and|et|y|e|&|as well as|also|de|d'|du|des|for|of)\s+)*(?:(?:the|la|le|les|el|los|las)\s+|l')?",
    re.I,
)

_CONTENT_AUX = frozenset(
    ["had", "would", "will", "should", "could", "can", "may", "might", "must", "shall", "'d", "'ll"]
)

_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass", "nsubj:caus", "expl:subj", "expl", "csubj")

LONGEST_OPENING = 200


# what stands between commas after a speaker and names others: for whom, with whom, by whom supported
_ASIDE = re.compile(
    r",\s+(?:(?:and|but|et|y)\s+)?(?:(?:also\s+)?(?:speaking|intervening|s'exprimant|intervenant|hablando|interviniendo)\s+)?(?:also\s+|également\s+|también\s+)?"
    r"(?:for|on behalf of|(?:in (?:its|his|her|their) capacity )?as [\w ]{3,30} (?:of|for)|with|together with|\w+ed by|"
    r"au nom d(?:e la|e l'|es|e|u|')|pour|avec|\w+[ée]e?s? par|en nombre de(?:l| la| los| las)?|por|con|\w+ad[oa]s? por)\s*(?=\S)",
    re.IGNORECASE,
)

_WHILE = frozenset(["while", "whereas", "although", "though", "tandis", "alors", "mientras"])


@dataclass(frozen=True)
class Clause:
    """A clause: where it begins, the bodies in its subject, the kind of subject, for whom, and how sure.

    ``kind`` is ``body``, ``new`` (a body met for the first time), ``person`` (nobody knows whose), ``officer`` (who
    presides), ``some`` (a speaker without a name), ``agent`` (a body by whom something was done), ``saying`` (a body's
    statement or proposal), ``surname``, ``unread`` (a sentence without a subject), ``heading`` (without a verb) or ``other``; ``form`` the verb's: ``past``, ``present``, ``perfect``, ``state`` (to be) ``future`` or ``content``
    (a tense of what is reported: had, would). ``spokesman`` is the one of several bodies that speaks for others.
    """

    start: int
    kind: str
    bodies: tuple[str, ...] = ()
    behalf: tuple[str, ...] = ()
    form: str = "past"
    name: str = ""
    spokesman: str = ""


@dataclass(frozen=True)
class _Unit:
    """What the parser reads as one name: a body, someone who holds an office of it, a person with it in brackets."""

    start: int
    end: int
    codes: tuple[str, ...]
    name: int


def _units(text: str, found: Sequence[Found]) -> Iterator[_Unit]:
    """Put a body and the person or office before it together (``the representative of Peru``, ``Ms. Roe (Peru)``)."""
    past = 0
    for body in found:
        if body.start < past or any(
            each.start > body.end and _OFFICE_BEFORE.search(text, body.start, each.start)
            for each in found
            if each.start < body.end + 12
        ):
            continue
        bracket = text.rfind("(", past, body.start)
        closed = text.find(")", body.end) if bracket >= 0 and ")" not in text[bracket : body.start] else -1
        person = _PERSON_BEFORE.search(text, past, bracket) if closed > 0 else None
        office = _OFFICE_BEFORE.search(text, past, body.start)
        if person and not text[bracket + 1 : body.start].lower().startswith(
            ("on behalf", "for", "au nom", "en nombre")
        ):
            inside = tuple(each.code for each in found if bracket < each.start < closed)
            yield _Unit(person.start(), closed + 1, inside, body.start)
            past = closed + 1
        else:
            yield _Unit(office.start() if office else body.start, body.end, (body.code,), body.start)
            past = body.end


def clauses(texts: Sequence[str], language: str, gazetteer: Gazetteer) -> list[list[Clause]]:
    """Find the clauses of each text that have a subject, in order.

    Parameters
    ----------
    texts
        Passages, normalised, without labels.
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
    read = [_Passage(nlp, text, language, gazetteer) for text in texts]
    for passage, doc in zip(read, nlp.pipe([each.doc for each in read], batch_size=64), strict=True):
        passage.doc = doc
    return [list(passage.clauses()) for passage in read]


class _Passage:
    """A text as the parser reads it: each body's name is one plain word, brackets that name none are left out."""

    def __init__(self, nlp: Any, text: str, language: str, gazetteer: Gazetteer) -> None:
        from spacy.tokens import Doc

        self.text, self.gazetteer = text.replace("’", "'"), gazetteer
        self.found = gazetteer.find(text)
        self.units = list(_units(self.text, self.found))
        self.codes: dict[int, _Unit] = {}
        self.places: list[int] = []
        words: list[str] = []
        spaces: list[bool] = []
        parted: list[int] = []

        def add(start: int, end: int) -> None:
            for token in nlp.tokenizer(self.text[start:end]):
                if not token.is_space:
                    words.append(token.text)
                    spaces.append(bool(token.whitespace_))
                    self.places.append(start + token.idx)
                    if token.text in (";", ":"):
                        parted.append(len(words))

        named = {each.start for each in self.found}
        aside = list(self._asides())
        skipped = aside + [
            match.span()
            for match in re.finditer(r"\s?[(\[][^()\[\]]*[)\]]", self.text)
            if not any(match.start() < place < match.end() for place in named)
        ]
        place = 0
        for start, end, body in sorted(
            [(each.start, each.end, each) for each in self.units] + [(a, b, None) for a, b in skipped],
            key=lambda item: (item[0], -item[1]),
        ):
            if start < place:
                continue
            add(place, start)
            if body:
                self.codes[len(words)] = body
                words.append(_plain_name(words[-1].lower() if words else "", language))
                spaces.append(self.text[end : end + 1] == " ")
                self.places.append(start)
            place = end
        add(place, len(self.text))
        self.doc: Any = Doc(nlp.vocab, words=words, spaces=spaces)
        for place in parted:
            if place < len(words):
                self.doc[place].is_sent_start = True

    def _asides(self) -> Iterator[tuple[int, int]]:
        """Find what stands between commas and only names for whom or with whom someone speaks; it misleads the parser."""
        for match in _ASIDE.finditer(self.text):
            after_body = any(match.start() - 2 <= each.end <= match.start() for each in self.found)
            if not after_body and not re.search(r"[)\w]$", self.text[: match.start()]):
                continue
            end = self._end_of_list(match.end())
            if end and re.match(r"\s?,", self.text[end:]):
                yield match.start(), end + 1

    def _end_of_list(self, place: int) -> int:
        """Return where a list of bodies that begins at a place ends, 0 where none begins there."""
        end = 0
        while True:
            joined = _AND.match(self.text, place)
            starts = (place, joined.end() if joined else place)
            here = next((each for each in self.found if each.start in starts), None)
            if here is None:
                return end
            place = end = here.end
            own = re.match(
                r" and its (?:\d+ )?[Mm]ember [Ss]tates| et ses États membres| y sus Estados [Mm]iembros",
                self.text[place:],
            )
            place = end = end + (own.end() if own else 0)
            if not re.match(r"\s*(?:,|and\b|et\b|y\b|&|/)", self.text[place:]):
                return end

    def clauses(self) -> Iterator[Clause]:
        for sentence in self.doc.sents:
            yield from self._of_sentence(sentence)

    def _of_sentence(self, sentence: Any) -> Iterator[Clause]:
        begin = self._place(sentence.start)
        view = _VIEW.match(self.text, begin)
        seen = [
            each for each in self.found if view and each.start == view.end() and self.text[each.end :].startswith(",")
        ]
        if seen:
            yield Clause(begin, "body" if begin == 0 else "agent", (seen[0].code,))
            return
        heads = [sentence.root]
        for head in heads:
            heads += [
                child
                for child in head.children
                if (child.dep_ in ("conj", "parataxis") and child.pos_ in ("VERB", "AUX"))
                or (child.dep_ == "advcl" and any(each.lower_ in _WHILE for each in child.children))
            ]
        if sentence.root.pos_ not in ("VERB", "AUX") and not _subject(sentence.root):
            acts = [each for each in sentence.root.children if each.dep_ in ("acl", "relcl", "acl:relcl")]
            if acts:
                yield self._clause(self._place(sentence.start), sentence.root, acts[0], sentence)
                return
        found = [
            (subject.left_edge.i, self._clause(0, subject, head, sentence))
            for head in heads
            if (subject := self._subject_of(head)) is not None
        ]
        if not any(clause.bodies or clause.kind in ("officer", "some") for _, clause in found):
            for each in sentence:
                acts = [
                    child
                    for child in each.children
                    if child.dep_ in ("relcl", "acl:relcl") and _subject(child) is not None
                ]
                if each.i in self.codes and (each.dep_ in ("attr", "dative") or each.head.dep_ == "dative") and acts:
                    found = [(sentence.start, Clause(0, "body", self.codes[each.i].codes, (), _form(acts[0])))]
        found += [
            (places[0], self._listed_before(places, verb))
            for verb in sentence
            if (places := self._unread_before(verb, heads))
        ]
        first = True
        for place, clause in sorted(found, key=lambda each: each[0]):
            yield replace(clause, start=self._place(sentence.start if first else place))
            first = False
        if first:
            named = self._behalf(begin, begin + LONGEST_OPENING) if begin == 0 else []
            verbs = any(each.pos_ in ("VERB", "AUX") for each in sentence)
            yield Clause(
                begin, "unread" if verbs else "heading", behalf=tuple(dict.fromkeys(each.code for each in named))
            )

    def _unread_before(self, verb: Any, heads: Sequence[Any]) -> list[int]:
        """Find the bodies right before a verb that the parser took for part of an earlier phrase (``targets and Fiji asked``)."""
        lost = verb.dep_ == "ROOT" or (
            verb.dep_ == "ccomp" and verb.head in heads and not any(each.dep_ == "mark" for each in verb.children)
        )
        subject = _subject(verb)
        if (
            not lost
            or _form(verb) != "past"
            or verb.pos_ != "VERB"
            or "Part" in verb.morph.get("VerbForm")
            or (
                subject is not None
                and (verb.dep_ == "ROOT" or any(each.i in self.codes for each in self._joined(subject)))
            )
        ):
            return []
        places: list[int] = []
        for i in range(verb.i - 1, verb.sent.start - 1, -1):
            token = self.doc[i]
            if i in self.codes:
                places.append(i)
            elif not (
                token.pos_ == "ADV"
                or token.lower_ == "others"
                or (token.lower_ in ("and", "et", "y") and self.doc[i + 1].lower_ == "others")
                or (places and token.lower_ in (",", "and", "the", "et", "y", "la", "le", "les", "e"))
            ):
                break
        listed = places[::-1]
        after_that = (
            bool(listed)
            and listed[0] > 0
            and self.doc[listed[0] - 1].lower_ in ("that", "que", "by", "of", "with", "to", "for", "in")
        )
        return [] if after_that or (listed and self._is_modifier(self.doc[listed[-1]])) else listed

    def _listed_before(self, places: Sequence[int], verb: Any) -> Clause:
        bodies = tuple(dict.fromkeys(code for i in places for code in self.codes[i].codes))
        behalf = self._behalf(self.codes[places[-1]].end, self.places[verb.i])
        return Clause(0, "body", bodies, tuple(each.code for each in behalf), _form(verb))

    def _place(self, token: int) -> int:
        return self.places[token] if self.places else 0

    def _subject_of(self, verb: Any) -> Any:
        """Return the subject, in the passive the agent."""
        agents = [
            child
            for each in verb.children
            for child in (each.children if each.dep_ == "agent" else [each])
            if each.dep_ in ("agent", "obl:agent") and child.dep_ in ("pobj", "obl:agent")
        ]
        subject = _subject(verb)
        if subject is not None and (subject.dep_ in ("nsubjpass", "nsubj:pass", "expl", "expl:subj") or agents):
            return (agents or [subject])[0]
        return subject if subject is not None else (agents or [None])[0]

    def _clause(self, start: int, subject: Any, verb: Any, sentence: Any) -> Clause:
        last = max(subject.right_edge.i, verb.i) if subject.i < verb.i else subject.right_edge.i
        begin = self._place(sentence.start if verb == sentence.root else subject.left_edge.i)
        end = self.places[last + 1] if last + 1 < len(self.places) else len(self.text)
        behalf = self._behalf(begin, end)
        if not behalf and _BEHALF_AFTER.match(self.text, end - 1):
            behalf = self._behalf(end - 7, end + 200)
        lead = _LEAD.match(self.text, self._place(sentence.start))
        spoken_for = {each.start for each in behalf} | {
            each.start for each in self.found if lead and lead.start() <= each.start < lead.end()
        }
        bodies, kind, name = self._bodies(subject, spoken_for)
        if kind in ("body", "new", "some", "officer") and subject.dep_ in ("nsubjpass", "nsubj:pass"):
            kind = "other"
        if kind == "body" and (subject.dep_ == "obl:agent" or subject.head.dep_ == "agent") and not _has_content(verb):
            kind = "agent"
        spoken_by = [
            each.code for each in self.found if behalf and each.start < behalf[0].start and each.code in bodies
        ]
        behalf_codes = (
            tuple(dict.fromkeys(each.code for each in behalf if each.code not in bodies))
            if bodies or kind != "other"
            else ()
        )
        return Clause(
            start,
            kind,
            bodies if kind != "other" else (),
            behalf_codes,
            _form(verb),
            name,
            spoken_by[-1] if spoken_by else "",
        )

    def _behalf(self, begin: int, end: int) -> list[Found]:
        """Find the bodies for which someone speaks: those that follow ``on behalf of``, one after the other."""
        inside = [each for each in self.found if begin <= each.start < end]
        spoken: list[Found] = []
        for match in _BEHALF.finditer(self.text, begin, end):
            place = match.end()
            while True:
                joined = _AND.match(self.text, place)
                here = [each for each in inside if each.start in (place, joined.end() if joined else place)]
                if not here:
                    break
                spoken.append(here[0])
                place = here[0].end
                if not re.match(r"\s*(?:,|and|et|y|&|/)", self.text[place:]) or re.match(
                    r",\s+[a-z]+ed by", self.text[place:]
                ):
                    break
                if re.match(r",\s", self.text[place:]) and not self._goes_on(place, inside):
                    break
        return spoken

    def _goes_on(self, place: int, inside: list[Found]) -> bool:
        """Return whether a list that a comma interrupts ends in ``and X,`` before the verb."""
        rest = re.match(r"(?:,\s[^,;:.]{2,40}){1,12}?,?\s(?:and|et|y)\s[^,;:.]{2,40}(?:,|$)", self.text[place:])
        return bool(rest)

    def _bodies(self, subject: Any, excluded: set[int]) -> tuple[tuple[str, ...], str, str]:
        """Read a noun phrase: the bodies in it, and what kind of speaker it is."""
        codes: list[str] = []
        kinds: list[str] = []
        name = ""
        for head in self._joined(subject):
            if head.i in self.codes and self.codes[head.i].name in excluded:
                continue
            found, kind = self._of_head(head, excluded)
            codes += found
            kinds.append(kind)
            name = name or (str(head.text) if kind in ("person", "surname", "officer") else "")
        kind = next(
            (each for each in ("body", "new", "saying", "officer", "person", "surname", "some") if each in kinds),
            "other",
        )
        return tuple(dict.fromkeys(codes)), kind, name

    def _of_head(self, head: Any, excluded: set[int]) -> tuple[list[str], str]:
        if head.i in self.codes:
            if self._is_modifier(head):
                return [], "other"
            return list(self.codes[head.i].codes), "body"
        if SAYING.fullmatch(head.text):
            owner = [each for each in head.children if each.i in self.codes and self._is_modifier(each)]
            if owner and not OFFICE.fullmatch(head.text):
                return list(self.codes[owner[0].i].codes), "saying"
            by = [
                each.i
                for act in head.children
                if act.dep_ in ("acl", "acl:relcl")
                for each in act.subtree
                if each.i in self.codes
            ]
            if by:
                return list(self.codes[by[0]].codes), "body"
        word = head.text
        demonym = self.gazetteer.demonym(word) if word[:1].isupper() else ""
        if demonym and any(child.lower_ in ("the", "les", "los") for child in head.children):
            return [demonym], "body"
        is_office = bool(OFFICE.fullmatch(word)) or bool(OFFICE.fullmatch(word.split("-")[-1]))
        phrase = self._phrase(head)
        is_officer = any(OFFICER.fullmatch(each) for each in (word, *phrase.split()))
        titled = any(TITLE.fullmatch(each.text) for each in head.children)
        proper = head.pos_ == "PROPN" or titled
        if not (is_office or is_officer or proper or SEVERAL.fullmatch(word)):
            return [], "other"
        inner = self._inside(head, excluded, of=is_office or is_officer)
        if inner:
            return inner, "body"
        if is_officer:
            return [], "officer"
        if is_office:
            unknown = self._unknown(head)
            if unknown:
                return [unknown], "body" if self.places[head.i] < LONGEST_OPENING else "new"
            return [], "some" if _is_some(head) else "other"
        if SEVERAL.fullmatch(word):
            return [], "some" if _is_some(head) else "other"
        if not titled and is_body(phrase, held=False) and not self._is_person(head):
            return [self.gazetteer.introduce(phrase)], "new"
        if titled or (len(phrase.split()) > 1 and self._is_person(head)):
            return [], "person"
        return [], "surname"

    def _joined(self, head: Any) -> list[Any]:
        """Return the heads of a phrase that ``and`` or commas join."""
        heads = [head]
        for each in heads:
            heads += [
                child
                for child in each.children
                if child not in heads
                and (child.dep_ == "conj" or (child.dep_ == "appos" and child.i in self.codes and each.i in self.codes))
            ]
        return heads

    def _is_modifier(self, token: Any) -> bool:
        """Return whether a body is only what something has or is named after (``Peru's raid``)."""
        return token.dep_ in ("poss", "compound", "amod", "nmod:poss") and token.head.i > token.i

    def _inside(self, head: Any, excluded: set[int], *, of: bool) -> list[str]:
        """Find the bodies that an office or a person is said to be of: before it, after ``of``, in brackets, in apposition."""
        codes: list[str] = []
        for child in head.children:
            if child.i in self.codes and child.dep_ in ("compound", "amod", "nmod", "poss") and of and child.i < head.i:
                codes += self.codes[child.i].codes
        codes += self._people_before(head) if of else []
        if codes:
            return codes
        edge = min(head.right_edge.i, self._stop(head))
        for child in head.subtree:
            if child.i > edge or child.i <= head.i or child.i not in self.codes or self.codes[child.i].name in excluded:
                continue
            if not self._is_modifier(child) or child.head == head:
                codes += self.codes[child.i].codes
        return codes

    def _people_before(self, head: Any) -> list[str]:
        """Find the states whose people stand before an office (``the British and South African delegations``)."""
        words = re.findall(r"[\w'-]+", self.text[self.places[head.left_edge.i] : self.places[head.i]])
        found = re.findall(r"[\w'-]+", self.text[self.places[head.i] :])[1:2] if self.doc.lang_ != "en" else []
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        double = {pair: code for pair in pairs if (code := self.gazetteer.demonym(pair))}
        single = [word for word in [*words, *found] if not any(word in pair.split() for pair in double)]
        return [*double.values(), *filter(None, (self.gazetteer.demonym(word) for word in single))]

    def _stop(self, head: Any) -> int:
        """Return the last token before a participle or relative clause begins that tells something else."""
        for child in head.subtree:
            if child.i > head.i and child.dep_ in ("acl", "relcl", "acl:relcl", "advcl"):
                return int(child.left_edge.i) - 1
        return int(head.right_edge.i)

    def _phrase(self, head: Any) -> str:
        """Return a proper name's words as the text has them, from its first capital to its last."""
        left = [
            each
            for each in head.subtree
            if each.i <= head.i and each.dep_ in ("compound", "flat", "flat:name", "amod", "nmod")
        ]
        begin = min([each.i for each in left if each.text[:1].isupper()], default=head.i)
        end = head.i
        for each in sorted(head.subtree, key=lambda token: token.i):
            if each.i == end + 1 and (
                each.text[:1].isupper() or each.lower_ in ("of", "for", "and", "de", "des", "du", "on", "in", "pour")
            ):
                end = each.i
        while end > head.i and not self.doc[end].text[:1].isupper():
            end -= 1
        if not any(ORGANISATION.fullmatch(each.text) for each in self.doc[begin : end + 1]):
            end = next((each.i - 1 for each in self.doc[begin:end] if each.lower_ == "and"), end)
        last = self.doc[end]
        return self.text[self.places[begin] : self.places[end] + len(last.text)]

    def _is_person(self, head: Any) -> bool:
        """Return whether a name is of the form of a person's: plain words without article or word for an organisation."""
        words = self._phrase(head).split()
        named = any(ORGANISATION.fullmatch(word) for word in words)
        article = any(child.lower_ in ("the", "la", "le", "les", "l'", "el", "los", "las") for child in head.children)
        plain = all(re.fullmatch(r"[A-ZÀ-Ý][a-zà-ÿ'-]+|[A-Z]\.|de|du|van|der|el", word) for word in words)
        return not named and not article and plain and (len(words) < 3 or any(word[0].islower() for word in words))

    def _unknown(self, head: Any) -> str:
        """Introduce the unknown body whose office is held (``the representative of Desmond Tutu Foundation``)."""
        tail = self.text[self.places[head.i] + len(head.text) :]
        match = re.match(
            r"\s(?:of|from|for|de|du|des|pour|del)\s+(?:(?:the|la|le|les)\s+|l')?(?=[A-ZÀ-Ý]|\w+\s[A-ZÀ-Ý])", tail
        )
        if not match:
            return ""
        join = r"(?:of|for|and(?=\s[A-Z])|de|des|du|la|les?|on|in)\b"
        name = re.match(
            rf"(?:[A-ZÀ-Ý]|\w+(?=\s[A-ZÀ-Ý]))[\w'&./-]*(?:\s(?:[A-ZÀ-Ý][\w'&./-]*|{join}))*", tail[match.end() :]
        )
        words = re.sub(r"(?:\s(?:of|for|and|de|des|du|la|les?|on|in))+$", "", name[0]) if name else ""
        return self.gazetteer.introduce(words) if words and is_body(words, held=True) else ""


def _plain_name(before: str, language: str) -> str:
    """Choose a short name of the kind that the models know, in place of a body's."""
    if language == "fr":
        return {"la": "France", "l'": "Espagne", "les": "Philippines"}.get(before, "Canada")
    if language == "es":
        return "México"
    return "EU" if before == "the" else "Canada"


def _subject(verb: Any) -> Any:
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    proper = [child for child in found if not child.dep_.startswith("expl")]
    return (proper or found or [None])[0]


def _is_some(head: Any) -> bool:
    """Return whether someone unnamed is meant: ``one delegation``, ``several speakers``."""
    some = "one a an another several some many most other others un une d'autres plusieurs certains certaines una varios varias algunos otra otro"
    return any(child.lower_ in some.split() for child in head.children if child.i < head.i)


def _has_content(verb: Any) -> bool:
    """Return whether a passive tells what was said: ``it was noted by Japan that …``."""
    subject = _subject(verb)
    return any(child.dep_ in ("ccomp", "xcomp") for child in verb.children) or (
        subject is not None
        and (subject.dep_.startswith("expl") or subject.lower_ in ("it", "il") or bool(SAYING.fullmatch(subject.text)))
    )


def _form(verb: Any) -> str:
    """Return the form of a verb in the tense of a report, ``content`` where its tense is of what is reported."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:tense", "cop", "auxpass", "aux:pass")]
    for token in [verb, *helpers]:
        morph = token.morph.to_dict()
        if token is not verb and token.lower_ in ("will", "shall", "'ll"):
            return "future"
        if token.lower_ in _CONTENT_AUX and token is not verb:
            return "content"
        if morph.get("Tense") == "Fut":
            return "future"
        if morph.get("Mood") == "Cnd" or morph.get("Tense") == "Imp":
            return "content"
    if any(child.dep_ == "cop" for child in helpers) or (
        verb.lower_ in ("is", "are", "was", "were") and verb.pos_ == "AUX"
    ):
        return "state"
    if any(child.lower_ in ("has", "have") for child in helpers):
        return "perfect"
    if any(child.dep_ == "aux:tense" for child in helpers) or (
        helpers and helpers[0].morph.to_dict().get("Tense") == "Pres" and "Part" in verb.morph.get("VerbForm")
    ):
        return "past"
    return "past" if "Past" in verb.morph.get("Tense") or verb.lower_ in ("put", "set", "let", "cut") else "present"
