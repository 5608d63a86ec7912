"""Account for a draft: what was read, what was left out and where, how sure the speakers are, and that it adds up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gfmd_analysis.draft.language import INSTALL, NAMES, can_read, languages_of
from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.paragraphs import Cut, LeftOut
from gfmd_analysis.draft.report import Document
from gfmd_analysis.draft.speakers import CARRIED, CERTAIN, CHAIR, DOUBTFUL, UNNAMED, Speech
from gfmd_analysis.text import spans

MOST_PLACES = 5


@dataclass(frozen=True)
class Account:
    """What became of a document's words and speakers."""

    paragraphs: int
    read: int
    document: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    certain: tuple[int, ...]
    carried: tuple[int, ...]
    doubtful: tuple[int, ...]
    unnamed: tuple[int, ...]
    presiding: int
    by_number: int
    unread: tuple[tuple[str, int, int], ...] = ()

    @property
    def missing(self) -> int:
        """Words of the document that are neither in the draft nor named as left out (0 where the account adds up)."""
        return self.document - self.read - sum(each.words for each in self.left_out)

    def lines(self) -> list[str]:
        """Word the account, a line for each subject."""
        out = sum(each.words for each in self.left_out)
        lines = [
            f"Read {self.paragraphs} paragraphs with {self.read:,} words, and left out {out:,} of the document's {self.document:,} words"
            + (
                "."
                if not self.missing
                else f": {abs(self.missing):,} words are NOT accounted for. Hold the draft against the report."
            )
        ]
        for what in dict.fromkeys(each.what for each in self.left_out):
            these = [each for each in self.left_out if each.what == what]
            told = [f"{each.where}: {each.begins!r}" for each in these if each.begins and what == "unnumbered text"]
            more = f" and {len(told) - MOST_PLACES} more places" if len(told) > MOST_PLACES else ""
            where = f" ({'; '.join(told[:MOST_PLACES])}{more})" if told else ""
            lines.append(f"Left out, {what}: {sum(each.words for each in these):,} words{where}.")
        for language in dict.fromkeys(language for language, _, _ in self.unread):
            numbers, words = zip(*[each[1:] for each in self.unread if each[0] == language], strict=True)
            lines.append(
                f"Not read, in {language}: {sum(words):,} words{_places(numbers)}; "
                "their labels and figures alone are in the draft."
            )
        lines += [f"Note: {note}." for note in self.notes]
        lines.append(
            f"Speakers: {len(self.certain)} certain, {len(self.carried)} carried on from before"
            f"{_places(self.carried)}, {len(self.doubtful)} doubtful{_places(self.doubtful)}."
        )
        if self.unnamed:
            lines.append(f"Nobody is named for {len(self.unnamed)} of them{_places(self.unnamed)}.")
        if self.presiding:
            lines.append(f"Who presides is not named as a body ({self.presiding} times).")
        lines.append(f"Objectives: {self.by_number} named by number.")
        return lines


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
    languages = languages_of([paragraph.text for paragraph in cut.paragraphs], language)
    unread = tuple(
        (
            NAMES[tongue] + (f" (after {INSTALL[tongue]})" if tongue in INSTALL else ""),
            paragraph.number,
            count_words(paragraph.text),
        )
        for paragraph, tongue in zip(cut.paragraphs, languages, strict=True)
        if tongue != language and not can_read(tongue)
    )
    sure = {
        mark: tuple(each.paragraph for each in spoken if each.certainty == mark)
        for mark in (CERTAIN, CARRIED, DOUBTFUL)
    }
    actors = Counter(each.actor for each in spoken)
    return Account(
        paragraphs=len(cut.paragraphs),
        read=cut.read,
        document=cut.words + sum(each.words for each in document.left_out),
        left_out=(*document.left_out, *cut.left_out),
        notes=tuple(cut.notes),
        certain=sure[CERTAIN],
        carried=sure[CARRIED],
        doubtful=sure[DOUBTFUL],
        unnamed=tuple(each.paragraph for each in spoken if each.actor == UNNAMED),
        presiding=actors[CHAIR],
        by_number=by_number,
        unread=unread,
    )


def _places(paragraphs: Sequence[int]) -> str:
    if not paragraphs:
        return ""
    shown = spans(paragraphs)
    return f" (paragraphs {shown})" if len(shown) < 200 else f" (paragraphs {shown[:200].rsplit(',', 1)[0]} …)"
