"""Find who speaks in a paragraph: ``X:``, ``X said``, ``the representative of X``, lists of speakers, English and French."""

import re
from dataclasses import dataclass

from gfmd_analysis.bodies import Found, Lexicon

_CAP = r"(?:[A-ZÀ-Ý][\w'&./-]*\w|[A-ZÀ-Ý]\b)"
_JOIN = r"(?:(?:of|for|in|on|the|and|de|du|des|la|le|les|pour|sur|et|à|aux|d'|l')\s*)"
_NAME = re.compile(rf"(?:{_CAP}|[a-z]+[A-Z]\w*|[a-z]+(?=\s{_CAP}))(?:\s(?:{_JOIN})*{_CAP})*")
_PERSON = rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|M|Mme|H\.E)\.?\s+)?{_CAP}(?:\s+(?:[a-z]{{2,3}}\s+)?{_CAP}){{1,3}}"
_OFFICE = (
    r"(?:representatives?|delegates?|delegations?|governments?|ambassadors?|ministers?|missions?|secretariat|speakers?|"
    r"spokespersons?|observers?|founder|director|partner|executive|head|president|member|coordinator|manager|"
    r"représentante?s?|délégués?e?s?|délégation|gouvernement|ministre|ambassad\w+|mission|secrétariat|direct\w+|porte-parole|observat\w+)"
)
_HOLDER = re.compile(
    rf"(?:(?:the|an?|one|another|l[ae]|un|une|l')\s*)?(?:[\w'/&-]+\s+){{0,4}}?(?:[\w-]+/)*(?:co-)?{_OFFICE}\s+"
    r"(?:of|from|for|at|de|du|des|d'|pour)\s*(?:(?:the|la|le|les|l')\s*)?",
    re.IGNORECASE,
)
_OF = r"\b(?:of|from|for|at|de|du|des|d'|pour)\s*(?:(?:the|la|le|les|l')\s*)?"
_TITLE = re.compile(  # "The outgoing Chair, France, took stock"
    r"(?:the\s+|le\s+|la\s+)?(?:[a-z]+\s+){0,2}(?:co-)?(?:chair(?:man|woman|person)?|host|president|présidente?|hôte),\s+"
    r"(?:the\s+|le\s+|la\s+|les\s+|l')?(?=\S)",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"(?<=\s)(?:for|on behalf of|representing|represented by|au nom d[eu]s?|au nom de l'|pour|représentée?s? par)\s+"
    r"(?:the\s+|la\s+|le\s+|les\s+|l')?(?=\S)"
)
_FROM = re.compile(rf"(?:{_PERSON}|[A-ZÀ-Ý]\w+\s{_PERSON})\s*\((?=\S)")  # "Ambassador Jane Doe (Kenya)"
_ARTICLE = re.compile(r"(?:(?:the|la|le|les|for|as for|according to|pour|quant à|selon|d'après)\s+|l')*", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?:for|as for|according to|pour|quant à|selon|d'après)\s", re.IGNORECASE)
_LEAD = re.compile(r"^(?:[A-ZÀ-Ý][\w'’]+ ?){1,3}[^.:]{0,160}?,\s+(?=\S)")
_STEMS = (
    "announc|express|indicat|inform|highlight|support|congratulat|welcom|stress|not|endors|emphasi[sz]|point|echo|present|"
    "reiterat|refer|shar|underlin|outlin|recall|report|call|thank|propos|suggest|recommend|stat|explain|describ|add|urg|"
    "encourag|reaffirm|confirm|underscor|mention|remark|observ|ask|request|rais|introduc|illustrat|reflect|agree|believ|"
    "consider|acknowledg|appreciat|commend|warn|caution|regret|argu|clarif|elaborat|insist|advocat|offer|invit|pledg|"
    "commit|declar|conclud|open|clos|respond|repl|repeat|wish|want|hop|look|stand|intend|applaud|prais|question|see|touch|"
    "concur|counter|disagree|object|oppos|remind|deplor|back|hail|press|assur|deliver|paid|set out|concur|join|plead|inquir|enquir|comment|address|summari[sz]|identif|spok|speak"
)
_SPEECH = re.compile(
    rf"(?:(?:{_STEMS})(?:e|ed|d|s|es|y|ied|ies|ted|red|led)?|said|says?|told|gave|made|drew|took (?:the floor|note)|"
    r"(?:(?:a|ont|avait|s'est|se sont|s'|n')\s*)?(?:(?:également|aussi|notamment|ensuite)\s+)?(?:déclar|soulign|indiqu|rappel|"
    r"not|remerci|appel|propos|recommand|appuy|soutien|souten|encourag|présent|insist|estim|salu|exprim|partag|évoqu|"
    r"mentionn|précis|ajout|réaffirm|plaid|demand|félicit|expliqu|signal|inform|ouvert|ouvr|préconis|suggér|invit|pris|pri|"
    r"fait (?:état|part|observer)|mis|mett|affirm|annonc|attir|décri|décrit|engag|joint)\w*)(?=\s|,|:|\.)",
)
_FINITE = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|should|did|does|held|est|sont|a|ont|[a-zà-ÿ]+(?:ed|[^s\W]s|ent|e))\b"
)
_ADVERBS = r"(?:\s+(?:also|then|further|again|both|jointly|together|each|tous|toutes|conjointement|\w+ly|aussi|ensuite|également|\w+ment))*"
_POST = r"(?:\s+(?:representative|delegate|delegation|facilitator|chair|co-chair|secretariat|speaker|moderator|spokesperson)s?)?"
_TAIL = r"(?:\s+(?:on behalf of|as|for|of|on|in|from|under|au nom d|de|du|des|sur|pour|en)\b[^.,;:]{1,80}?)?"
_LIST = re.compile(
    r"(?:following[^.:]*|suivant\w*[^.:]*|^\W*(?:list of )?speakers|^\W*(?:liste des )?(?:orateurs|intervenants)[^.:]*)\s*:\s*([^.]+)"
    r"|(?:statements?|interventions?|remarks) (?:were|was) (?:also )?(?:made|delivered|given) by\s+([^.]+)"
    r"|(?:déclarations?|interventions?) (?:ont|a) été (?:faites?|prononcées?) par\s+([^.]+)",
    re.IGNORECASE,
)
_SPOKE = re.compile(
    r"took the floor|spoke|intervened|speakers|statements|pris la parole|intervenants|orateurs|interventions", re.I
)
_NO_BODY = re.compile(
    r"^(?:objecti|member|states?\b|participants?|delegat|speakers?|mechanisms?|working|round|chair|the\b|these|this|it\b|goal|"
    r"article|paragraph|two|three|four|five|six|seven|eight|nine|ten|gfmd$|gcm$|imrf$|covid|sdgs?$|fmmd$|pmm$|discussion|in\b|on\b|at\b|by\b|with\b|several|some|many|most|"
    r"all\b|other|both|les? |la |ce |cet|plusieurs|états?|global compact|recommend|key\b|good\b|best\b|agenda|summary)",
    re.IGNORECASE,
)
LONGEST_LEAD = 250


