"""Find the GCM objectives that a text names by number, in English and French."""

import re

OBJECTIVES = 23

MANY = 4


def _counted(*lists: str) -> dict[str, int]:
    """Number the words of each list from one on."""
    return {word: number for words in lists for number, word in enumerate(words.split(), start=1)}


_WORDS = _counted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty twenty-one twenty-two twenty-three",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf "
    "vingt vingt-et-un vingt-deux vingt-trois",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho "
    "diecinueve veinte veintiuno veintidós veintitrés",
)

_ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième "
    "quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième vingt-et-unième vingt-deuxième "
    "vingt-troisième",
    "primer segundo tercer cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
)

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
    rf"(?i){_OBJECTIVE}\s*(?:(?:numbers?|numéros?|números?)\s+)?({_DIGITS}(?:{_BETWEEN}{_DIGITS})*|{_WORD}(?:{_BETWEEN}{_WORD})*(?:{_BETWEEN}{_DIGITS})*)"
)

_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|\d{{1,2}}(?:st|nd|rd|th|er|e|ème))"

# the sixth objective, the first and third objectives; not "the first objective was to"
_ORDINAL_LIST = re.compile(
    rf"(?i)\b(?:the|el|los|les?|l')\s*({_ORDINAL}(?:(?:\s*,\s*|\s+(?:and|et|y)\s+){_ORDINAL})*)\s+(?:GCM\s+)?{_OBJECTIVE}"
    r"(?!\s+(?:is|was|est|était|es|era)\s+(?:to|de)\b|\s+\d)"
)

_ITEM = re.compile(rf"(\s*{_RANGE}\s*)?(?<!\w)({_DIGITS}|{_WORD})", re.IGNORECASE)

# the objectives of another body, plan or course: by the word before them, or what they are said to be of
_FOREIGN_BEFORE = re.compile(
    r"(?i)(?:\b(?:learning|strategic|strategy|development|policy|specific|project|programme|program|performance|training|course|national|"
    r"organi[sz]ational|corporate|business|goal|plan|agenda|bank|fund|budget|SDG|project's|apprentissage|stratégique|aprendizaje|estratégicos?)"
    r"|(?<!GCM)(?<!Compact)(?<!Pact)(?<!Forum)(?<!GFMD)['’]s|s['’])\s+$"
)

_FOREIGN_AFTER = re.compile(
    r"(?i)\s*,?\s*(?:of|in|from|under|du|des|de la|de l['’]|de|dans|del|en)\s+(?!(?:[\w'’]+\s+){0,2}(?:GCM|Global Compact|Compact|Pacte?|PMM))"
    r"(?:[\w'’-]+\s+){0,5}?(?:agreement|strategy|plan|programme|program|project|course|agenda|framework|convention|policy|curriculum|"
    r"charter|treaty|protocol|declaration|roadmap|mandate|bank|fund|law|act|stratégie|accord|projet|cours|programme|plan d['’]action|charte|"
    r"cadre|politique|estrategia|acuerdo|proyecto|curso|programa|marco|agenda|its own|their own)\b"
)

_CLOSE = re.compile(rf"(?<!\w){_AND}", re.IGNORECASE)

_POINTER = re.compile(
    r"(?i)(?:abstain|leav\w+ out|left out|neglect|remarks (?:made )?(?:under|on)|reflected in|lesser extent|moins (?:abordé|traité)|"
    r"more (?:consideration|attention)|(?:could|should) focus|specifically|notamment|s'abstenir|au titre de)[^.;]{0,60}$"
)


def explicit_mentions(text: str) -> dict[int, str]:
    """Find the objectives that a text names by number.

    Reads ``objective 5 (d)``, ``Objectives 4, 8 and 13``, ``GCM Objective 23``, ``objectives 14–16``,
    ``objectifs 9 et 10``. Numbers of other things (target 10.7, SDG 8) and numbers above 23 are not objectives.

    Parameters
    ----------
    text
        A passage, normalised.

    Returns
    -------
    dict of int to str
        The objectives in order, each with its engagement: ``reference`` where it is only named, ``substantive`` if
        something is said on it at any of its places.
    """
    listed = [(match, _numbers(_without_overrun(match[1], text[match.end() :]))) for match in _LIST.finditer(text)]
    listed += [(match, _by_ordinal(match[1])) for match in _ORDINAL_LIST.finditer(text)]
    found: dict[int, str] = {}
    for match, numbers in listed:
        is_pointed = len(numbers) >= MANY or _POINTER.search(text[: match.start()])
        for number in numbers if not _is_other(match, text) else ():
            if found.get(number) != "substantive":
                found[number] = "reference" if is_pointed else "substantive"
    return dict(sorted(found.items()))


def _is_other(match: re.Match[str], text: str) -> bool:
    """Return whether objectives are those of another body, plan or course, or a decimal number."""
    if re.match(r"\d{1,2},\d", match[1]) and not re.match(r"\w+s\b", match[0]):
        return True
    return bool(_FOREIGN_BEFORE.search(text, 0, match.start()) or _FOREIGN_AFTER.match(text, match.end()))


def _by_ordinal(listed: str) -> list[int]:
    words = re.findall(rf"{_ORDINAL}(?![\w-])", listed.lower())
    numbers = [_ORDINALS.get(word) or int(re.sub(r"\D", "", word)) for word in words]
    return [number for number in numbers if 1 <= number <= OBJECTIVES]


def without_objectives(text: str) -> str:
    """Blank out the objectives' numbers in a text, whose length stays."""

    def blanked(match: re.Match[str]) -> str:
        listed = _without_overrun(match[1], text[match.end() :])
        return match[0].removesuffix(match[1]) + re.sub(r"\w", " ", listed) + match[1].removeprefix(listed)

    return _LIST.sub(blanked, text)


def _without_overrun(listed: str, rest: str) -> str:
    """Cut ``5, 12`` to ``5`` in "under objective 5, 12 countries": a list of commas closes with "and" or with the clause."""
    parts = re.split(r"([,;]\s*)(?=\d)", listed)
    goes_on = re.match(r"\s+(?!(?:\w+ed|ha[sd]|have|and|et|of|in|on|were|are|as|to|is|sont|de|du)\b)\w", rest)
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
