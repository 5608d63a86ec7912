"""Draft every table of the data contract that a machine can begin from a report's text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.reading import folders_in_use, read_table
from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.draft.account import Account, account_of
from gfmd_analysis.draft.actors import CODE_LENGTH, SHORT_LENGTH, Body, Gazetteer, known_bodies
from gfmd_analysis.draft.language import MODELS, NAMES, language_of
from gfmd_analysis.draft.mentions import Suggestion, explicit_mentions, named_practices, suggest_objectives
from gfmd_analysis.draft.paragraphs import cut, fingerprint
from gfmd_analysis.draft.quantities import amounts
from gfmd_analysis.draft.report import Document
from gfmd_analysis.draft.sections import meeting_row
from gfmd_analysis.draft.speakers import CHAIR, UNNAMED, Speech, speeches
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.text import objectives as objectives_named

CARRIED_ON = 0.3

SHORTEST = 40

_TOPICS = (
    ("remittances", r"remittance|envois? de fonds|transferts? d'argent"),
    ("campaign", r"campaign|campagne|social media|impressions"),
    ("attendance", r"attend|took part|participat\w+ in the meeting|ont participé"),
    ("local_services", r"cit(?:y|ies)|municipal|local centre|support centre|local gov|commune|maire|guichet"),
    ("youth", r"youth|young|jeunes"),
    ("survey", r"survey|respondent|replied|enquête|sondage"),
    ("finance", r"USD|\$|fund|financ|budget|wage|euro|subsid|million de|fonds"),
    ("membership", r"member states?|champion countries|joined|members|états membres"),
)

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Coding:
    """A drafted coding: the contract's tables as text, the passage behind each row, the scores of inferred mentions."""

    tables: dict[str, pd.DataFrame]
    passages: dict[str, str] = field(default_factory=dict)
    scores: dict[tuple[str, str], float] = field(default_factory=dict)
    certainty: dict[str, str] = field(default_factory=dict)
    account: Account | None = None


def code_report(source: Document | str, meeting: str = "") -> Coding:
    """Draft the tables of the data contract from a report's text.

    Parameters
    ----------
    source
        The report, as :func:`gfmd_analysis.draft.report.read_document` returns it, or its text.
    meeting
        The meeting's code; made from title and date where it is left out.

    Returns
    -------
    Coding
        Tables without the column ``review``; all columns ``str``.
    """
    document = Document(source) if isinstance(source, str) else source
    text = document.text
    read = cut(text)
    paragraphs = read.paragraphs
    words = " ".join(paragraph.text for paragraph in paragraphs)
    language = language_of(words) or ("en" if len(words.split()) < SHORTEST else "")
    if language not in MODELS:
        raise GfmdError(
            f"found a report in {NAMES.get(language, 'a language that is not known')}; allowed: {', '.join(NAMES[each] for each in MODELS)}"
        )
    gazetteer = Gazetteer("\n".join(line for paragraph in paragraphs for line in (*paragraph.matter, paragraph.text)))
    spoken = _with_one_chair(speeches(paragraphs, gazetteer, language))
    described = meeting_row(text, paragraphs, meeting)
    code = described["meeting"]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schema() if not name.startswith("coding_")}
    rows["meetings"] = [described]
    rows["roundtables"] = _sections(spoken, code)
    section = {speech.paragraph: speech.section for speech in spoken}
    for paragraph in paragraphs:
        count, digest = fingerprint(paragraph.text)
        rows["paragraphs"].append(
            {"meeting": code, "paragraph": paragraph.number, "section": section[paragraph.number], "words": count, "sha256": digest}
        )  # fmt: skip
    scores = _speak(spoken, code, rows)
    _count(spoken, read.closing, code, language, rows)
    _practise(spoken, gazetteer, code, rows)
    used = {code for speech in spoken for code in (speech.actor, *speech.behalf)} | {
        row["leads"] for row in rows["practices"] if row["leads"]
    }
    rows["actors"] = _actors([_body(each, gazetteer) for each in sorted(used)])
    tables = {
        name: pd.DataFrame(rows[name], columns=schema()[name].columns, dtype=object)
        .fillna("")
        .astype(str)
        .astype("str")
        for name in rows
    }
    tables["objectives"] = read_table(DEFAULT_FOLDER / schema()["objectives"].path, schema()["objectives"])
    passages = {_intervention(code, speech): speech.text for speech in spoken}
    passages |= {f"{code}/{paragraph.number:03}": paragraph.text for paragraph in paragraphs}
    tables["interventions"] = _with_speakers(tables["interventions"], tables["actors"])
    certainty = {_intervention(code, speech): speech.certainty for speech in spoken}
    by_number = sum(row["basis"] == "explicit" for row in rows["mentions"])
    return Coding(tables, passages, scores, certainty, account_of(document, read, spoken, by_number))


