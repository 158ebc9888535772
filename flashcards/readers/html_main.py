"""Which nodes of an HTML page are its main text: no navigation, no forms, nothing hidden, no advertisement.

Tags and names that mark a part as something else are believed only as far as the page has another text: what would take
most of its Chinese or most of its English away is the text, whatever it is called.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from flashcards.readers.html_measure import LABEL, Amount, Measure, kept, outermost, total
from flashcards.readers.html_tree import BLOCKS, HEADINGS, Node, Tree, children, text_of

_NO_TEXT = frozenset("""
    head script style noscript template svg iframe object embed applet canvas audio video map noframes
    button input select textarea datalist meter progress annotation rt rp rtc
""".split())
_HIDING_STYLE = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"\s*[\[(（【〔]?\s*(?:注?\s*\d{1,3}|[*†‡§¶#]+|[a-z]|[\u2460-\u2473])\s*[\])）】〕]?\s*")
_NOTES = frozenset("""
    footnote footnotes endnote endnotes rearnote rearnotes noteref pagebreak
    doc-footnote doc-endnote doc-endnotes doc-noteref doc-pagebreak
""".split())

_TAGS = frozenset({"nav", "footer", "aside", "form", "dialog", "menu"})
_ROLES = frozenset("""
    navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tooltip
""".split())
_NAMES = frozenset("""
    footer cookie cookies cookiebar cookiebanner cookieconsent cookienotice consent gdpr onetrust comments commentlist
    disqus respond advert advertisement ad ads adsbygoogle popup modal newsletter subscribe subscription login copyright
    noprint editsection sr-only screen-reader-text visually-hidden no-print
""".split())
_NAMES_OF_LINKS = frozenset("""
    nav navbar navigation topnav menu menus menubar submenu breadcrumb breadcrumbs crumb crumbs pagination pager
    share sharing sharebar social bdshare bdsharebuttonbox jiathis addthis sharethis related recommend recommended
    recommendations toolbar sidebar tags skip
