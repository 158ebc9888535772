"""PDFs give the text that was set, whatever its layout; those without text are refused."""

import random
import re

import pytest

from flashcards import readers
from flashcards.errors import InputError
from flashcards.readers import pdf
from flashcards.text import reflow
from tests.conftest import DATA
from tests.readers import typeset

SHORT = {
    "zh": ["中国将坚定不移走和平发展道路。", "世界各国要加强团结合作。", "我们愿同各方分享经验。"],
    "en": [
        "China will stay committed to peaceful development.",
        "Countries should strengthen solidarity.",
        "We are ready to share our experience.",
    ],
}


def blocks(data):
    return pdf.read(data, "a")[0].blocks


def texts(data):
    return [block.text for block in blocks(data)]


@pytest.fixture(scope="module")
def speech():
    """The beads of the speech as parallel paragraphs."""
    lines = (DATA / "speech.pairs.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if "\t" in line and not line.startswith("#")]
    pairs = [(zh.replace(" ¦ ", ""), en.replace(" ¦ ", " ")) for zh, en in pairs if zh and en]
    return {"zh": [zh for zh, _ in pairs], "en": [en for _, en in pairs]}


def letters(paragraphs):
    """The paragraphs without spaces and hyphens: some are lost at the ends of lines."""
    return [re.sub(r"[\s-]", "", text) for text in paragraphs]


HEADER = '#set page(header: [Collected speeches 7], numbering: "1 / 1")\n'
LAYOUTS = {
    "one language after the other": "#for text in data.zh { par(text) }\n#for text in data.en { par(text) }",
    "indented and justified": (
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), spacing: 0.65em)\n"
        "#for text in data.zh { par(text) }\n#for text in data.en { par(text) }"
    ),
    "one paragraph under the other": "#for (zh, en) in data.zh.zip(data.en) { par(zh); par(en) }",
    "two columns": (
        "#set par(justify: true)\n"
        "#grid(columns: (1fr, 1.3fr), gutter: 20pt, data.zh.map(par).join(), data.en.map(par).join())"
    ),
    "two columns, English first": (
        "#grid(columns: (1.3fr, 1fr), gutter: 20pt, data.en.map(par).join(), data.zh.map(par).join())"
    ),
    "a table": typeset.TABLE,
    "a table without lines": (
        "#grid(columns: (1fr, 1fr), column-gutter: 12pt, row-gutter: 14pt, ..data.zh.zip(data.en).flatten())"
    ),
}


@pytest.mark.parametrize("template", LAYOUTS.values(), ids=LAYOUTS)
def test_the_speech_in_every_layout(speech, template):
    document, findings = pdf.read(typeset.pdf(HEADER + template, **speech), "a")
    mended, _ = reflow.mend(document.blocks)
    for lang in ("zh", "en"):
        found = letters(block.text for block in mended if block.lang == lang)
        expected = letters(speech[lang])
        assert "".join(found) == "".join(expected)
        assert len(set(expected) - set(found)) <= 4    # paragraphs that seem to go on after the end of a column
    assert "page numbers and running headers and footers left out" in findings[0].message


@pytest.mark.parametrize("name", ["a table", "a table without lines"])
def test_the_rows_of_a_table_are_rows_also_over_pages(speech, name):
    rows = {}
    for block in blocks(typeset.pdf(HEADER + LAYOUTS[name], **speech)):
        rows.setdefault(block.row, {})[block.lang] = "".join(letters([block.text]))
    assert list(rows.values()) == [
        {"zh": zh, "en": en} for zh, en in zip(letters(speech["zh"]), letters(speech["en"]), strict=True)
    ]


