"""Account for a draft: what was read, what was left out and where, how sure the speakers are, and that it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass

from gfmd_analysis.draft.language import INSTALL, NAMES, can_read, languages_of
from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.paragraphs import Cut, LeftOut, Paragraph
from gfmd_analysis.draft.report import Document
from gfmd_analysis.draft.speakers import CARRIED, CERTAIN, CHAIR, DOUBTFUL, UNNAMED, Speech
from gfmd_analysis.text import spans

MOST_PLACES = 5


@dataclass(frozen=True)
class Account:
    """What became of a document's words and speakers; ``unread`` holds paragraphs by the language that is not read."""

    paragraphs: int
    read: int
    document: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    spoken: tuple[Speech, ...]
    by_number: int
    unread: dict[str, list[Paragraph]]

    @property
    def missing(self) -> int:
        """Words of the document that are neither in the draft nor named as left out (0 where the account adds up)."""
        return self.document - self.read - sum(each.words for each in self.left_out)

    def lines(self) -> list[str]:
        """Word the account, a line for each subject."""
        out = sum(each.words for each in self.left_out)
        wrong = f": {abs(self.missing):,} words are NOT accounted for. Hold the draft against the report."
        lines = [
            f"Read {self.paragraphs} paragraphs with {self.read:,} words, and left out {out:,} of the document's {self.document:,} words"
            + (wrong if self.missing else ".")
        ]
        for what in dict.fromkeys(each.what for each in self.left_out):
            these = [each for each in self.left_out if each.what == what]
            told = [f"{each.where}: {each.begins!r}" for each in these if each.begins and what == "unnumbered text"]
            more = f" and {len(told) - MOST_PLACES} more places" if len(told) > MOST_PLACES else ""
            where = f" ({'; '.join(told[:MOST_PLACES])}{more})" if told else ""
            lines.append(f"Left out, {what}: {sum(each.words for each in these):,} words{where}.")
        for language, texts in self.unread.items():
            words, where = sum(count_words(each.text) for each in texts), _places([each.number for each in texts])
            kept = "their labels and figures alone are in the draft"
            lines.append(f"Not read, in {language}: {words:,} words{where}; {kept}.")
        lines += [f"Note: {note}." for note in self.notes]
        certain, carried, doubtful = (
            [each.paragraph for each in self.spoken if each.certainty == mark] for mark in (CERTAIN, CARRIED, DOUBTFUL)
        )
        lines.append(
            f"Speakers: {len(certain)} certain, {len(carried)} carried on from before{_places(carried)}, "
            f"{len(doubtful)} doubtful{_places(doubtful)}."
        )
        if unnamed := [each.paragraph for each in self.spoken if each.actor == UNNAMED]:
            lines.append(f"Nobody is named for {len(unnamed)} of them{_places(unnamed)}.")
        if presiding := sum(each.actor == CHAIR for each in self.spoken):
            lines.append(f"Who presides is not named as a body ({presiding} times).")
        return [*lines, f"Objectives: {self.by_number} named by number."]


def account_of(document: Document, cut: Cut, spoken: Sequence[Speech], by_number: int, language: str) -> Account:
    """Add up a draft: words of paragraphs, of all that was left out, of the document.

    Parameters
    ----------
    document, cut, spoken
        As the reader, the cutter and the finder of speakers return them.
    by_number
        Mentions of an objective by its number.
    language
        The report's; long paragraphs in another that is not read are named.
    """
    unread: dict[str, list[Paragraph]] = {}
    languages = languages_of([paragraph.text for paragraph in cut.paragraphs], language)
    for paragraph, tongue in zip(cut.paragraphs, languages, strict=True):
        if tongue != language and not can_read(tongue):
            name = NAMES[tongue] + (f" (after {INSTALL[tongue]})" if tongue in INSTALL else "")
            unread.setdefault(name, []).append(paragraph)
    left_out = (*document.left_out, *cut.left_out)
    words = cut.words + sum(each.words for each in document.left_out)
    return Account(len(cut.paragraphs), cut.read, words, left_out, tuple(cut.notes), tuple(spoken), by_number, unread)


def _places(paragraphs: Sequence[int]) -> str:
    if not paragraphs:
        return ""
    shown = spans(paragraphs)
    return f" (paragraphs {shown})" if len(shown) < 200 else f" (paragraphs {shown[:200].rsplit(',', 1)[0]} …)"
