"""Look up regions of the world as the United Nations Statistics Division groups countries (standard M49)."""

from gfmd_analysis.dataset.objectives import resource_rows

LISTED = resource_rows("m49.csv")

NAMES = {row[level]: row[f"{level}_name"] for level in ("subregion", "region") for row in LISTED}

REGIONS = {row["region"]: (row["region"], row["region"]) for row in LISTED} | {
    place: (row["region"], row["subregion"])
    for row in LISTED
    for place in (row["subregion"], *row["countries"].split())
}


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
    return REGIONS.get(place, ("", ""))


def region_name(code: str) -> str:
    """Look up a region's M49 name; the code itself where it is none of them."""
    return NAMES.get(code, code)


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