""".split())
_FURNITURE = re.compile(
    r"\s*[(（【\[]?\s*(?:copyright\b.{0,40}\d{4}|©|\(c\)\s*\d{4}|版权所有|版權所有|.{0,12}ICP[备備证證]|上一[篇页頁]|下一[篇页頁]"
    r"|分享[到至]|责任编辑|責任編輯|当前位置|您(?:现在|所在)?的?位置)",
    re.IGNORECASE,
)
_WORDS_OF_A_NAME = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_CONTAINERS = frozenset({"article", "div", "main", "section"})
_LEADS = HEADINGS | {"p", "blockquote", "pre"}

# None of these was tuned; real pages are far from them, on one side or the other.
_MOST = 0.5
_NEARLY_ALL = 0.9
_LONG_RUNS_OF_A_TEXT = 3


@dataclass(frozen=True, slots=True)
class MainText:
    """The nodes that begin what is left out, how much text is hidden, and how much is taken."""

    left_out: frozenset[int]
    hidden: Amount
    taken: Amount


def main_text(tree: Tree) -> MainText:
    """Find the main text of a page as a browser saves it."""
    measure = Measure.of(tree)
    left_out, hidden = _invisible(tree, measure)
    for find in (_labelled, _beside_marked_text, _lists_of_links, _beside_container):
        left_out |= find(tree, left_out, measure.without(left_out))
    return MainText(left_out, hidden, measure.without(left_out).all())


def whole_text(tree: Tree) -> MainText:
    """All the visible text of a page of a book, which has little else."""
    measure = Measure.of(tree)
    left_out, hidden = _invisible(tree, measure)
    left_out |= outermost(tree, left_out, lambda index: tree[index].tag == "nav")
    return MainText(left_out, hidden, measure.without(left_out).all())


def _takes_most(parts: Amount, whole: Amount) -> bool:
    return any(share >= _MOST for share in parts.shares(whole))


def _leaves(tree: Tree) -> list[bool]:
    """Which of the nodes are blocks without blocks in them, or texts."""
    blocks = list(accumulate((int(node.tag in BLOCKS) for node in tree), initial=0))
    return [
        not node.tag or (node.tag in BLOCKS and blocks[node.end] == blocks[index + 1])
        for index, node in enumerate(tree)
    ]


def _holds(part: Amount, whole: Amount, share: float) -> bool:
    """Whether a part has this share of a whole in each of its languages."""
    return all(each >= share for each in part.shares(whole))


# What nobody sees


def _invisible(tree: Tree, measure: Measure) -> tuple[frozenset[int], Amount]:
    """What is no text or hidden, and how much text is hidden."""
    silent = outermost(tree, frozenset(), lambda index: _is_silent(tree, index))
    hidden = outermost(tree, silent, lambda index: _is_hidden(tree[index]))
    measure = measure.without(silent)
    return silent | hidden, total(measure.all(index) for index in hidden)


def _is_silent(tree: Tree, index: int) -> bool:
    """Whether an element is no running text: a script, a control, an annotation, a note or its mark, a program."""
    node = tree[index]
    types = node.attributes.get("epub:type", "").split() + node.attributes.get("role", "").split()
    if "pinyin" in node.names or not _NOTES.isdisjoint(types):
        return True
    if node.tag == "a":
        return "#" in node.attributes.get("href", "") and bool(_NOTE_MARK.fullmatch(text_of(tree, index)))
    if node.tag == "pre":
        inside = [tree[child] for child in children(tree, index)]
        return any(each.tag == "code" for each in inside) and not any(each.text.strip() for each in inside)
    return node.tag in _NO_TEXT or (node.tag == "dialog" and "open" not in node.attributes)


def _is_hidden(node: Node) -> bool:
    if node.tag in ("html", "body"):    # some pages hide themselves until their script has run
        return False
    return "hidden" in node.attributes or bool(_HIDING_STYLE.search(node.attributes.get("style", "")))


# What says of itself that it is something else


def _labelled(tree: Tree, left_out: frozenset[int], measure: Measure) -> frozenset[int]:
    """The parts with a label that can be believed."""
    labelled: defaultdict[str, list[int]] = defaultdict(list)
    holds_no_block = _leaves(tree)
    for index in kept(tree, left_out):
        labels = _labels(tree[index])
        if holds_no_block[index] and _FURNITURE.match(text_of(tree, index)):
            labels.add("furniture")
        if labels & _NAMES_OF_LINKS and not (measure.all(index).weight < LABEL or measure.is_list_of_links(index)):
            labels -= _NAMES_OF_LINKS
        for label in labels:
            parts = labelled[label]
            if not parts or tree[parts[-1]].end <= index:
                parts.append(index)
    whole = measure.plain()
    believed: set[int] = set()
    for parts in labelled.values():
        if not _takes_most(total(measure.plain(index) for index in parts), whole):
            believed.update(parts)
    return frozenset(believed)


def _labels(node: Node) -> set[str]:
    """What an element says it is, if that is no main text."""
    if node.tag in ("", "html", "body"):
        return set()
    labels = {node.tag} & _TAGS | {node.attributes.get("role", "")} & _ROLES
    if node.attributes.get("aria-hidden") == "true":
        labels.add("aria-hidden")
    for name in node.names:
        words = {name, *(word.lower() for word in _WORDS_OF_A_NAME.findall(name))}
        labels |= words & (_NAMES | _NAMES_OF_LINKS)
    return labels


def _lists_of_links(tree: Tree, left_out: frozenset[int], measure: Measure) -> frozenset[int]:
    """The menus and lists of other pages, if the page has another text."""

    def is_list(index: int) -> bool:
        node = tree[index]
        return node.tag in BLOCKS and node.tag != "body" and measure.is_list_of_links(index)

    lists = outermost(tree, left_out, is_list)
    for run in _runs(tree, left_out | lists):
        if measure.is_list_of_links(*run):
            lists |= set(run)
    is_all = _takes_most(total(measure.all(index) for index in lists), measure.all())
    return lists if not is_all or measure.long_runs() >= _LONG_RUNS_OF_A_TEXT else frozenset()


def _runs(tree: Tree, left_out: frozenset[int]) -> Iterator[list[int]]:
    """The texts and elements that stand on one line, between two borders of blocks or line breaks."""
    breaks = list(accumulate((int(node.tag in BLOCKS or node.tag == "br") for node in tree), initial=0))
    run: list[int] = []
    ends: list[int] = []    # of the blocks that are open
    reached = 0
    for index in kept(tree, left_out):
        node = tree[index]
        if index < reached:
            continue
        is_border = node.tag in BLOCKS or node.tag == "br"
        if run and (is_border or index >= ends[-1]):
            yield run
            run = []
        while ends and index >= ends[-1]:
            ends.pop()
        if is_border:
            ends.append(node.end)
        elif breaks[node.end] == breaks[index]:
            run.append(index)
            reached = node.end
    if run:
        yield run


# What holds the text


def _beside_marked_text(tree: Tree, left_out: frozenset[int], measure: Measure) -> frozenset[int]:
    """What stands beside the only element that says it is the main text, if it has most of it; not the title."""

    def is_title(index: int) -> bool:
        return tree[index].tag == "h1" and measure.plain(index).weight > 0

    for mark in (_is_main, _is_article):
        marked = outermost(tree, left_out, [mark(node) for node in tree].__getitem__)
        for region in marked:
            if len(marked) == 1 and _holds(measure.plain(region), measure.plain(), _MOST):
                return _beside(tree, left_out, region, is_title)
    return frozenset()


def _is_main(node: Node) -> bool:
    return node.tag == "main" or node.attributes.get("role") == "main"


def _is_article(node: Node) -> bool:
    return node.tag == "article" or node.attributes.get("itemprop") == "articleBody"


def _beside_container(tree: Tree, left_out: frozenset[int], measure: Measure) -> frozenset[int]:
    """The labels beside the innermost container that has nearly all the text.

    Only one that a page's design has given a name, or the cell of a table, is such a container. Headings and paragraphs
    before it may begin the text, and whatever is long belongs to it.
    """
    whole = measure.plain()
    region = 0
    for index in kept(tree, left_out):
        node = tree[index]
        is_container = node.tag == "td" or (node.tag in _CONTAINERS and node.names)
        if is_container and _holds(measure.plain(index), whole, _NEARLY_ALL):
            region = index

    def is_text(index: int) -> bool:
        leads = tree[index].tag in _LEADS and (index < region or tree[index].tag == "h1")
        return (leads and measure.plain(index).weight > 0) or measure.long_runs(index) > 0

    return _beside(tree, left_out, region, is_text)


def _beside(
    tree: Tree, left_out: frozenset[int], region: int, is_text: Callable[[int], bool]
) -> frozenset[int]:
    """The blocks without blocks in them, and the texts that stand in none, outside a region, unless they are text."""
    holds_no_block = _leaves(tree)
    found: set[int] = set()
    reached = 0
    for index in kept(tree, left_out):
        node = tree[index]
        if index < reached:
            continue
        if index == region:
            reached = node.end
        elif holds_no_block[index]:
            reached = node.end
            if not is_text(index):
                found.add(index)
    return frozenset(found)
