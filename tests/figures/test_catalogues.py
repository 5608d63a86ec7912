"""Every string that is printed in three languages has its words in each, with the same places for names and numbers."""

import io
import re
import string
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from gfmd_analysis import Dataset
from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.text import LOCALES, translated
from tests.conftest import ROOT

PACKAGE = ROOT / "gfmd_analysis"
FOLDER = PACKAGE / "resources" / "locale"
REMEDY = (
    "pybabel extract -k N_ -k NN_:1,2 -o messages.pot gfmd_analysis; pybabel update -i messages.pot -d gfmd_analysis/resources/locale "
    "-D gfmd_analysis; fill in; pybabel compile -d gfmd_analysis/resources/locale -D gfmd_analysis"
)
each = pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])


def path(locale: str, ending: str = "po", domain: str = "gfmd_analysis") -> Path:
    return FOLDER / locale / "LC_MESSAGES" / f"{domain}.{ending}"


def catalogue(locale: str, domain: str = "gfmd_analysis") -> Catalog:
    return read_po(io.BytesIO(path(locale, domain=domain).read_bytes()), locale=locale)


def forms(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def words(compiled: bytes) -> dict[Any, str]:
    """Read a compiled catalogue, without its head, which names the version of Babel."""
    return {key: text for key, text in GNUTranslations(io.BytesIO(compiled))._catalog.items() if key}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def printed() -> set[tuple[str, ...]]:
    keywords = DEFAULT_KEYWORDS | {"NN_": (1, 2)}
    texts = [path.read_bytes() for path in PACKAGE.rglob("*.py")]
    marked = [text for text in texts if re.search(rb"gettext\(|\bNN?_\(", text)]
    return {forms(message) for text in marked for _, message, _, _ in extract("python", io.BytesIO(text), keywords)}


@each
def test_every_string_has_its_words(locale: str, printed: set[tuple[str, ...]]) -> None:
    words = {forms(message.id): message for message in catalogue(locale) if message.id}
    missing = [ids[0] for ids in sorted(printed) if not all(forms(words.get(ids, Message("")).string))]
    assert not missing, f"{locale}: no words yet for {missing}; mend: {REMEDY}"


@each
def test_names_and_numbers_have_their_places_in_each_language(locale: str) -> None:
    for message in catalogue(locale):
        known = set().union(*map(places, forms(message.id))) if message.id else set()
        for text in forms(message.string):
            assert not message.id or places(text) <= known, (message.id, text)
        assert not message.id or known <= set().union(*map(places, forms(message.string))) | {"n"}, message.id


@each
@pytest.mark.parametrize("domain", ["gfmd_analysis", "data"])
def test_the_compiled_catalogue_is_the_one_that_is_read(locale: str, domain: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(locale, domain))
    assert words(path(locale, "mo", domain).read_bytes()) == words(compiled.getvalue()), REMEDY


def test_french_never_parts_a_word_from_its_punctuation() -> None:
    for domain in ("gfmd_analysis", "data"):
        for message in catalogue("fr", domain):
            for text in forms(message.string) if message.id else ():
                assert not re.search(r" [;:?!%»]|« |\w[;!?](\s|$)", text), text


@each
def test_an_article_stands_before_the_name_itself(locale: str, data: Dataset) -> None:
    table = [message for message in catalogue(locale, "data") if message.context]
    assert all(str(message.string).endswith(str(message.id)) for message in table)
    known = {message.id for message in table}
    bodies = {
        row.name for row in rows_of(data.actors) if row.iso3 != row.iso3 and translated(row.name, locale) != row.name
    }
    assert {translated(name, locale) for name in bodies} <= known
