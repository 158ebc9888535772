"""The speech, and the speech as other printers might have set it, comes out as the sentences of the hand-made gold."""

import random
import re
from functools import cache
from pathlib import Path

import pytest

from flashcards import readers
from flashcards.model import Block, Document, Language
from flashcards.text.layouts import arrange
from flashcards.text.reflow import mend
from flashcards.text.sentences import split

ROOT = Path(__file__).parents[2]
SPEECH = ROOT / "corpus" / "speech.md"
GOLD = ROOT / "tests" / "data" / "speech.pairs.tsv"
SIDES: tuple[Language, Language] = ("zh", "en")
PAGES = 4

Side = list[str]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def gold() -> dict[Language, list[str]]:
    rows = [line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {
        lang: [squeezed(sentence) for row in rows for sentence in row[side].split(" ¦ ")]
        for side, lang in enumerate(SIDES)
    }


def sentences_of(document: Document) -> dict[Language, list[str]]:
    found: dict[Language, list[str]] = {"zh": [], "en": []}
    for sentence in split(arrange(document.blocks, lambda _word: False)[0]):
        found[sentence.lang].append(squeezed(sentence.text))
    return found


def test_the_speech_gives_the_gold_sentences(gold):
    document, findings = readers.read(SPEECH)
    assert sentences_of(document) == gold
    assert findings == ()


def test_the_title_is_the_chinese_heading():
    assert readers.read(SPEECH)[0].title == "弘扬“上海精神” 深化团结协作 构建更加紧密的命运共同体"


def test_the_findings_tell_where_breaks_were_mended():
    _, findings = mend(readers.read(SPEECH)[0].blocks)
    assert [finding.message for finding in findings] == [
        "page breaks inside Chinese sentences mended: 2 (line 63, 93)",
        "page breaks inside English sentences mended: 1 (line 49)",
    ]


# --- The same speech set on other pages -----------------------------------------------------------------------------


@cache
def pages_of_titles() -> list[dict[Language, Side]]:
    """The title pages as they stand: each a pair of short blocks."""
    blocks = readers.read(SPEECH)[0].blocks[:12]
    by_lang = {lang: [block for block in blocks if block.lang == lang] for lang in SIDES}
    return [{lang: [printed(by_lang[lang][i])] for lang in SIDES} for i in range(6)]


def printed(block: Block) -> str:
    return f"## {block.text}" if block.kind == "heading" else block.text


@cache
def body() -> dict[Language, list[Block]]:
    """Everything behind the dateline, mended."""
    mended, _ = mend(readers.read(SPEECH)[0].blocks)
    return {lang: [block for block in mended if block.lang == lang][6:] for lang in SIDES}


def paragraphs(blocks: list[Block]) -> Side:
    """The blocks as they are printed: the lines of the salutation in one paragraph, with a hard break between them."""
    lines = [block.text for block in blocks if block.kind == "line"]
    return ["  \n".join(lines), *(block.text for block in blocks if block.kind != "line")]


def places_to_cut(text: str, lang: Language, how: str) -> list[tuple[int, str]]:
    """Where a page can end inside a paragraph, and what the printer sets there."""
    if how == "sentence":
        pattern = r"(?<=[。！])(?!$|[”」])" if lang == "zh" else r"(?<=[a-z]\.) "
    elif how == "comma":
        pattern = r"(?<=[，、])" if lang == "zh" else r"(?<=,) "
    elif how == "word" and lang == "en":  # at a syllable, between two consonants with vowels beside them
        syllables = re.finditer(r"(?<=\b[a-z]{3})(?<=[aeiou][lmnrst])(?=[bcdfgkmnpst][aeiou][a-z]+\b)", text)
        return [(m.start(), "-") for m in syllables]
    else:
        pattern = r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])" if lang == "zh" else r"(?<=\w) (?=\w)"
    return [(m.end(), "") for m in re.finditer(pattern, text)]


def set_in_pages(side: Side, lang: Language, how: str, dice: random.Random) -> list[Side]:
    """The paragraphs on PAGES pages, every page break but those between paragraphs inside one."""
    pages: list[Side] = []
    rest = list(side)
    for left in range(PAGES - 1, 0, -1):
        size = max(2, len(rest) // (left + 1) + dice.choice((-1, 0, 1)))
        page, rest = rest[:size], rest[size:]
        places = places_to_cut(page[-1], lang, how) if how != "paragraph" else []
        if places and len(page[-1]) > 60:
            at, mark = dice.choice(places)
            rest.insert(0, page[-1][at:])
            page[-1] = page[-1][:at].rstrip() + mark
        pages.append(page)
    return [*pages, rest]


def variant(how: str, order: tuple[Language, Language], seed: int) -> str:
    dice = random.Random(seed)
    text = body()
    sides = {lang: set_in_pages(paragraphs(text[lang]), lang, how, dice) for lang in SIDES}
    pages = [*pages_of_titles(), *({lang: sides[lang][i] for lang in SIDES} for i in range(PAGES))]
    return "\n\n".join(paragraph for page in pages for lang in order for paragraph in page[lang])


def unmarked(markdown: str) -> str:
    """The text with Markdown's marks taken away."""
    return re.sub(r"(?m)^#+ |  $", "", markdown)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("order", [("en", "zh"), ("zh", "en")], ids="-".join)
@pytest.mark.parametrize("how", ["paragraph", "sentence", "comma", "middle", "word"])
@pytest.mark.parametrize("format", ["markdown", "plain"])
def test_other_pages_give_the_same_sentences(gold, how, order, seed, format, tmp_path):
    text = variant(how, order, seed)
    path = tmp_path / "speech"
    path.write_text(text if format == "markdown" else unmarked(text), encoding="utf-8")
    found = sentences_of(readers.read(path, format)[0])
    assert found == gold


def test_the_plain_speech_gives_the_gold_sentences(gold, tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text(unmarked(SPEECH.read_text(encoding="utf-8")), encoding="utf-8")
    assert sentences_of(readers.read(path)[0]) == gold
