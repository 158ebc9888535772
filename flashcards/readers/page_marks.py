"""What stands at the edges of pages and is no text: page numbers, and the headers and footers that run through."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

PAGE_NUMBERS = "page numbers"
RUNNING = "headers and footers"

_NUMBER = r"(?P<number>\d{1,4})"
_PAGE_NUMBER = re.compile(
    rf"""
      (?P<bare> {_NUMBER} )
    | [-–—·|~\s]+ (?: \d{{1,4}} | [ivxlc]{{1,7}} ) [-–—·|~\s]+
    | \d{{1,4}} \s* (?: [-–—] | / \s* \d{{1,4}} )    # Markdown takes the first dash for a list's
    | (?: page | p\. ) \s* \d{{1,4}} (?: \s* (?: / | of ) \s* \d{{1,4}} )?
    | 第 \s* \d{{1,4}} \s* [页頁] (?: [\s/，,]* 共 \s* \d{{1,4}} \s* [页頁] )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_TELLS_THE_PAGE = re.compile(
    r"(?<=[\s|·•—–-])(?:第\s*\d+\s*[页頁]|page\s*\d+)$|^(?:第\s*\d+\s*[页頁]|page\s*\d+)(?=\s*[|·•—–-])", re.IGNORECASE
)
_NUMBERED_HEADING = re.compile(
    r"(?:chapter|lesson|unit|part|section|step|scene|act|day|week|year|question|exercise|example|figure|table|text"
    r"|dialogue|story)\b|第\s*\d+\s*[^页頁\d\s]|[(（]?\d+\s*[.)）、]",
    re.IGNORECASE,
)

_LONGEST = 90    # characters of a header, which is one line
_MOST_LINES = 3    # of a header or footer
_FEWEST = 3    # times that a header comes back
_SHARE = 0.4    # of the pages; those on the left and on the right may have different headers
_LARGEST_STEP = 2    # from page number to page number; a page without text has none


def is_page_number(text: str) -> bool:
    """Whether a line may be nothing but the number of a page.

    >>> is_page_number("- 12 -"), is_page_number("Page 3 of 10"), is_page_number("第3页"), is_page_number("In 12")
    (True, True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def page_marks(texts: Sequence[str]) -> dict[int, str]:
    """The places of what is no text among the lines or blocks of a document, and what each is, in the plural.

    A number counts if it goes on counting; a header if it comes back beside the numbers, or has them in itself.
    """
    numbers = _page_numbers(texts)
    places = _places(texts)
    running = {place for pattern, each in places.items() if _tell_pages(pattern, each, texts) for place in each}
    running |= _facing_headers(places, texts)
    beside = set(numbers)
    while more := [place for each in places.values() for place in _beside(each, beside, texts) if place not in running]:
        running.update(more)
        beside.update(more)
    return {**dict.fromkeys(running, RUNNING), **dict.fromkeys(numbers, PAGE_NUMBERS)}


def marks_at_edges(pages: Sequence[Sequence[str]]) -> list[dict[int, str]]:
    """The same for lines whose pages are known: page by page the places of what is no text.

    Args:
        pages: the lines of each page, without blank ones.
    """
    if len(pages) < _FEWEST:
        return [{} for _ in pages]
    found: list[dict[int, str]] = [{} for _ in pages]
    for step in (1, -1):    # from the head downwards, from the foot upwards
        edges = [list(range(len(page)))[::step][:_MOST_LINES] for page in pages]
        patterns = [{_pattern(page[place]) for place in edge} for page, edge in zip(pages, edges, strict=True)]
        counts = Counter(pattern for each in patterns for pattern in each)
        through = {pattern for pattern, number in counts.items() if number >= max(_FEWEST, _SHARE * len(pages))}
        for page, edge, marks in zip(pages, edges, found, strict=True):
            marks.update(_marks_from_edge(page, edge, through))
    return found


def _marks_from_edge(page: Sequence[str], edge: Iterable[int], through: Set[str]) -> Iterator[tuple[int, str]]:
    for place in edge:
        if is_page_number(page[place]):
            yield place, PAGE_NUMBERS
        elif _pattern(page[place]) in through and len(page[place]) <= _LONGEST:
            yield place, RUNNING
        else:
            return


def _page_numbers(texts: Sequence[str]) -> set[int]:
    """The places of lines that are numbers and count the pages: at least two of them, bare ones three."""
    kinds: dict[bool, list[int]] = {True: [], False: []}
    for place, text in enumerate(texts):
        found = _PAGE_NUMBER.fullmatch(text.strip())
        if found and _DIGITS.search(text):
            kinds[found["bare"] is not None].append(place)
    numbers: set[int] = set()
    for is_bare, places in kinds.items():
        values = [int(_DIGITS.findall(texts[place])[0]) for place in places]
        counted = {
            place: value
            for left, right in pairwise(zip(places, values, strict=True))
            if 0 <= right[1] - left[1] <= _LARGEST_STEP
            for place, value in (left, right)
        }
        if len(set(counted.values())) >= (_FEWEST if is_bare else 2):
            numbers.update(counted)
    return numbers


def _places(texts: Sequence[str]) -> Mapping[str, list[int]]:
    """The places of each line that comes back, by its text whatever its numbers."""
    places = defaultdict(list)
    for place, text in enumerate(texts):
        if len(text) <= _LONGEST and not is_page_number(text):
            places[_pattern(text)].append(place)
    return {pattern: each for pattern, each in places.items() if len(each) >= _FEWEST}


def _pattern(text: str) -> str:
    """The text whatever its numbers, unless they number a heading."""
    text = text.strip()
    return text if _NUMBERED_HEADING.match(text) else _DIGITS.sub("0", text)


def _tell_pages(pattern: str, places: Sequence[int], texts: Sequence[str]) -> bool:
    """Whether these lines each say on which page they stand."""
    values = [_DIGITS.findall(texts[place]) for place in places]
    return _TELLS_THE_PAGE.search(pattern) is not None and all(a != b for a, b in pairwise(values))


def _facing_headers(places: Mapping[str, Sequence[int]], texts: Sequence[str]) -> set[int]:
    """The headers of facing pages, in two wordings that have the odd and the even page numbers in them."""
    numbered: dict[int, list[int]] = defaultdict(list)
    for pattern, each in places.items():
        values = [int(_DIGITS.findall(texts[place])[0]) for place in each if pattern.count("0") == 1]
        if values and all(b - a == 2 for a, b in pairwise(values)):
            numbered[values[0]] += each
    first = min(numbered, default=0)
    return {*numbered[first], *numbered[first + 1]} if first + 1 in numbered else set()


def _beside(places: Sequence[int], marks: set[int], texts: Sequence[str]) -> list[int]:
    """Those of the places that are next to page numbers, if they are enough and say the same."""
    beside = [place for place in places if {place - 1, place + 1} & marks]
    enough = max(_FEWEST, _SHARE * len(marks) / 2)
    return beside if len(beside) >= enough and len({texts[place].strip() for place in beside}) == 1 else []
