"""Find the GCM objectives that a text names by number, in English and French."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.reading import read_table
from gfmd_analysis.errors import GfmdError

OBJECTIVES = 23

MANY = 4

_WORDS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty twenty-one twenty-two twenty-three",
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf "
        "vingt vingt-et-un vingt-deux vingt-trois",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho "
        "diecinueve veinte veintiuno veintidós veintitrés",
    )
    for number, word in enumerate(words.split(), start=1)
}

_OBJECTIVE = r"\b(?:objecti(?:ves?|fs?)|objetivos?|objs?\b\.?)"

_DIGITS = (
    r"(?:(?:n\s?[o°]\.?|nos?\.|#)\s*)?(?:\(\d{1,2}\)|\d{1,2}(?![\d%])(?!\.\d))"
    r"(?:\s*\([a-l]\)(?:\s*(?:,|and|et|y)\s*\([a-l]\))*|\s*[a-l]\))?"
)

_WORD = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"

_ALSO = (
    r"(?:as well as|along with|together with|in addition to|ainsi que|de même que|así como)(?:[\w' ]{0,40}?\s(?=\d))?"
)

_RANGE = r"(?:[-–—]|(?:up )?to\b|through(?: to)?\b|à\b|al?\b)"

_AND = r"(?:and(?:/or)?\b|et(?:/ou)?\b|or\b|ou\b|y(?:/o)?\b|e\b|o\b|plus\b|&)"

_BETWEEN = rf"(?:\s*\([^()\d]{{3,80}}\))?(?:\s*{_RANGE}\s*|\s*[,;/]\s*{_AND}?\s*|\s*{_AND}\s*(?:{_OBJECTIVE}\s+)?|,?\s*{_ALSO}\s*)"

_LIST = re.compile(
    rf"{_OBJECTIVE}\s*(?:(?:numbers?|numéros?|números?)\s+)?({_DIGITS}(?:{_BETWEEN}{_DIGITS})*|{_WORD}(?:{_BETWEEN}{_WORD})*)",
    re.IGNORECASE,
)

_ITEM = re.compile(rf"(\s*{_RANGE}\s*)?(?<!\w)({_DIGITS}|{_WORD})", re.IGNORECASE)

# the objectives of another body, plan or course: by the word before them, or what they are said to be of
_FOREIGN_BEFORE = re.compile(
    r"(?:\b(?:learning|strategic|strategy|development|policy|specific|project|programme|program|performance|training|course|national|"
    r"organi[sz]ational|corporate|business|goal|plan|agenda|bank|fund|budget|SDG|project's|apprentissage|stratégique|aprendizaje|estratégicos?)"
    r"|(?<!GCM)(?<!Compact)(?<!Pact)(?<!Forum)(?<!GFMD)['’]s|s['’])\s+$",
    re.IGNORECASE,
)

_FOREIGN_AFTER = re.compile(
    r"\s*,?\s*(?:of|in|from|under|du|des|de la|de l['’]|de|dans|del|en)\s+(?!(?:[\w'’]+\s+){0,2}(?:GCM|Global Compact|Compact|Pacte?|PMM))"
    r"(?:[\w'’-]+\s+){0,5}?(?:agreement|strategy|plan|programme|program|project|course|agenda|framework|convention|policy|curriculum|"
    r"charter|treaty|protocol|declaration|roadmap|mandate|bank|fund|law|act|stratégie|accord|projet|cours|programme|plan d['’]action|charte|"
    r"cadre|politique|estrategia|acuerdo|proyecto|curso|programa|marco|agenda|its own|their own)\b",
    re.IGNORECASE,
)

_CLOSE = re.compile(rf"(?<!\w){_AND}", re.IGNORECASE)

_POINTER = re.compile(
    r"(?:abstain|leav\w+ out|left out|neglect|remarks (?:made )?(?:under|on)|reflected in|lesser extent|moins (?:abordé|traité)|"
    r"more (?:consideration|attention)|(?:could|should) focus|specifically|notamment|s'abstenir|au titre de)[^.;]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """An objective named by number: which, where, and whether something is said on it or it is only named."""

    objective: int
    start: int
    engagement: str


def explicit_mentions(text: str) -> list[Mention]:
    """Find the objectives that a text names by number.

    Reads ``objective 5 (d)``, ``Objectives 4, 8 and 13``, ``GCM Objective 23``, ``objectives 14–16``,
    ``objectifs 9 et 10``. Numbers of other things (target 10.7, SDG 8) and numbers above 23 are not objectives.

    Parameters
    ----------
    text
        A passage, normalised.

    Returns
    -------
    list of Mention
        Each objective once, at its first place; ``substantive`` if any of its places is.
    """
    found: dict[int, Mention] = {}
    for match in _lists(text):
        numbers = _numbers(_without_overrun(match[1], text[match.end() :]))
        pointed = len(numbers) >= MANY or bool(_POINTER.search(text[: match.start()]))
        for number in numbers:
            before = found.get(number)
            if before is None or (before.engagement == "reference" and not pointed):
                start = before.start if before else match.start()
                found[number] = Mention(number, start, "reference" if pointed else "substantive")
    return sorted(found.values(), key=lambda mention: mention.objective)


def _lists(text: str) -> Iterator[re.Match[str]]:
    """Find the lists of the Compact's objectives, leaving out those of other bodies, plans and courses."""
    for match in _LIST.finditer(text):
        decimal = re.match(r"\d{1,2},\d", match[1]) and not re.match(r"\w+s\b", match[0])
        foreign = _FOREIGN_BEFORE.search(text, 0, match.start()) or _FOREIGN_AFTER.match(text, match.end())
        if not decimal and not foreign:
            yield match


