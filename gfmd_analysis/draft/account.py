"""Account for a draft: what was read, what was left out and where, how sure the speakers are, and that it adds up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gfmd_analysis.draft.language import INSTALL, NAMES, can_read, languages_of
from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.paragraphs import Cut
from gfmd_analysis.draft.report import Document
from gfmd_analysis.draft.sections import CHAIR, UNNAMED
from gfmd_analysis.draft.speakers import CARRIED, CERTAIN, DOUBTFUL, Speech
from gfmd_analysis.text import spans

MOST_PLACES = 5


@dataclass(frozen=True)
class Account:
    """What became of a document's words and speakers, as reader, cutter and finder of speakers returned them.

    ``by_number`` are the mentions of an objective by its number. Long paragraphs in another language than the report's
    that is not read are named.
    """

    document: Document
    cut: Cut
    spoken: Sequence[Speech]
    by_number: int
    language: str

    @property
    def missing(self) -> int:
        """Words of the document that are neither in the draft nor named as left out (0 where the account adds up)."""
        return self.cut.words - self.cut.read - sum(each.words for each in self.cut.left_out)

    def lines(self) -> list[str]:
        """Word the account, a line for each subject."""
        left_out = (*self.document.left_out, *self.cut.left_out)
        out, read = sum(each.words for each in left_out), self.cut.read
        told = f"Read {len(self.cut.paragraphs)} paragraphs with {read:,} words, and left out {out:,}"
        wrong = f": {abs(self.missing):,} words are NOT accounted for. Hold the draft against the report."
        lines = [f"{told} of the document's {read + out + self.missing:,} words{wrong if self.missing else '.'}"]
        for what in dict.fromkeys(each.what for each in left_out):
            these = [each for each in left_out if each.what == what]
            places = [f"{each.where}: {each.begins!r}" for each in these if each.begins and what == "unnumbered text"]
            more = f" and {len(places) - MOST_PLACES} more places" if len(places) > MOST_PLACES else ""
            where = f" ({'; '.join(places[:MOST_PLACES])}{more})" if places else ""
            lines.append(f"Left out, {what}: {sum(each.words for each in these):,} words{where}.")
        lines += self._unread()
        lines += [f"Note: {note}." for note in self.cut.notes]
        certain, carried, doubtful = (
            [each.paragraph for each in self.spoken if each.certainty == mark] for mark in (CERTAIN, CARRIED, DOUBTFUL)
        )
        sure = f"{len(certain)} certain, {len(carried)} carried on from before{_places(carried)}"
        lines.append(f"Speakers: {sure}, {len(doubtful)} doubtful{_places(doubtful)}.")
        if unnamed := [each.paragraph for each in self.spoken if each.actor == UNNAMED]:
            lines.append(f"Nobody is named for {len(unnamed)} of them{_places(unnamed)}.")
        if presiding := sum(each.actor == CHAIR for each in self.spoken):
            lines.append(f"Who presides is not named as a body ({presiding} times).")
        return [*lines, f"Objectives: {self.by_number} named by number."]

    def _unread(self) -> Iterator[str]:
        """Word, for each language that is not read, how much of the report is in it and where."""
        languages = languages_of([each.text for each in self.cut.paragraphs], self.language)
        for tongue in (each for each in dict.fromkeys(languages) if each != self.language and not can_read(each)):
            texts = [each for each, told in zip(self.cut.paragraphs, languages, strict=True) if told == tongue]
            words, where = sum(count_words(each.text) for each in texts), _places([each.number for each in texts])
            name = NAMES[tongue] + (f" (after {INSTALL[tongue]})" if tongue in INSTALL else "")
            yield f"Not read, in {name}: {words:,} words{where}; their labels and figures alone are in the draft."


def _places(paragraphs: Sequence[int]) -> str:
    shown = spans(paragraphs)
    shown = shown if len(shown) < 200 else f"{shown[:200].rsplit(',', 1)[0]} …"
    return f" (paragraphs {shown})" if paragraphs else ""
