"""How the two languages of a document are laid out, and which of its paragraphs are printed as a translation's pair.

Nothing tells the layout but the order of the blocks and their lengths. Where the languages alternate, a paragraph (or
line) and its translation stand together: that is kept as a hint for the aligner. Pages promise nothing of the kind,
since the two sides of a page need not end at the same content.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby, pairwise
from statistics import mean, median

from flashcards.model import Block, Finding, Language, Place
from flashcards.text.reflow import is_cut, mend

Run = tuple[Block, ...]
Blocks = tuple[Block, ...]

_NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}

_ALTERNATING = 0.6    # of the blocks stand one to one where the languages alternate; of those of pages, next to none
_SOMETIMES = 0.3    # of the blocks: neither
_MOSTLY = 0.75    # of what stands one to one has lengths that fit
_ONE_SIDED = 0.9    # of a language's blocks are in one run, or of a file's in one language; the rest are titles
_FEWEST_COUPLES = 2

_RATIOS = (1.5, 8.0)    # English characters for a Chinese one, by the median; hand-aligned texts have 3.4 to 5.1
# How many times longer or shorter a side may be than the other leads to expect: 99 % of the sentences and nearly all
# paragraphs of the hand-aligned texts stay within it. Both sides get SLACK characters more, since few words say little.
_TIMES_AS_LONG = 2.2
_SLACK = 15
_CLEARLY_STEADIER = 0.15    # mean of logarithms; right couples are off by some .15, those of neighbours by .4


@dataclass(frozen=True, slots=True)
class Couple:
    """Two neighbouring runs, the first of the language that is printed first."""

    first: Run
    second: Run


def arrange(blocks: Sequence[Block], is_word: Callable[[str], bool]) -> tuple[Blocks, tuple[Finding, ...]]:
    """Find the layout of each source, mend what its page breaks have cut, and mark what is printed together.

    Args:
        blocks: the blocks of both languages in their printed order.
        is_word: whether an English word (lower case, perhaps hyphenated) exists.

    Returns:
        All Chinese blocks and then all English ones, each language in its order; those of a paragraph and its
        translation have the same `group` if the layout tells. And what there is to say of the layouts and the breaks.
    """
    by_source: defaultdict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        by_source[block.where.source].append(block)
    sources = [tuple(each) for each in by_source.values()]
    sides = [_only_language(each) for each in sources]
    arranged: list[Block] = []
    findings: list[Finding] = []
    if len(sources) == 2 and set(sides) == {"zh", "en"}:
        arranged, findings = _two_files(sources, sides)
    else:
        numbers = count()
        for source in sources:
            placed, found = _one_file(source, numbers, is_word)
            arranged += placed
            findings += found
    arranged.sort(key=lambda block: block.lang != "zh")
    return tuple(arranged), tuple(findings)


# Two files


def _only_language(blocks: Blocks) -> Language | None:
    """The language of a file in one language, but perhaps for a title."""
    lang, most = Counter(block.lang for block in blocks).most_common(1)[0]
    return lang if most >= _ONE_SIDED * len(blocks) else None


def _two_files(sources: Sequence[Blocks], sides: Sequence[Language | None]) -> tuple[list[Block], list[Finding]]:
    """The blocks of two files, one in each language; paragraph by paragraph if there are as many on both sides."""
    first, second = (
        [block for block in source if block.lang == side] for source, side in zip(sources, sides, strict=True)
    )
    couples = [Couple((a,), (b,)) for a, b in zip(first, second, strict=False)]
    usual = _usual_ratio(couples)
    corresponds = (
        len(first) == len(second) >= _FEWEST_COUPLES
        and all(block.row is None for source in sources for block in source)
        and all(_is_proportionate(couple, usual) for couple in couples)
    )
    blocks = [block for source in sources for block in source]
    name = f"two files, {_NAMES[first[0].lang]} and {_NAMES[second[0].lang]}"
    if corresponds:
        name += f", of {len(couples)} paragraphs each"
        blocks = _grouped(blocks, couples, count())
    return blocks, [_finding(blocks[0].where.source, name)]


# One file


def _one_file(
    blocks: Blocks, numbers: Iterator[int], is_word: Callable[[str], bool]
) -> tuple[Blocks, tuple[Finding, ...]]:
    """The blocks of one file, mended, or grouped by these numbers; and its layout."""
    names = []
    rows = {block.row for block in blocks if block.row is not None}
    if rows:
        names.append(f"a table of {len(rows)} rows")
    free = [block for block in blocks if block.row is None]
    couples = _couples(free)
    runs_through = _runs_through(free)
    placed: Blocks = blocks
    breaks: tuple[Finding, ...] = ()
    if not {"zh", "en"} <= {block.lang for block in free}:
        pass
    elif runs_through:
        first, second = (_NAMES[lang] for lang in runs_through)
        names.append(f"all of the {first}, then all of the {second}")
    elif _alternate(free, couples):
        usual = _usual_ratio(couples)
        pairs = [pair for couple in couples for pair in _pairs(couple, usual)]
        placed = tuple(_grouped(blocks, pairs, numbers))
        names.append(_name_of_alternating(free, couples, pairs))
    else:
        placed, breaks = mend(blocks, is_word)
        names.append(_name_of_runs(free, couples))
    layout = "mixed: " + ", and ".join(names) if len(names) > 1 else "".join(names)
    return placed, ((_finding(blocks[0].where.source, layout), *breaks) if layout else breaks)


def _runs_through(blocks: Sequence[Block]) -> list[Language]:
    """The languages in their order if each is printed as a whole, but perhaps for a title; else none."""
    runs = [tuple(run) for _, run in groupby(blocks, key=lambda block: block.lang)]
    longest = sorted(runs, key=len)[-2:]
    whole = {run[0].lang for run in longest} == {"zh", "en"} and sum(map(len, longest)) >= _ONE_SIDED * len(blocks)
    return [run[0].lang for run in sorted(longest, key=runs.index)] if whole else []


def _alternate(blocks: Sequence[Block], couples: Sequence[Couple]) -> bool:
    """Whether a paragraph or line and its translation stand together throughout, and none is cut by a page's end."""
    single = _single(couples)
    if len(single) < _FEWEST_COUPLES or 2 * len(single) < _ALTERNATING * len(blocks):
        return False
    usual = _usual_ratio(single)
    proportionate = sum(1 for couple in single if _is_proportionate(couple, usual))
    is_steady = _RATIOS[0] <= usual <= _RATIOS[1] and proportionate >= _MOSTLY * len(single)
    return is_steady and not _has_cut_sentences(blocks)