@dataclass(frozen=True)
class Voice:
    """Bodies that speak together, and where in the paragraph their words begin."""

    start: int
    actors: tuple[str, ...]


def voices(text: str, lexicon: Lexicon, *, is_open: bool) -> list[Voice]:
    """Find who speaks in a paragraph.

    Parameters
    ----------
    text
        The paragraph, normalised.
    lexicon
        Known names; bodies met here for the first time are added.
    is_open
        Whether the floor is open. Where a heading has given it to someone, others count only with a verb of speech.

    Returns
    -------
    list of Voice
        In order; empty where the paragraph names nobody: the one who spoke before goes on.
    """
    text = text.replace("’", "'")
    listed = _LIST.search(text)
    if listed and (_SPOKE.search(listed[0]) or listed[2] or listed[3]):
        named = _listed(next(filter(None, listed.groups())), lexicon)
        if named:
            return [Voice(0, named)]
    first = _first(text, lexicon, is_open=is_open)
    found = [Voice(0, first)] if first else []
    if is_open:
        for match in re.finditer(r"(?<=[.!?;])['\"”»]?\s+(?=[A-ZÀ-Ý]|the )", text):
            actors, end = _names_at(text, match.end(), lexicon, known_only=True)
            if actors and _reports(text[end:]) and (not found or actors != found[-1].actors):
                found.append(Voice(match.end(), actors))
    return found


def _first(text: str, lexicon: Lexicon, *, is_open: bool) -> tuple[str, ...]:
    """Give who opens a paragraph: before a colon or a verb, at once or after a lead such as ``On objective 3, …``."""
    people = _people(text, lexicon)
    if people:
        return people
    for form, closing in ((_TITLE, ","), (_FROM, ")")):
        titled = form.match(text)
        found = _known_at(text, titled.end(), lexicon) if titled else None
        if titled and found and text[titled.end() + found.end :].startswith(closing):
            return (found.code,)
    for match in _BEHALF.finditer(re.split(r"[.:;](?:\s|$)", text, maxsplit=1)[0]):
        found = _known_at(text, match.end(), lexicon)
        if found and re.match(rf",{_ADVERBS}\s+{_SPEECH.pattern}", text[match.end() + found.end :]):
            return (found.code,)
    lead = _LEAD.match(text)
    for start in [0, *([lead.end()] if lead else [])]:
        actors, end = _names_at(text, start, lexicon, known_only=start > 0)
        rest = text[end:]
        if not actors:
            continue
        certain = lexicon.find(text[start:end]) or _HOLDER.match(text, start)
        if _before_colon(rest) or _reports(rest) or (start == 0 and is_open and certain and _is_subject(rest)):
            return actors
        if start == 0 and is_open and certain and _ON_BEHALF.match(text):
            return actors
        if start == 0 and is_open and re.match(r",\s(?:an?|the|une?|l[ae])\s[^.]*?,\s", rest):
            return actors
    return ()


