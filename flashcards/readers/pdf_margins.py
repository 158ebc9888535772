"""What stands at the edges of pages and is no text: page numbers, and the headers and footers that run through."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from flashcards.readers.pdf_columns import lines
from flashcards.readers.pdf_lines import Segment

_MOST_LINES = 3    # of a header or footer
_SAME_PLACE = 4.0    # points
_SHARE = 0.4    # of the pages; left and right ones may differ

_PAGE_NUMBER = re.compile(
    r"""[-–—·.\s]*(?:
      第?\s*\d{1,4}\s*页? (?:[\s/，,]*共?\s*\d{1,4}\s*页)? | 第\s*[一二三四五六七八九十百〇零]+\s*页
    | (?:page|p\.)?\s*\d{1,4}\s*(?:(?:/|of)\s*\d{1,4})? | [ivxlc]{1,7}
    )[-–—·.\s]*""",
    re.VERBOSE | re.IGNORECASE,
)


def without_margins(pages: Sequence[Sequence[Segment]]) -> tuple[list[list[Segment]], int]:
    """The pages' pieces of lines without what runs through, and the number of lines that were left out."""
    edges = [_edges(page) for page in pages]
    places: dict[str, list[float]] = defaultdict(list)
    for top, bottom in edges:
        for line in {*top, *bottom}:
            places[_pattern(line)].append(line.y)

    def runs_through(line: Segment) -> bool:
        same = sum(1 for y in places[_pattern(line)] if abs(y - line.y) <= _SAME_PLACE)
        return same >= max(2, _SHARE * len(pages)) or _PAGE_NUMBER.fullmatch(line.text) is not None

    kept: list[list[Segment]] = []
    count = 0
    for page, sides in zip(pages, edges, strict=True):
        left_out = {line.y for side in sides for line in takewhile(runs_through, side)}
        kept.append([each for each in page if not any(abs(each.y - y) < 0.5 * each.size for y in left_out)])
        count += len(left_out)
    return kept, count


def _edges(page: Sequence[Segment]) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The first lines of a page and its last ones, from the edge inwards."""
    whole = lines(page)
    return whole[:_MOST_LINES], whole[: -_MOST_LINES - 1 : -1]


def _pattern(line: Segment) -> str:
    """The line's text whatever its numbers."""
    return re.sub(r"\d+", "0", line.text)