def _single(couples: Iterable[Couple]) -> list[Couple]:
    return [couple for couple in couples if len(couple.first) == len(couple.second) == 1]


def _has_cut_sentences(blocks: Iterable[Block]) -> bool:
    english = [block for block in blocks if block.lang == "en"]
    return any(is_cut(left, right) for left, right in pairwise(english))


def _couples(blocks: Iterable[Block]) -> list[Couple]:
    """The runs of the two languages two by two.

    The text may begin with something that has no translation, so the second run is tried as the first as well.
    """
    runs = [tuple(run) for _, run in groupby(blocks, key=lambda block: block.lang)]
    ways = [[Couple(*two) for two in zip(runs[start::2], runs[start + 1 :: 2], strict=False)] for start in (0, 1)]
    steady = [_unsteadiness(way) for way in ways]
    return ways[1] if steady[1] + _CLEARLY_STEADIER < steady[0] else ways[0]


def _pairs(couple: Couple, usual: float) -> Iterator[Couple]:
    """What translates each other in a couple of runs, as far as the lengths tell."""
    first, second = couple.first, couple.second
    if len(first) == len(second):
        one_by_one = [Couple((a,), (b,)) for a, b in zip(first, second, strict=True)]
        if all(_is_proportionate(each, usual) for each in one_by_one):
            yield from one_by_one
            return
    neighbours = Couple(first[-1:], second[:1])    # the others have no translation
    best = min((couple, neighbours), key=lambda each: _disproportion(each, usual))
    if _is_proportionate(best, usual):
        yield best


def _grouped(blocks: Iterable[Block], couples: Iterable[Couple], numbers: Iterator[int]) -> list[Block]:
    """The blocks, those of a couple with its number."""
    groups = {id(block): number for couple, number in zip(couples, numbers, strict=False) for block in _all(couple)}
    return [replace(block, group=groups.get(id(block))) for block in blocks]


def _all(couple: Couple) -> Blocks:
    return (*couple.first, *couple.second)


# Lengths


def _usual_ratio(couples: Sequence[Couple]) -> float:
    """English characters for a Chinese one, in the middle of all couples."""
    return median(_length(couple, "en") / _length(couple, "zh") for couple in couples) if couples else _RATIOS[0]


def _unsteadiness(couples: Sequence[Couple]) -> float:
    usual = _usual_ratio(couples)
    return mean(_disproportion(couple, usual) for couple in couples) if couples else math.inf


def _is_proportionate(couple: Couple, usual: float) -> bool:
    return _disproportion(couple, usual) <= math.log(_TIMES_AS_LONG)


def _disproportion(couple: Couple, usual: float) -> float:
    """How far the English is from the length that the Chinese leads to expect, as a logarithm, at least 0."""
    expected = usual * _length(couple, "zh")
    return abs(math.log((_length(couple, "en") + _SLACK) / (expected + _SLACK)))


def _length(couple: Couple, lang: Language) -> int:
    return sum(len(block.text) for block in _all(couple) if block.lang == lang)


# Names


def _name_of_alternating(blocks: Sequence[Block], couples: Sequence[Couple], pairs: Sequence[Couple]) -> str:
    unit = "lines" if sum(1 for block in blocks if block.kind == "line") > len(blocks) / 2 else "paragraphs"
    first = _NAMES[couples[0].first[0].lang]
    return f"{unit} alternate, {first} first: {len(pairs)} beside their translation"


def _name_of_runs(blocks: Sequence[Block], couples: Sequence[Couple]) -> str:
    first, second = (_NAMES[run[0].lang] for run in (couples[0].first, couples[0].second))
    if 2 * len(_single(couples)) >= _SOMETIMES * len(blocks) and not _has_cut_sentences(blocks):
        return f"mixed: some paragraphs alternate, {first} first, others stand in runs of one language"
    return f"pages, the {first} of each before the {second}"


def _finding(source: str, layout: str) -> Finding:
    return Finding("text", Place(source), "info", f"layout: {layout}")
