"""Regions of the world as the United Nations Statistics Division groups countries (standard M49)."""

from functools import lru_cache

# region -> sub-region or, where M49 has one, intermediate region -> name, countries by ISO 3166-1 alpha-3
M49: dict[str, dict[str, tuple[str, str]]] = {
    "002": {
        "014": (
            "Eastern Africa",
            "ATF BDI COM DJI ERI ETH IOT KEN MDG MOZ MUS MWI MYT REU RWA SOM SSD SYC TZA UGA ZMB ZWE",
        ),
        "017": ("Middle Africa", "AGO CAF CMR COD COG GAB GNQ STP TCD"),
        "015": ("Northern Africa", "DZA EGY ESH LBY MAR SDN TUN"),
        "018": ("Southern Africa", "BWA LSO NAM SWZ ZAF"),
        "011": ("Western Africa", "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI MRT NER NGA SEN SHN SLE TGO"),
    },
    "019": {
        "029": (
            "Caribbean",
            "ABW AIA ATG BES BHS BLM BRB CUB CUW CYM DMA DOM GLP GRD HTI JAM KNA LCA MAF MSR MTQ PRI SXM TCA "
            "TTO VCT VGB VIR",
        ),
        "013": ("Central America", "BLZ CRI GTM HND MEX NIC PAN SLV"),
        "005": ("South America", "ARG BOL BRA BVT CHL COL ECU FLK GUF GUY PER PRY SGS SUR URY VEN"),
        "021": ("Northern America", "BMU CAN GRL SPM USA"),
    },
    "142": {
        "143": ("Central Asia", "KAZ KGZ TJK TKM UZB"),
        "030": ("Eastern Asia", "CHN HKG JPN KOR MAC MNG PRK"),
        "035": ("South-eastern Asia", "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM"),
        "034": ("Southern Asia", "AFG BGD BTN IND IRN LKA MDV NPL PAK"),
        "145": ("Western Asia", "ARE ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM"),
    },
    "150": {
        "151": ("Eastern Europe", "BGR BLR CZE HUN MDA POL ROU RUS SVK UKR"),
        "154": ("Northern Europe", "ALA DNK EST FIN FRO GBR GGY IMN IRL ISL JEY LTU LVA NOR SJM SWE"),
        "039": ("Southern Europe", "ALB AND BIH ESP GIB GRC HRV ITA MKD MLT MNE PRT SMR SRB SVN VAT"),
        "155": ("Western Europe", "AUT BEL CHE DEU FRA LIE LUX MCO NLD"),
    },
    "009": {
        "053": ("Australia and New Zealand", "AUS CCK CXR HMD NFK NZL"),
        "054": ("Melanesia", "FJI NCL PNG SLB VUT"),
        "057": ("Micronesia", "FSM GUM KIR MHL MNP PLW UMI"),
        "061": ("Polynesia", "ASM COK NIU NRU PCN PYF TKL TON TUV WLF WSM"),
    },
}

REGIONS = {"002": "Africa", "019": "Americas", "142": "Asia", "150": "Europe", "009": "Oceania"}


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, str]]:
    return {
        country: (region, part)
        for region, parts in M49.items()
        for part, (_, members) in parts.items()
        for country in members.split()
    }


def regions_of(place: str) -> tuple[str, str]:
    """Give a place's region and sub-region.

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
    if place in M49:
        return place, place
    parts = {part: (region, part) for region, members in M49.items() for part in members}
    return parts.get(place) or _countries().get(place, ("", ""))


def region_name(code: str) -> str:
    """Give a region's M49 name; the code itself where it is none of them."""
    names = REGIONS | {part: name for parts in M49.values() for part, (name, _) in parts.items()}
    return names.get(code, code)


def place_name(place: str) -> str:
    """Give the English name of a country (as the Unicode CLDR has it) or of a region.

    Examples
    --------
    >>> place_name("GBR"), place_name("035")
    ('United Kingdom', 'South-eastern Asia')
    """
    import pycountry
    from babel import Locale

    country = pycountry.countries.get(alpha_3=place)
    return str(Locale("en").territories[country.alpha_2]) if country else region_name(place)
