"""How much text the parts of an HTML page have, in each language, and how much of it is in links."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from flashcards.model import HAN
from flashcards.readers.html_tree import Tree

_CHINESE_CHARACTER = re.compile(f"[{HAN}]")
_ENGLISH_WORD = re.compile(r"[A-Za-zÀ-ɏ][\w'’-]*")

# None of these was tuned; real pages are far from them, on one side or the other.
_PRESENT = 0.1    # a language with less of a text's weight than this does not count
_FULL_OF_LINKS = 0.6
_FEWEST_LINKS = 3

LABEL = 40
"""The weight of a run of text that is more than a label: 14 English words or 20 Chinese characters."""


class Amount(NamedTuple):
    """How much text there is: Chinese characters and English words."""

    zh: int
    en: int

    @property
    def weight(self) -> int:
        """Both in one figure; an English word says as much as one and a half characters."""
        return 2 * self.zh + 3 * self.en

    def less(self, other: "Amount") -> "Amount":
        """What is left without another amount."""
        return Amount(self.zh - other.zh, self.en - other.en)

    def shares(self, whole: "Amount") -> list[float]:
        """The share of a whole in each of the languages that the whole is in."""
        present = _PRESENT * whole.weight
        shares = []
        if 2 * whole.zh > present:
            shares.append(self.zh / whole.zh)
        if 3 * whole.en > present:
            shares.append(self.en / whole.en)
        return shares


class Measure:
    """The amounts of a page's text, as sums over all the nodes before each one.

    Args:
        tree: the page.
        left_out: the nodes that do not count, nor what stands in them.
        amounts: the amount of each node's own text.
    """

    def __init__(self, tree: Tree, left_out: frozenset[int], amounts: Sequence[Amount]) -> None:
        count = len(tree)
        plain_zh, plain_en, linked_zh, linked_en = ([0] * count for _ in range(4))
        links, long = [0] * count, [0] * count
        link_end = 0
        for index in kept(tree, left_out):
            node = tree[index]
            if node.tag == "a" and "href" in node.attributes:
                link_end = max(link_end, node.end)
                links[index] = 1
            elif not node.tag and index < link_end:
                linked_zh[index], linked_en[index] = amounts[index]
            elif not node.tag:
                plain_zh[index], plain_en[index] = amounts[index]
                long[index] = int(amounts[index].weight >= LABEL)
        self._tree = tree
        self._plain = _sums(plain_zh), _sums(plain_en)
        self._linked = _sums(linked_zh), _sums(linked_en)
        self._links, self._long = _sums(links), _sums(long)
        self._amounts = amounts

    @classmethod
    def of(cls, tree: Tree) -> "Measure":
        """The measure of a whole page."""
        return cls(tree, frozenset(), [amount(node.text) for node in tree])

    def without(self, left_out: frozenset[int]) -> "Measure":
        """The measure of the same page when some nodes do not count."""
        return Measure(self._tree, left_out, self._amounts)

    def plain(self, *indexes: int) -> Amount:
        """The text in some nodes that is not in links; without nodes, here and below, in the whole page."""
        return Amount(self._within(self._plain[0], indexes), self._within(self._plain[1], indexes))

    def linked(self, *indexes: int) -> Amount:
        """The text in the links of some nodes."""
        return Amount(self._within(self._linked[0], indexes), self._within(self._linked[1], indexes))

    def all(self, *indexes: int) -> Amount:
        """All the text in some nodes."""
        return total((self.plain(*indexes), self.linked(*indexes)))

    def long_runs(self, *indexes: int) -> int:
        """The number of runs of text in some nodes that are not in links and more than labels."""
        return self._within(self._long, indexes)

    def is_list_of_links(self, *indexes: int) -> bool:
        """Whether some nodes have little but links, in each language that they have, and nothing but labels beside."""
        if self._within(self._links, indexes) < _FEWEST_LINKS or self.long_runs(*indexes):
            return False
        return all(share >= _FULL_OF_LINKS for share in self.linked(*indexes).shares(self.all(*indexes)))

    def _within(self, sums: Sequence[int], indexes: Sequence[int]) -> int:
        return sum(sums[self._tree[index].end] - sums[index] for index in indexes or (0,))


def amount(text: str) -> Amount:
    """How much there is in a text."""
    return Amount(len(_CHINESE_CHARACTER.findall(text)), len(_ENGLISH_WORD.findall(text)))


def total(amounts: Iterable[Amount]) -> Amount:
    """The amounts added up."""
    zh = en = 0
    for each in amounts:
        zh, en = zh + each.zh, en + each.en
    return Amount(zh, en)


def kept(tree: Tree, left_out: frozenset[int]) -> Iterator[int]:
    """The indexes of the nodes that are not left out, nor stand in one that is."""
    index = 0
    while index < len(tree):
        if index in left_out:
            index = tree[index].end
        else:
            yield index
            index += 1


def outermost(tree: Tree, left_out: frozenset[int], is_meant: Callable[[int], object]) -> frozenset[int]:
    """The elements that are meant, without those that stand in another one."""
    found: set[int] = set()
    end = 0
    for index in kept(tree, left_out):
        if index >= end and tree[index].tag and is_meant(index):
            found.add(index)
            end = tree[index].end
    return frozenset(found)


def _sums(figures: Sequence[int]) -> list[int]:
    return list(accumulate(figures, initial=0))
