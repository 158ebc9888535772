"""Lines that were wrapped at a margin become paragraphs again; verse, titles and lists keep their lines."""

import textwrap

import pytest

from flashcards.model import Language
from flashcards.readers import markdown, plain
from tests import lesson_text

LANGUAGES: tuple[Language, Language] = ("zh", "en")
CLOSING = "，。！？、：；”’）》"


def wrapped(text: str, lang: Language, columns: int, *, breaks_before_marks: bool) -> str:
    """The text in lines of so many columns; a Chinese character takes two."""
    if lang == "en":
        return textwrap.fill(text, columns, break_on_hyphens=False)
    lines, start = [], 0
    while start < len(text):
        end = start + columns // 2
        while not breaks_before_marks and end < len(text) and text[end] in CLOSING:
            end -= 1
        lines.append(text[start:end])
        start = end
    return "\n".join(lines)


@pytest.mark.parametrize("reader", [plain, markdown])
@pytest.mark.parametrize("breaks_before_marks", [True, False])
@pytest.mark.parametrize("columns", range(40, 92, 4))
def test_a_wrapped_lesson_has_its_paragraphs(columns, breaks_before_marks, reader):
    paragraphs = [(paragraph.text(lang), lang) for paragraph in lesson_text.load().paragraphs for lang in LANGUAGES]
    text = "\n\n".join(wrapped(*each, columns, breaks_before_marks=breaks_before_marks) for each in paragraphs)
    document, _ = reader.read(text.encode(), "a")
    assert [block.text for block in document.blocks] == [text for text, _ in paragraphs]


KEPT = {
    "English verse": (
        "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one traveler, long I stood\n"
        "And looked down one as far as I could\nTo where it bent in the undergrowth;\n\n"
        "Then took the other, as just as fair,\nAnd having perhaps the better claim,\n"
        "Because it was grassy and wanted wear;\nThough as for that the passing there\n"
        "Had worn them really about the same,"
    ),
    "Chinese verse": (
        "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n\n白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。"
    ),
    "a numbered list": (
        "1. We must strengthen our cooperation in science and technology,\n"
        "2. We must protect the environment and save energy and water too,\n"
        "3. We must deepen the exchanges between our peoples and cultures,"
    ),
    "a list with bullets": (
        "• 加强各国在科学技术、教育文化、医疗卫生等许多领域之间的合作交流\n"
        "• 保护我们共同的自然环境，节约能源和水，让大家都有一个美好的未来"
    ),
    "a Chinese list": (
        "一、加强各国在科学技术、教育文化、医疗卫生等许多领域之间的合作交流\n"
        "二、保护我们共同的自然环境，节约能源和水，让大家都有一个美好的未来"
    ),
    "rows of a table": (
        "加强各国在科学技术、教育文化、医疗卫生\twe strengthen our cooperation\n"
        "保护我们共同的自然环境，节约能源和用水\twe protect the environment and"
    ),
    "a heading above a text": "A New Start\nChina has changed.",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_lines_that_were_not_wrapped_stay(text):
    document, _ = plain.read(text.encode(), "a")
    assert [block.text for block in document.blocks] == [
        cell for line in text.split("\n") if line for cell in line.split("\t")
    ]