def _with_speakers(interventions: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Begin each drafted summary with its speaker, whose name may have been taken over from the data in use."""
    names = dict(zip(actors["actor"], actors["short_name"], strict=True))
    told = interventions["summary"].str.replace(r"^.*?(?=Paragraph \d+ speaks)", "", regex=True)
    return interventions.assign(summary=(interventions["actor"].map(names) + ": " + told).astype("str"))


def _intervention(meeting: str, speech: Speech, *, turn: bool = False) -> str:
    return f"{meeting}/{speech.turn if turn else speech.paragraph:03}-{speech.actor}"


def _with_one_chair(spoken: Sequence[Speech]) -> list[Speech]:
    """Let a section have the first chair and the first facilitator that it names; others of that role are discussants."""
    first: dict[tuple[str, str], str] = {}
    for speech in spoken:
        first.setdefault((speech.section, speech.role), speech.actor)
    return [
        replace(speech, role="discussant")
        if speech.role in ("chair", "facilitator") and first[speech.section, speech.role] != speech.actor
        else speech
        for speech in spoken
    ]


def _sections(spoken: Sequence[Speech], meeting: str) -> list[dict[str, Any]]:
    rows = []
    for order, section in enumerate(dict.fromkeys(speech.section for speech in spoken), start=1):
        here = [speech for speech in spoken if speech.section == section]
        named = {
            role: next((each.actor for each in here if each.role == role), "") for role in ("chair", "facilitator")
        }
        kind = "roundtable" if section.startswith("RT") else "plenary"
        title = (here[0].title or section)[:280].strip()
        rows.append({"meeting": meeting, "section": section, "title": title, "kind": kind, "order": order, **named})
    return rows


def _speak(spoken: Sequence[Speech], meeting: str, rows: Rows) -> dict[tuple[str, str], float]:
    """Draft interventions and mentions; gives the scores of the inferred ones."""
    named = [explicit_mentions(speech.text) for speech in spoken]
    silent = [i for i, mentions in enumerate(named) if not mentions]
    suggested = dict(zip(silent, suggest_objectives([spoken[i].text for i in silent]), strict=True))
    acts = _acts(spoken)
    focus: dict[tuple[str, int], list[int]] = {}
    scores = {}
    for i, (speech, mentions) in enumerate(zip(spoken, named, strict=True)):
        code = _intervention(meeting, speech)
        for mention in mentions:
            rows["mentions"].append(
                {
                    "intervention": code,
                    "objective": mention.objective,
                    "basis": "explicit",
                    "engagement": mention.engagement,
                }
            )
        turn = (speech.actor, speech.turn)
        inferred = [] if mentions else _with_focus(suggested[i], focus.get(turn, []), speech.turn)
        for suggestion in inferred:
            note = f"draft, score {suggestion.score:.2f}: {suggestion.reason}"
            rows["mentions"].append(
                {
                    "intervention": code,
                    "objective": suggestion.objective,
                    "basis": "inferred",
                    "engagement": "substantive",
                    "note": note,
                }
            )
            scores[code, str(suggestion.objective)] = suggestion.score
        if mentions:
            focus[turn] = [mention.objective for mention in mentions]
        found = sorted({mention.objective for mention in mentions} | {suggestion.objective for suggestion in inferred})
        named_so = objectives_named(found) if found else "no objective that was found"
        rows["interventions"].append(
            {
                "intervention": code, "meeting": meeting, "paragraph": speech.paragraph, "section": speech.section,
                "actor": speech.actor, "role": speech.role, "act": acts[i], "on_behalf_of": ";".join(speech.behalf), "turn": _intervention(meeting, speech, turn=True),
                "words": speech.words, "summary": f"Paragraph {speech.paragraph} speaks to {named_so} (draft).",
            }
        )  # fmt: skip
    return scores


def _acts(spoken: Sequence[Speech]) -> list[str]:
    """Guess each act from the role: who presides introduces before the discussion and sums up after it; presenters update."""
    others = {section: [i for i, each in enumerate(spoken) if each.section == section and each.role not in ("chair", "facilitator")]
              for section in {each.section for each in spoken}}  # fmt: skip
    acts = []
    for i, speech in enumerate(spoken):
        around = others[speech.section]
        if speech.role == "presenter":
            acts.append("update")
        elif speech.role in ("chair", "facilitator") and around and (i < around[0] or i > around[-1]):
            acts.append("introduction" if i < around[0] else "summary")
        else:
            acts.append("statement")
    return acts


def _with_focus(suggested: list[Suggestion], focus: Sequence[int], turn: int) -> list[Suggestion]:
    """Put first the one objective that the turn named before: a turn that goes on mostly stays with its subject."""
    if len(focus) != 1:
        return suggested
    kept = [each for each in suggested if each.objective == focus[0]]
    reason = f"named in paragraph {turn}" + (f"; {kept[0].reason}" if kept else "")
    return [Suggestion(focus[0], max(CARRIED_ON, kept[0].score if kept else 0), reason)]


def _count(spoken: Sequence[Speech], lines: Sequence[str], meeting: str, language: str, rows: Rows) -> None:
    numbers: dict[int, int] = {}
    closing = [(0, "", line) for line in lines if re.search(_TOPICS[2][1], line, re.IGNORECASE)]
    for paragraph, actor, passage in [*closing, *((each.paragraph, each.actor, each.text) for each in spoken)]:
        shared = [each for each in spoken if each.paragraph == paragraph and each.text == passage]
        if shared and shared[0].actor != actor:
            continue
        for amount in amounts(passage, language):
            numbers[paragraph] = numbers.get(paragraph, 0) + 1
            around = passage[max(0, amount.start - 120) : amount.start + 120]
            topic = next((name for name, words in _TOPICS if re.search(words, around, re.IGNORECASE)), "practice")
            value = f"{amount.value:.0f}" if amount.value.is_integer() else repr(amount.value)
            rows["quantities"].append(
                {
                    "quantity": f"{meeting}/{paragraph:03}-Q{numbers[paragraph]}", "meeting": meeting, "paragraph": paragraph or "",
                    "actor": actor, "topic": "attendance" if not paragraph else topic, "what": f"{amount.unit}, to be worded",
                    "value": value, "unit": amount.unit, "bound": amount.bound, "status": "observed",
                }
            )  # fmt: skip


def _practise(spoken: Sequence[Speech], gazetteer: Gazetteer, meeting: str, rows: Rows) -> None:
    bodies = frozenset(alias for body in gazetteer.bodies.values() for alias in (body.name, *body.aliases))
    codes: dict[str, str] = {}
    named: dict[str, list[str]] = {}
    for mention in rows["mentions"]:
        named.setdefault(mention["intervention"], []).append(mention["objective"])
    for speech in spoken:
        intervention = _intervention(meeting, speech)
        for practice in named_practices(speech.text, bodies):
            if practice.name.casefold() not in codes:
                codes[practice.name.casefold()] = _practice_code(practice.name, set(codes.values()))
                lead = speech.actor if speech.actor not in (UNNAMED, CHAIR) else ""
                rows["practices"].append(
                    {"practice": codes[practice.name.casefold()], "name": practice.name, "kind": practice.kind, "leads": lead,
                     "summary": f"{practice.name}: candidate found by its name; to be described (draft)."[:400]}
                )  # fmt: skip
            for objective in named.get(intervention, [""])[:1]:
                rows["practice_citations"].append(
                    {"practice": codes[practice.name.casefold()], "intervention": intervention, "objective": objective}
                )


def _practice_code(name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[A-Za-z0-9]+", plain) if word[0].isupper() or word[0].isdigit()]
    stem = re.sub(r"^[^A-Z]+", "", "_".join(words).upper())[:CODE_LENGTH].strip("_")
    stem = stem if len(stem) > 1 else "PRACTICE"
    return next(each for each in (stem, *(f"{stem[:21]}_{i}" for i in range(2, 99))) if each not in taken)


def _body(code: str, gazetteer: Gazetteer) -> Body:
    placeholders = {UNNAMED: "Speaker to be named", CHAIR: "Presiding officer"}
    name = placeholders.get(code, code)
    return gazetteer.bodies.get(code) or Body(code, name, name, "other", "other")


def _actors(bodies: Sequence[Body]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for body in bodies:
        state = body.actor_type == "state"
        region, part = regions_of(body.code) if state else ("", "")
        short = body.short_name[:SHORT_LENGTH].strip()
        short = body.code[:SHORT_LENGTH] if any(row["short_name"] == short for row in rows) else short
        rows.append(
            {
                "actor": body.code, "name": body.name[:300], "short_name": short, "actor_type": body.actor_type,
                "constituency": body.constituency, "iso3": body.code if state else "", "m49_region": region,
                "m49_subregion": part, "gcm_champion": "false",
            }
        )  # fmt: skip
    return rows


SHARED = ("actors", "practices")

ACTOR_COLUMNS = {
    "roundtables": ("chair", "facilitator"),
    "interventions": ("actor", "on_behalf_of"),
    "practices": ("leads",),
    "quantities": ("actor",),
}

INTERVENTION_COLUMNS = {
    "interventions": ("intervention", "turn"),
    "mentions": ("intervention",),
    "practice_citations": ("intervention",),
}

Tables = dict[str, pd.DataFrame]


def rows_in_use() -> Tables:
    """Give the actors and practices of the data in use (``GFMD_DATA``, else the project's own) as text."""
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in SHARED}
    for folder in folders_in_use():
        for name in SHARED:
            found[name].append(read_table(folder / schema()[name].path, schema()[name]))
    return {
        name: pd.concat(frames, ignore_index=True).drop_duplicates(schema()[name].key) for name, frames in found.items()
    }


def with_known_rows(coding: Coding, known: Mapping[str, pd.DataFrame]) -> Coding:
    """Recode the bodies and practices of a draft that are already known by name, and take over their rows.

    Parameters
    ----------
    coding
        A draft.
    known
        ``actors`` and ``practices`` as :func:`rows_in_use` gives them.

    Returns
    -------
    Coding
        The draft with known codes and rows, and with the rows to which these refer (members of, leads, partners).
    """
    actors = _recoded(coding.tables["actors"], known["actors"], "actor")
    practices = _recoded(coding.tables["practices"], known["practices"], "practice")
    tables = {name: table.copy() for name, table in coding.tables.items()}
    for name, columns in ACTOR_COLUMNS.items():
        for column in columns:
            tables[name][column] = tables[name][column].map(lambda codes: _each(codes, actors)).astype("str")
    for name, columns in INTERVENTION_COLUMNS.items():
        for column in columns:
            tables[name][column] = tables[name][column].map(lambda code: _spoken_by(code, actors)).astype("str")
    citations = tables["practice_citations"]
    citations["practice"] = citations["practice"].map(lambda code: practices.get(code, code)).astype("str")
    tables["practices"] = _with_rows(tables["practices"], known["practices"], "practice", practices)
    tables["actors"] = _with_rows(tables["actors"], known["actors"], "actor", actors)
    tables["interventions"] = _with_speakers(tables["interventions"], tables["actors"])
    tables["actors"] = _with_those_named(tables["actors"], tables["practices"], known["actors"])
    return replace(
        coding,
        tables=tables,
        passages={_spoken_by(code, actors): text for code, text in coding.passages.items()},
        certainty={_spoken_by(code, actors): mark for code, mark in coding.certainty.items()},
        scores={(_spoken_by(code, actors), objective): score for (code, objective), score in coding.scores.items()},
    )


def _each(codes: str, actors: Mapping[str, str]) -> str:
    return ";".join(actors.get(code, code) for code in codes.split(";"))


def _spoken_by(intervention: str, actors: Mapping[str, str]) -> str:
    """Give an intervention's code with its actor recoded."""
    place, slash, rest = intervention.rpartition("/")
    number, dash, actor = rest.partition("-")
    return f"{place}{slash}{number}{dash}{actors.get(actor, actor)}"


def _recoded(drafted: pd.DataFrame, known: pd.DataFrame, key: str) -> dict[str, str]:
    """Map a drafted code to the known one of the same name, else to a free one where another body or practice has it."""
    names = [column for column in ("short_name", "name") if column in known]
    by_name = {name.casefold(): code for column in names for name, code in zip(known[column], known[key], strict=True)}
    official = set(known_bodies()) if key == "actor" else set()
    taken = set(known[key]) | set(drafted[key])
    recoded: dict[str, str] = {}
    for code, name in zip(drafted[key], drafted["name"], strict=True):
        new = by_name.get(name.casefold(), code)
        if new == code and code in set(known[key]) - official and name.casefold() not in by_name:
            new = next(each for each in (f"{code[:21]}_{i}" for i in range(2, 99)) if each not in taken)
        if new == code or (new not in set(drafted[key]) and new not in recoded.values()):
            recoded[code] = new
    return recoded


def _with_rows(drafted: pd.DataFrame, known: pd.DataFrame, key: str, recoded: Mapping[str, str]) -> pd.DataFrame:
    """Take over the known rows, recode the others."""
    drafted = drafted.assign(**{key: drafted[key].map(lambda code: recoded.get(code, code))})
    old = known[known[key].isin(drafted[key])]
    new = drafted[~drafted[key].isin(old[key])]
    return pd.concat([old, new], ignore_index=True).sort_values(key, ignore_index=True).astype("str")


def _with_those_named(actors: pd.DataFrame, practices: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Add the known bodies to which the rows refer, and those to which these refer."""
    while True:
        named = set(actors["member_of"]) | {
            part for column in ("leads", "partners") for text in practices[column] for part in text.split(";")
        }
        more = known[known["actor"].isin(named - set(actors["actor"]))]
        if more.empty:
            return actors.sort_values("actor", ignore_index=True)
        actors = pd.concat([actors, more], ignore_index=True).astype("str")
