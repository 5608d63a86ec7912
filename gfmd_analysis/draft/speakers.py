"""Find who speaks in a paragraph: ``X:``, ``X said``, ``the representative of X``, lists of speakers, English and French."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gfmd_analysis.draft.actors import Found, Gazetteer, is_body
from gfmd_analysis.draft.paragraphs import Paragraph, fingerprint
from gfmd_analysis.draft.sections import Floor, floors

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

LONGEST_LEAD = 250


@dataclass(frozen=True)
class Voice:
    """Bodies that speak together, and where in the paragraph their words begin."""

    start: int
    actors: tuple[str, ...]


def voices(text: str, lexicon: Gazetteer, *, is_open: bool) -> list[Voice]:
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


def _first(text: str, lexicon: Gazetteer, *, is_open: bool) -> tuple[str, ...]:
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


def _names_at(text: str, start: int, lexicon: Gazetteer, *, known_only: bool) -> tuple[tuple[str, ...], int]:
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


def _known_at(text: str, place: int, lexicon: Gazetteer) -> Found | None:
    return next((item for item in lexicon.find(text[place : place + LONGEST_LEAD]) if item.start == 0), None)


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


def _people(text: str, lexicon: Gazetteer) -> tuple[str, ...]:
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


def _listed(names: str, lexicon: Gazetteer) -> tuple[str, ...]:
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


UNNAMED = "UNNAMED"

_OFFICER = re.compile(
    r"(?:the\s+|le\s+|la\s+|l')?(?:(co-)?(chair|président)|(facilitator|moderator|modérat|facilitat|animat))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Speech:
    """One body's words in one paragraph; ``turn`` is the paragraph with which its turn began."""

    paragraph: int
    section: str
    title: str
    actor: str
    role: str
    turn: int
    text: str
    words: int


def speeches(paragraphs: Sequence[Paragraph], lexicon: Gazetteer) -> list[Speech]:
    """Find who says what in a report.

    A paragraph that names no speaker belongs to the chair, facilitator or presenter whom its heading names, else to whoever
    spoke before under the same heading. Bodies that speak together share a paragraph's words.

    Parameters
    ----------
    paragraphs
        As :func:`gfmd_analysis.draft.paragraphs.read_paragraphs` gives them.
    lexicon
        Names in this report; bodies met for the first time are added.

    Returns
    -------
    list of Speech
        In order; at least one a paragraph (``UNNAMED`` where no speaker is found), at most one a body and paragraph.
    """
    given: list[Speech] = []
    speaking: tuple[str, ...] = ()
    holder = ""
    for paragraph, floor in zip(paragraphs, floors(paragraphs, lexicon), strict=True):
        if floor.fresh:
            speaking, holder = (), floor.actor
        parts = _parts(paragraph.text, floor, speaking, lexicon)
        if not holder and parts[0][0] != (UNNAMED,):
            holder = parts[0][0][0]
        speaking = parts[-1][0]
        held = replace(floor, actor=holder) if floor.role in ("presenter", "chair", "facilitator") else floor
        given += _speeches(paragraph, parts, held, given)
    return given


def _parts(text: str, floor: Floor, speaking: tuple[str, ...], lexicon: Gazetteer) -> list[tuple[tuple[str, ...], str]]:
    """Part a paragraph among those who speak in it, in order."""
    heard = voices(text, lexicon, is_open=floor.is_open)
    carries_on = speaking if floor.is_open or floor.role == "presenter" else ()
    silent = carries_on or ((floor.actor,) if floor.actor else ()) or (_officer(text, floor),)
    starts = [(voice.actors, voice.start) for voice in heard]
    if not starts or starts[0][1] > 0:
        starts.insert(0, (silent, 0))
    ends = [start for _, start in starts[1:]] + [len(text)]
    parts: dict[tuple[str, ...], str] = {}
    for (actors, start), end in zip(starts, ends, strict=True):
        parts[actors] = f"{parts.get(actors, '')} {text[start:end].strip()}".strip()
    return list(parts.items())


def _officer(text: str, floor: Floor) -> str:
    """Give the section's chair or facilitator where a paragraph begins with that office."""
    found = _OFFICER.match(text)
    if not found:
        return UNNAMED
    return (floor.chairs if found[2] else floor.facilitators).get(floor.section) or UNNAMED


def _speeches(
    paragraph: Paragraph, parts: list[tuple[tuple[str, ...], str]], floor: Floor, before: Sequence[Speech]
) -> list[Speech]:
    made: dict[str, Speech] = {}
    for actors, text in parts:
        words = max(fingerprint(text)[0] // len(actors), 1)
        for actor in actors:
            if actor in made:
                told = made[actor]
                made[actor] = replace(told, text=f"{told.text} {text}", words=told.words + words)
                continue
            role = _role(actor, text, floor)
            turn = next(
                (
                    speech.turn
                    for speech in reversed(before)
                    if speech.paragraph == paragraph.number - 1
                    and not floor.fresh
                    and (speech.actor, speech.role, speech.section) == (actor, role, floor.section)
                ),
                paragraph.number,
            )
            made[actor] = Speech(paragraph.number, floor.section, floor.title, actor, role, turn, text, words)
    return list(made.values())


def _role(actor: str, text: str, floor: Floor) -> str:
    officer = _OFFICER.match(text)
    if officer and actor == (floor.chairs if officer[2] else floor.facilitators).get(floor.section):
        return "chair" if officer[2] else "facilitator"
    if floor.section in ("opening", "reform", "closing") and (
        actor in floor.troika or (floor.role == "troika" and not floor.troika)
    ):
        return "troika"
    if actor == floor.actor and floor.role != "discussant":
        return floor.role
    if floor.role in ("chair", "facilitator") and floor.actor:
        return "guest"
    return "discussant"