def without_objectives(text: str) -> str:
    """Blank out the objectives' numbers in a text, whose length stays."""
    pieces = []
    last = 0
    for match in _LIST.finditer(text):
        end = match.start(1) + len(_without_overrun(match[1], text[match.end() :]))
        pieces += [text[last : match.start(1)], re.sub(r"[\w]", " ", text[match.start(1) : end])]
        last = end
    return "".join([*pieces, text[last:]])


def _without_overrun(listed: str, rest: str) -> str:
    """Cut ``5, 12`` to ``5`` in "under objective 5, 12 countries": a list of commas closes with "and" or with the clause."""
    parts = re.split(r"([,;]\s*)(?=\d)", listed)
    goes_on = re.match(
        r"\s+(?!\w+ed\b|ha[sd]\b|have\b|and\b|et\b|of\b|in\b|on\b|were\b|are\b|as\b|to\b|is\b|sont\b|de\b|du\b)[a-zà-ÿ]",
        rest,
    )
    return "".join(parts[:-2]) if len(parts) > 2 and goes_on and not _CLOSE.search(parts[-1]) else listed


def _numbers(listed: str) -> list[int]:
    numbers: list[int] = []
    for span, item in _ITEM.findall(listed):
        word = re.sub(r"\s*\(?\b[a-l]\b\).*|^(?:n\s?[o°]\.?|nos?\.|#)\s*|\s+\(.*", "", item.lower()).strip("() ")
        number = int(word) if word.isdigit() else _WORDS.get(word, 0)
        if not 1 <= number <= OBJECTIVES:
            continue
        first = numbers[-1] + 1 if span.strip() and numbers else number
        numbers += range(first, number + 1) if first <= number else [number]
    return list(dict.fromkeys(numbers))


STEM = 6

LEAST_SCORE = 0.16

MOST_SUGGESTED = 2

REASONS = 3

_LETTERS = re.compile(r"[^\W\d_]{3,}")

_KINDS = (
    ("fund", r"fund|facility|fonds|trust fund"),
    ("campaign", r"campaign|campagne|#\w+"),
    (
        "law_or_policy",
        r"law|act|policy|policies|strategy|plan|legislation|framework|loi|politique|stratégie|pacte|pact",
    ),
    ("guideline", r"guidelines?|handbook|manual|toolkit|guide|lignes directrices|manuel"),
    ("platform", r"platform|portal|website|app|hub|plateforme|portail"),
    ("dataset", r"database|data ?set|survey|registry|observatory|base de données|enquête|observatoire"),
    ("event", r"summit|forum|conference|workshop|webinar|consultation|competition|challenge|sommet|conférence|atelier"),
    ("service", r"centres?|centers?|hotline|desk|service|unit|guichet|centre|unité"),
    (
        "partnership",
        r"partnership|agreement|memorandum|alliance|process|dialogue|network|partenariat|accord|réseau|processus",
    ),
    ("programme", r"programmes?|program|project|initiative|scheme|projet|dispositif|mécanisme|lab|mechanism"),
)

_CAPITAL = r"[A-ZÀ-Ý#][\w'’&/-]*"

_LINK = r"(?:(?:of|for|on|in|to|de|du|des|pour|sur)\s+(?:the\s+|la\s+|les?\s+)?|(?:and|et|d'|l')\s*)?"

_NAMED = re.compile(rf"(?:{_CAPITAL})(?:\s+{_LINK}(?:{_CAPITAL}))*")

_FRAME = re.compile(
    r"Friends of the Forum|Global Compact|Global Forum on Migration|International Migration Review|Mechanism|Summit$|^Strategy"
)


