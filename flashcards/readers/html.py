"""HTML: the main text of a page as a browser saves it, without menus, scripts, forms and what is hidden."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flashcards.errors import InputError
from flashcards.model import Document, Finding, Place
from flashcards.readers.decoding import decode_any
from flashcards.readers.folding import fold
from flashcards.readers.html_flow import Flow
from flashcards.readers.html_main import main_text, whole_text
from flashcards.readers.html_measure import LABEL, Amount, total
from flashcards.readers.html_tree import Tree, parse, text_of
from flashcards.readers.pieces import Piece, document
from flashcards.text.clean import normalise_line_ends
from flashcards.text.joints import vocabulary

_HEAD = 8192    # bytes in which a page declares its encoding; browsers look at 1024, but long comments come first
_DECLARATION = re.compile(rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8-sig"),
    "hz-gb-2312": "hz",
}
"""Python's codecs by the names that pages use, each the largest of its family, as in browsers.

Other names are not believed: western ones are in many Chinese pages, because an editor put them there.
"""
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_PROOF_OF_UTF_8 = 4    # characters beyond ASCII; fewer may be a word of GB 18030 that happens to be UTF-8 (联通)
_FAULTS = 0.002        # the share of characters that may be broken in a page that can be read all the same

_EMPTY_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

_SITE = re.compile(r"\s+[-–—|·»]\s+|\s*[|_｜]\s*")
_HIDDEN = 1 / 3        # of the text that is taken; menus that a page folds up have less


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of HTML says: its title, its blocks, and how much was left out.

    `foreign` counts the blocks in other languages by their codes; `hidden` is the text that nobody sees, `taken` that
    of the blocks.
    """

    title: str
    pieces: tuple[Piece, ...]
    foreign: Counter[str]
    hidden: Amount
    taken: Amount


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a page of HTML; a block's place is its number in the text.

    Raises:
        InputError: the encoding cannot be told, the page is nested too deeply, or there is no text in it.
    """
    return read_page(data, source)


def read_page(data: bytes, source: str, charset: str = "") -> tuple[Document, tuple[Finding, ...]]:
    """The same for a page whose encoding may be known by a name from outside it (`charset`)."""
    markup, encoding = decode_markup(data, source, charset)
    tree = parse(markup, source)
    page = page_of(tree)
    made, findings = document(page.pieces, source)
    if not made.blocks:
        raise _no_text(tree, source)
    title = made.title if _has_heading(tree) else page.title or made.title
    return replace(made, title=title), (*encoding, *findings_of([page], source), *findings)


def page_of(tree: Tree, *, is_book: bool = False) -> Page:
    """The text of a page, the main text if it is not known (`is_book`) that the page holds nothing else."""
    text = whole_text(tree) if is_book else main_text(tree)
    words = vocabulary(node.text for node in tree if not node.tag)
    flow = Flow(tree, text.left_out, words.__contains__)
    pieces = tuple(flow.pieces())
    return Page(_title(tree), pieces, flow.foreign, text.hidden, text.taken)


def findings_of(pages: Sequence[Page], source: str) -> tuple[Finding, ...]:
    """What there is to say about what was left out of some pages."""
    findings = []
    foreign = sum((page.foreign for page in pages), Counter[str]())
    if foreign:
        counts = ", ".join(f"{code} {times}" for code, times in foreign.most_common())
        message = f"blocks in other languages left out: {foreign.total()} ({counts})"
        findings.append(Finding("text", Place(source), "info", message))
    hidden, taken = total(page.hidden for page in pages), total(page.taken for page in pages)
    if hidden.weight > max(LABEL, _HIDDEN * taken.weight):
        message = f"hidden text left out: {hidden.zh} Chinese characters and {hidden.en} English words"
        remedy = "show it in the browser and save the page again if it belongs to the text"
        findings.append(Finding("text", Place(source), "info", message, remedy))
    return tuple(findings)


def _title(tree: Tree) -> str:
    """The page's title without the name of the site, "" if it has none."""
    titles = (fold(text_of(tree, index)) for index, node in enumerate(tree) if node.tag == "title")
    return _SITE.split(next(titles, "").strip())[0]


def _has_heading(tree: Tree) -> bool:
    return any(node.tag == "h1" and text_of(tree, index).strip() for index, node in enumerate(tree))


def _no_text(tree: Tree, source: str) -> InputError:
    frames = [node.attributes.get("src", "") for node in tree if node.tag in ("frame", "iframe")]
    if any(node.tag == "frameset" for node in tree):
        return InputError(f"{source} is only a frame round other pages", f"save one of those: {', '.join(frames)}")
    remedy = "open the page in a browser and save it from there, or copy its text into a text file"
    return InputError(f"{source} has no text in it", remedy)


def decode_markup(data: bytes, source: str, charset: str = "") -> tuple[str, tuple[Finding, ...]]:
    """A page as text: by its byte order mark, by what is declared, or else by what its characters are.

    Args:
        data: the page.
        source: its name, for errors and findings.
        charset: the name of its encoding, if what it came in tells it.

    Returns:
        The markup, in which elements of XML that are empty (`<a/>`) are closed as HTML needs it; and what there is to
        say about the encoding.

    Raises:
        InputError: the encoding cannot be told.
    """
    markup, findings = _decode(data, source, charset or _declared_charset(data))
    if markup.lstrip().startswith("<?xml"):
        markup = _EMPTY_ELEMENT.sub(_closed, markup)
    return markup, findings


def _closed(element: re.Match[str]) -> str:
    return element[0] if element[1].lower() in _VOID else f"<{element[1]}{element[2]}></{element[1]}>"


def _declared_charset(data: bytes) -> str:
    declared = _DECLARATION.search(_COMMENT.sub(b"", data[:_HEAD]))
    return declared[1].decode("ascii", "replace") if declared else ""


def _decode(data: bytes, source: str, charset: str) -> tuple[str, tuple[Finding, ...]]:
    codec = _CODECS.get(charset.lower(), "")
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or _is_surely_utf_8(data):
        codec = ""
    try:
        if codec:
            return normalise_line_ends(data.decode(codec)), ()
    except UnicodeDecodeError:
        pass
    try:
        decoded = decode_any(data, source)
        return decoded.text, decoded.findings(source)
    except InputError:
        text = normalise_line_ends(data.decode(codec or "utf-8-sig", errors="replace"))
        faults = text.count("\ufffd")
        if faults > _FAULTS * len(text) + 1:
            raise
        message = f"characters that are broken in the file: {faults}"
        return text, (Finding("text", Place(source), "warning", message, "save the page again"),)


def _is_surely_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(_MULTIBYTE.findall(data)) >= _PROOF_OF_UTF_8