def _names_at(text: str, start: int, lexicon: Lexicon, *, known_only: bool) -> tuple[tuple[str, ...], int]:
    """Give the bodies named from a place on (``X``, ``X and Y``, ``the representative of X``) and where the names end."""
    holder = _HOLDER.match(text, start)
    held = bool(holder) and "." not in holder[0] and "," not in holder[0]  # type: ignore[index]
    place = holder.end() if held and holder else _ARTICLE.match(text, start).end()  # type: ignore[union-attr]
    actors: list[str] = []
    while True:
        found = _known_at(text, place, lexicon)
        name = _NAME.match(text, place)
        longer = name and found and re.match(rf"\s{_CAP}", text[place + found.end :]) and name.end() > place + found.end
        if found and not longer:
            actors.append(found.code)
            end = place + found.end
        elif name and not known_only and is_body(name[0], held=held):
            actors.append(lexicon.introduce(name[0]))
            end = name.end()
        else:
            return tuple(dict.fromkeys(actors)), place if not actors else end
        more = re.match(
            r"(?:\s*\([^)]*\))?(?:,\s*|,?\s+(?:and|et|&)\s+)(?:the |la |le |les |l'|du |de la )?", text[end:]
        )
        following = end + more.end() if more else 0
        if not more or not _known_at(text, following, lexicon):
            return tuple(dict.fromkeys(actors)), end
        place = following


def _known_at(text: str, place: int, lexicon: Lexicon) -> Found | None:
    return next((item for item in lexicon.find(text[place : place + LONGEST_LEAD]) if item.start == 0), None)


def is_body(name: str, *, held: bool) -> bool:
    """Whether an unknown name can be a body's: two capitals or an acronym, unless an office is held in it."""
    capitals = len(re.findall(r"\b[A-ZÀ-Ý]", name))
    return not _NO_BODY.match(name) and (held or capitals > 1 or "." in name or name.isupper())


def _strip_brackets(rest: str) -> str:
    return re.sub(r"^\s*\([^)]*\)", "", rest)


def _before_colon(rest: str) -> bool:
    return bool(re.match(rf"[^.;:!?]{{0,{LONGEST_LEAD}}}?\s?:(?!\d)", _strip_brackets(rest))) and not _is_subject(rest)


def _reports(rest: str) -> bool:
    """Whether a verb of speech follows, after whatever stands in commas or brackets."""
    rest = re.sub(r"^,[^.;:]{1,250}?,(?=\s)", "", _strip_brackets(rest))
    found = re.match(rf"{_POST}{_TAIL}{_ADVERBS}\s+", rest)
    return bool(re.match(rf"{_POST}{_TAIL}{_ADVERBS}\s+{_SPEECH.pattern}", rest)) if found else False


def _is_subject(rest: str) -> bool:
    """Whether a finite verb follows, or what the body has (``civil society's proposals``)."""
    rest = re.sub(r"^,[^.;:]{1,250}?,(?=\s)", "", _strip_brackets(rest))
    return bool(re.match(rf"'s?\s|{_POST}{_ADVERBS}\s+(?:{_FINITE.pattern})", rest))


def _people(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Give the bodies of people who open a paragraph: ``Jane Doe, partner at X, and John Roe, Y Director, said``."""
    one = rf"{_PERSON},\s+[^,.:]+?"
    match = re.match(rf"({one}(?:,?\s+(?:and|et)\s+{one})*),?\s+(?={_SPEECH.pattern})|({one}),", text)
    if not match or any(item.start <= len("The ") for item in lexicon.find(text[:40])):
        return ()
    actors = []
    for each in re.finditer(rf"{_PERSON},\s+(.+?)(?=,?\s+(?:and|et)\s+{_PERSON},|$)", match[1] or match[2]):
        of = re.search(r"\b(?:from|of|at|for|de|du|des|d'|chez|pour)\s+(?:the |la |le |l')?(?=\S)(.+)", each[1])
        words = (of[1] if of else re.sub(rf"\s*\b{_OFFICE}\b.*", "", each[1], flags=re.I)).strip()
        known = [item for item in lexicon.find(words) if item.end == len(words)]
        bare = re.sub(r"\s+(?:UK|US|USA|EU)$", "", words)
        if known and (known[0].start == 0 or re.search(rf"{_OF}$", words[: known[0].start])):
            actors.append(known[0].code)
        elif bare[:1].isupper() and len(bare.split()) < 9:
            actors.append(lexicon.introduce(bare))
    return tuple(dict.fromkeys(actors))


def _listed(names: str, lexicon: Lexicon) -> tuple[str, ...]:
    actors = []
    for part in re.split(r"[;,]\s*|\s+(?:and|et)\s+(?=[A-ZÀ-Ý]|the |l[ae]s? )", names):
        holder = _HOLDER.match(part)
        name = re.sub(
            r"^(?:and\s+|et\s+)?(?:the\s+|l[ae]s?\s+|l')?|\s*\(.*?\)", "", part[holder.end() if holder else 0 :]
        ).strip()
        known = next((item.code for item in lexicon.find(name) if item.start == 0), "")
        if known or (_NAME.fullmatch(name) and is_body(name, held=bool(holder))):
            actors.append(known or lexicon.introduce(name))
    return tuple(dict.fromkeys(actors))