PAGES = {
    "ruby": (
        """#let ruby(a, b) = box(stack(dir: ttb, spacing: 2pt, align(center, text(5pt, a)), b))
        #ruby("zhōng", "中")#ruby("guó", "国")#ruby("rén", "人")民。""",
        ["中国人民。"],
    ),
    "pinyin on a line of its own": ("nǐ hǎo \\ 你好", ["你好"]),
    "a footnote": (
        "China#footnote[The country.] is large.#footnote[Very.]", ["China is large.", "The country.", "Very."],
    ),
    "an ordinal": ("the 20#super[th] century", ["the 20th century"]),
    "a subscript": ("H#sub[2]O is water.", ["H2O is water."]),
    "bold": ("A *bold* word.", ["A bold word."]),
    "Chinese and Latin": ('#set text(lang: "zh")\n使用Word软件和 Excel 软件。', ["使用Word软件和 Excel 软件。"]),
    "set wide": ("#text(tracking: 0pt)[前 言]", ["前言"]),
    "two names": ("中华人民共和国主席 习近平", ["中华人民共和国主席 习近平"]),
    "a heading": ("= A heading\n#lorem(30)", ["A heading", None]),
    "a list": ("+ Good water\n+ Bad food\n", ["1. Good water", "2. Bad food"]),
    "a list with bullets": ("- Good water\n- Bad food\n", ["Good water", "Bad food"]),
    "languages on one line": (
        "#grid(columns: (1fr, 1fr), [苹果], [an apple], [梨], [a pear], [水], [water])",
        ["苹果", "an apple", "梨", "a pear", "水", "water"],
    ),
    "a table of words": (
        "#table(columns: 4, [1], [苹果], [píngguǒ], [an apple], [2], [梨], [lí], [a pear])",
        ["苹果", "an apple", "梨", "a pear"],
    ),
    "upright on a turned page": (
        "#set page(flipped: true)\n#rotate(-90deg, reflow: true)[Good water]", ["Good water"],
    ),
    "names of columns": (
        "#table(columns: 2, [中文], [English], [苹果], [an apple], [梨], [a pear])",
        ["苹果", "an apple", "梨", "a pear"],
    ),
    "a table of contents": (
        "Water #box(width: 1fr, repeat[.]) 3 \\ Food #box(width: 1fr, repeat[. ]) 12", ["Water", "Food"],
    ),
    "a stamp across the page": (
        "#place(rotate(45deg, text(40pt)[DRAFT]))\n#v(200pt)\nGood water, and food that is good.",
        ["Good water, and food that is good."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("template", "expected"), PAGES.values(), ids=PAGES)
def test_what_stands_on_a_page(template, expected):
    found = texts(typeset.pdf(template))
    assert [text if wanted else None for text, wanted in zip(found, expected, strict=True)] == expected


def test_headings_and_the_title():
    template = "= 春节\n= The Spring Festival\n#for text in data.zh { par(text) }"
    document, _ = pdf.read(typeset.pdf(template, **SHORT), "a")
    assert document.title == "春节"
    assert [block.kind for block in document.blocks] == ["heading"] * 2 + ["paragraph"] * 3


def test_columns_of_one_language_are_read_one_after_the_other():
    words = [f"{'abcdefgh'[n % 8]}word{n}" for n in range(300)]
    data = typeset.pdf("#columns(2, data.words.join(\" \"))", words=words)
    assert " ".join(texts(data)).split() == words


def test_text_across_the_page_stands_between_columns():
    template = (
        "Good water is good for all people of all countries, and it always was.\n"
        "#grid(columns: (1fr, 1fr), gutter: 20pt, data.zh.map(par).join(), data.en.map(par).join())\n"
        "Bad water is bad for all people of all countries, and it always will be."
    )
    found = texts(typeset.pdf(template, zh=SHORT["zh"], en=[f"{text} And more of it." for text in SHORT["en"]]))
    assert found[0].startswith("Good water")
    assert found[-1].startswith("Bad water")


def test_pages_are_numbered():
    places = [block.where.line for block in blocks(typeset.pdf("你好。\n#pagebreak()\nHello."))]
    assert places == [1, 2]


def test_spaces_are_told_from_gaps():
    content = b"BT /F1 12 Tf 20 300 Td [(Good)-278(wa)20(ter)-600(is)-278(go)-40(od.)] TJ ET"
    assert texts(typeset.drawn(content)) == ["Good water is good."]


def test_text_in_any_direction_of_the_page():
    content = b"BT /F1 12 Tf 0 1 -1 0 100 50 Tm (Good water) Tj 0 1 -1 0 115 50 Tm (is good.) Tj ET"
    assert texts(typeset.drawn(content)) == ["Good water", "is good."]


def test_the_size_is_that_on_the_page():
    content = b"BT /F1 1 Tf 14 0 0 14 20 300 Tm (Bad) Tj 10 0 0 10 20 280 Tm (Good water is good for all) Tj ET"
    assert [block.kind for block in blocks(typeset.drawn(content))] == ["heading", "paragraph"]


def test_text_that_is_drawn_twice_to_make_it_bold():
    content = b"BT /F1 12 Tf 20 300 Td (Good water) Tj ET BT /F1 12 Tf 20.3 300 Td (Good water) Tj ET"
    assert texts(typeset.drawn(content)) == ["Good water"]


UNKNOWN = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FF> <E000> endbfrange"
REFUSED = {
    "a password": (typeset.locked(), "a is locked with a password: save a copy without one"),
    "pictures of pages": (
        typeset.pdf("#image(bytes(data.picture), width: 100%)", picture=list(typeset.png())),
        "a has no text layer, only pictures of pages: have its text recognised",
    ),
    "an empty page": (typeset.pdf(""), "a has no text: give a PDF with a Chinese text"),
    "no PDF": (b"%PDF-1.7\nnothing", "a is no PDF that can be opened, or is damaged"),
    "half a PDF": (typeset.pdf("Good water")[:300], "a is no PDF that can be opened, or is damaged"),
    "unknown characters": (
        typeset.drawn(b"BT /F1 12 Tf 20 300 Td (Good water) Tj ET", font=UNKNOWN),
        r"a does not tell which characters it shows \(10 of 10 are unknown\)",
    ),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_files_without_text_that_can_be_taken(data, message):
    with pytest.raises(InputError, match=message) as raised:
        pdf.read(data, "a")
    assert "\n" not in str(raised.value)


def test_the_suffix_and_the_content_choose_it(tmp_path):
    for name in ("a.pdf", "a"):
        (tmp_path / name).write_bytes(typeset.pdf(typeset.TABLE, **SHORT))
        assert [block.row for block in readers.read(tmp_path / name)[0].blocks] == [0, 0, 1, 1, 2, 2]


def test_characters_strewn_over_a_page_end_somewhere():
    draw = random.Random(8)
    marks = b"".join(b"1 0 0 1 %d %d Tm (%c) Tj " % (draw.randrange(400), draw.randrange(400), draw.randrange(65, 91))
                     for _ in range(2000))
    assert sum(map(len, texts(typeset.drawn(b"BT /F1 6 Tf %s ET" % marks)))) > 1000


def test_damaged_files_are_read_or_refused():
    whole = [typeset.pdf(typeset.TABLE, **SHORT), typeset.drawn(b"BT /F1 12 Tf 20 300 Td (Good) Tj ET")]
    draw = random.Random(7)
    for _ in range(200):
        data = bytearray(draw.choice(whole))
        for _ in range(draw.randint(0, 20)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        try:
            pdf.read(bytes(data[: draw.choice([len(data), draw.randint(1, len(data))])]), "a")
        except InputError:
            continue
