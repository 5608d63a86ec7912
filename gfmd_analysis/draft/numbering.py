"""Find which numbered blocks open a report's paragraphs: those that carry the numbers on, not agendas and lists."""

from collections import Counter
from itertools import pairwise

from gfmd_analysis.draft.blocks import ITEM, is_ended, is_heading, is_marked, is_title, number_of
from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.errors import GfmdError

FARTHEST_GAP = 20

FARTHEST_BACK = 300

# how much less a numbered block counts that repeats a number, leaves some out, many, or begins a new part
DOUBLED, SKIPPED, JUMPED, RESTARTED = 0.7, 0.8, 1.5, 0.9


def opening_blocks(blocks: list[str]) -> list[int]:
    """Find the blocks that open the numbered paragraphs; none where numbers stand before headings or lists alone.

    Raises
    ------
    GfmdError
        Where numbers stand in disorder.
    """
    numbers = {i: number_of(block) for i, block in enumerate(blocks) if not is_marked(block)}
    numbered = {i: number for i, number in numbers.items() if number is not None}
    chain = _best_chain(numbered, blocks)
    listed: Counter[int] = Counter()
    for position, number in numbered.items():
        if chain and chain[0] < position < chain[-1] and position not in chain and not is_title(blocks[position]):
            reached = max(i for i in chain if i < position)
            listed[reached] += 1
            if number != listed[reached] and number <= numbered[chain[-1]] + FARTHEST_GAP:
                found = f"after paragraph {numbered[reached]} found paragraph {number}"
                raise GfmdError(f"{found}; allowed: numbers in order, or none at all")
    covered = [block for a, b in pairwise([*chain, len(blocks)]) for block in body(blocks[a:b], last=b == len(blocks))]
    text = sum(count_words(block) for block in blocks if not is_marked(block) and not is_title(block))
    are_headings = sum(is_title(blocks[i]) for i in chain) * 2 > len(chain)
    return [] if are_headings or sum(map(count_words, covered)) * 3 < text else chain


def body(blocks: list[str], *, last: bool) -> list[str]:
    """Return those of a numbered block and its followers that are one paragraph; what stands before the next is none."""
    for i, (before, block) in enumerate(pairwise(blocks), start=1):
        if is_heading(block) or (last and is_ended(before) and not ITEM.match(block)):
            return blocks[:i]
    return blocks


def _best_chain(numbered: dict[int, int], blocks: list[str]) -> list[int]:
    """Find the sequence that is worth most: it may repeat a number, leave some out, or begin anew after a heading.

    Each block counts, less what its step from the one before costs.
    """
    places = list(numbered)
    best: dict[int, tuple[float, int]] = {}
    for there, position in enumerate(places):
        worth = float(not is_title(blocks[position]))
        best[position] = (worth, -1)
        for before in places[max(0, there - FARTHEST_BACK) : there]:
            step = numbered[position] - numbered[before]
            if step > 0:  # a jump is worth it where two or more go on from there
                cost = 0.0 if step == 1 else SKIPPED if step <= FARTHEST_GAP else JUMPED
            elif step == 0:
                cost = DOUBLED if before == places[there - 1] else 1.0
            elif numbered[position] == 1 and any(map(is_heading, blocks[before + 1 : position])):
                cost = RESTARTED
            else:
                continue
            value, (so_far, link) = best[before][0] + worth - cost, best[position]
            if value > so_far or (value == so_far and link < 0):
                best[position] = (value, before)
    chain = [max(best, key=lambda position: (best[position][0], position))] if best else []
    while chain and best[chain[-1]][1] >= 0:
        chain.append(best[chain[-1]][1])
    return chain[::-1]
