"""Look up regions of the world as the United Nations Statistics Division groups countries (standard M49)."""

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _listed() -> list[dict[str, str]]:
    text = files("gfmd_analysis").joinpath("resources/m49.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in _listed():
        found |= {row["region"]: (row["region"], row["region"]), row["subregion"]: (row["region"], row["subregion"])}
        found |= dict.fromkeys(row["countries"].split(), (row["region"], row["subregion"]))
    return found


@lru_cache(maxsize=1)
def region_names() -> dict[str, str]:
    """List the M49 names of the five regions by code."""
    return {row["region"]: row["region_name"] for row in _listed()}


def regions_of(place: str) -> tuple[str, str]:
    """Look up a place's region and sub-region.

    Parameters
    ----------
    place
        ISO 3166-1 alpha-3 code of a country, or M49 code of a region.

    Returns
    -------
    tuple of str
        M49 codes of the region and of the sub-region. A region has itself as both; a code that M49 does not list
        (Antarctica, the world) has two empty texts.

    Examples
    --------
    >>> regions_of("TUN"), regions_of("014"), regions_of("142")
    (('002', '015'), ('002', '014'), ('142', '142'))
    """
    return _regions().get(place, ("", ""))


def region_name(code: str) -> str:
    """Look up a region's M49 name; the code itself where it is none of them."""
    return {row["subregion"]: row["subregion_name"] for row in _listed()}.get(code) or region_names().get(code, code)


def place_name(place: str) -> str:
    """Look up the English name of a country (as the Unicode CLDR has it) or of a region.

    Examples
    --------
    >>> place_name("GBR"), place_name("035")
    ('United Kingdom', 'South-eastern Asia')
    """
    import pycountry
    from babel import Locale

    country = pycountry.countries.get(alpha_3=place)
    return str(Locale("en").territories[country.alpha_2]) if country else region_name(place)
