"""Suggest objectives that passages speak to without their number, and find named initiatives that may be practices: candidates to review."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from gfmd_analysis.draft.known import objectives_of_the_compact
from gfmd_analysis.draft.vocabulary import resource, rows_of

STEM = 6

LEAST_SCORE = 0.13

MOST_SUGGESTED = 3

REASONS = 3

LONGEST_NAME = 120

_LETTERS = re.compile(r"[^\W\d_]{3,}")

_STOP_WORDS = frozenset(resource("stopwords.txt").split())

_KINDS = {
    "fund": r"fund|facility|fonds|trust fund",
    "campaign": r"campaign|campagne|#\w+",
    "law_or_policy": r"law|act|policy|policies|strategy|plan|legislation|framework|loi|politique|stratégie|pacte|pact",
    "guideline": r"guidelines?|handbook|manual|toolkit|guide|lignes directrices|manuel",
    "platform": r"platform|portal|website|app|hub|plateforme|portail",
    "dataset": r"database|data ?set|survey|registry|observatory|base de données|enquête|observatoire",
    "event": r"summit|forum|conference|workshop|webinar|consultation|competition|challenge|sommet|conférence|atelier",
    "service": r"centres?|centers?|hotline|desk|service|unit|guichet|centre|unité",
    "partnership": r"partnership|agreement|memorandum|alliance|process|dialogue|network|partenariat|accord|réseau|processus",
    "programme": r"programmes?|program|project|initiative|scheme|projet|dispositif|mécanisme|lab|mechanism",
}

_FORMS = {kind: re.compile(rf"(?:\b|(?=#))(?:{words})\b", re.IGNORECASE) for kind, words in _KINDS.items()}

_CAPITAL = r"[A-ZÀ-Ý#][\w'’&/-]*"

_LINK = r"(?:(?:of|for|on|in|to|de|du|des|pour|sur)\s+(?:the\s+|la\s+|les?\s+)?|(?:and|et|d'|l')\s*)?"

_NAMED = re.compile(rf"(?:{_CAPITAL})(?:\s+{_LINK}(?:{_CAPITAL}))*")

_FRAME = re.compile(
    r"Friends of the Forum|Global (?:Compact|Forum on Migration)|International Migration Review|Mechanism|Summit$|^Strategy"
)


@dataclass(frozen=True)
class Suggestion:
    """An objective that a passage may speak to: score (cosine, 0 to 1) and the words that speak for it."""

    objective: int
    score: float
    reason: str


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any, Any]:
    """Fit the vectoriser and the 23 objectives' vectors, and list its terms, from their titles and ``draft/resources/objective_terms.csv``."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    titles = objectives_of_the_compact().set_index("objective")["title"]
    described = {row["objective"]: f"{row['en']}; {row['fr']}" for row in rows_of("objective_terms.csv")}
    documents = [f"{titles[key]}; {titles[key]}; {described[key]}" for key in sorted(described, key=int)]
    vectoriser = TfidfVectorizer(analyzer=_terms, sublinear_tf=True)
    objectives = vectoriser.fit_transform(documents)
    return vectoriser, objectives, vectoriser.get_feature_names_out()


def _terms(text: str) -> list[str]:
    """Return a text's words and pairs of words, each cut to its first letters, which joins forms in both languages."""
    stems = [word[:STEM] for word in _LETTERS.findall(text.lower()) if word not in _STOP_WORDS]
    return stems + [f"{a} {b}" for a, b in pairwise(stems)]


def suggest_objectives(passages: Sequence[str]) -> list[list[Suggestion]]:
    """Suggest objectives that passages speak to, by their words.

    TF-IDF cosine similarity (Salton and Buckley 1988) between a passage and each objective's title and a description of its
    actions in our own words, on word stems of six letters and their pairs.

    Parameters
    ----------
    passages
        Texts, English or French.

    Returns
    -------
    list of list of Suggestion
        For each passage at most three objectives, best first, each scoring 0.13 or more and at least 60 % of the best.
    """
    vectoriser, objectives, _ = _model()
    vectors = vectoriser.transform(passages)
    suggested = []
    for passage, vector, scores in zip(passages, vectors, (vectors @ objectives.T).toarray(), strict=True):
        least = max(LEAST_SCORE, 0.6 * scores.max())
        best = [int(place) for place in (-scores).argsort(kind="stable")[:MOST_SUGGESTED] if scores[place] >= least]
        suggested.append([_suggestion(place, scores, passage, vector.multiply(objectives[place])) for place in best])
    return suggested


def _suggestion(place: int, scores: Any, passage: str, shared: Any) -> Suggestion:
    """Suggest an objective, the reason being the passage's words that weigh most in the similarity, as the passage writes them."""
    terms, weights = _model()[2], shared.tocoo()
    stems = [str(terms[column]) for _, column in sorted(zip(-weights.data, weights.col, strict=True))]
    words = {word[:STEM]: word for word in reversed(_LETTERS.findall(passage.lower()))}
    reason = ", ".join([words[stem] for stem in stems if " " not in stem][:REASONS])
    return Suggestion(place + 1, round(float(scores[place]), 2), reason)


def named_practices(text: str, bodies: frozenset[str] = frozenset()) -> dict[str, str]:
    """Find named initiatives (programmes, funds, campaigns, platforms …) in a passage.

    Parameters
    ----------
    text
        A passage, normalised.
    bodies
        Names of bodies, which are no practices.

    Returns
    -------
    dict of str to str
        Each name once, in order, with the kind of the practice as the name's own words tell it.
    """
    found: dict[str, tuple[str, str]] = {}
    for match in _NAMED.finditer(text):
        name = re.sub(r"^(?:The|Les?|La|In|On|With|Through|This|Dans)\s+", "", match[0]).rstrip("'’/-")
        kind = next((kind for kind, form in _FORMS.items() if form.search(name)), "")
        is_name = name.startswith("#") or len(re.findall(r"(?:^|[\s-])[A-ZÀ-Ý#]", name)) > 1
        if kind and is_name and len(name) < LONGEST_NAME and name not in bodies and not _FRAME.search(name):
            found.setdefault(name.casefold(), (name, kind))
    return dict(found.values())