@dataclass(frozen=True)
class Suggestion:
    """An objective that a passage may speak to: score (cosine, 0 to 1) and the words that speak for it."""

    objective: int
    score: float
    reason: str


@dataclass(frozen=True)
class NamedPractice:
    """A named initiative that a passage may offer as a practice."""

    name: str
    kind: str


def _resource(name: str) -> str:
    return files("gfmd_analysis").joinpath("draft", "resources", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(_resource("stopwords.txt").split())


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    """Give the vectoriser and the 23 objectives' vectors, from their titles and ``draft/resources/objective_terms.csv``."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    text = _resource("objective_terms.csv")
    table = schema()["objectives"]
    titles = read_table(DEFAULT_FOLDER / table.path, table).set_index("objective")["title"]
    described = {row["objective"]: f"{row['en']}; {row['fr']}" for row in csv.DictReader(text.splitlines())}
    if set(described) != set(titles.index):
        raise GfmdError("draft/resources/objective_terms.csv does not describe the 23 objectives")
    documents = [f"{titles[key]}; {titles[key]}; {described[key]}" for key in sorted(described, key=int)]
    vectoriser = TfidfVectorizer(analyzer=_terms, sublinear_tf=True)
    return vectoriser, vectoriser.fit_transform(documents)


def _terms(text: str) -> list[str]:
    """Give a text's words and pairs of words, each cut to its first letters, which joins forms in both languages."""
    stems = [word[:STEM] for word in _LETTERS.findall(text.lower()) if word not in _stop_words()]
    return stems + [f"{a} {b}" for a, b in pairwise(stems)]


def suggest_objectives(passages: Sequence[str]) -> list[list[Suggestion]]:
    """Suggest objectives for passages that name none.

    TF-IDF cosine similarity (Salton and Buckley 1988) between a passage and each objective's title and a description of its
    actions in our own words, on word stems of six letters and their pairs.

    Parameters
    ----------
    passages
        Texts, English or French.

    Returns
    -------
    list of list of Suggestion
        For each passage at most two objectives, best first, each scoring 0.16 or more and at least 60 % of the best.
    """
    if not passages:
        return []
    vectoriser, objectives = _model()
    vectors = vectoriser.transform(passages)
    scores = (vectors @ objectives.T).toarray()
    suggested = []
    for row, passage in enumerate(passages):
        order = sorted(range(scores.shape[1]), key=lambda column: (-scores[row, column], column))[:MOST_SUGGESTED]
        best = scores[row, order[0]]
        kept = [column for column in order if scores[row, column] >= max(LEAST_SCORE, 0.6 * best)]
        suggested.append(
            [
                Suggestion(
                    column + 1,
                    round(float(scores[row, column]), 2),
                    _reason(passage, vectors[row], objectives[column], vectoriser),
                )
                for column in kept
            ]
        )
    return suggested


def _reason(passage: str, vector: Any, objective: Any, vectoriser: Any) -> str:
    """Give the passage's words that weigh most in the similarity, as the passage writes them."""
    shared = vector.multiply(objective).tocoo()
    names = vectoriser.get_feature_names_out()
    best = sorted(zip(-shared.data, shared.col, strict=True))
    stems = [str(names[column]) for _, column in best if " " not in names[column]][:REASONS]
    words = {word[:STEM]: word for word in reversed(_LETTERS.findall(passage.lower()))}
    return ", ".join(words.get(stem, stem) for stem in stems)


def named_practices(text: str, bodies: frozenset[str] = frozenset()) -> list[NamedPractice]:
    """Find named initiatives (programmes, funds, campaigns, platforms …) in a passage.

    Parameters
    ----------
    text
        A passage, normalised.
    bodies
        Names of bodies, which are no practices.

    Returns
    -------
    list of NamedPractice
        Each name once, in order, with the kind of the practice as the name's own words tell it.
    """
    found: dict[str, NamedPractice] = {}
    for match in _NAMED.finditer(text):
        name = re.sub(r"^(?:The|Les?|La|In|On|With|Through|This|Dans)\s+", "", match[0]).rstrip("'’/-")
        kind = next(
            (kind for kind, words in _KINDS if re.search(rf"(?:\b|(?=#))(?:{words})\b", name, re.IGNORECASE)), ""
        )
        capitals = len(re.findall(r"(?:^|[\s-])[A-ZÀ-Ý#]", name))
        if (
            kind
            and name not in bodies
            and not _FRAME.search(name)
            and (capitals > 1 or name.startswith("#"))
            and len(name) < 120
        ):
            found.setdefault(name.casefold(), NamedPractice(name, kind))
    return list(found.values())
