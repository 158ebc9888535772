"""What the readers of CSV, TSV and XLSX make of tables: which columns they take, and that rows stay rows."""

import csv
import datetime
import io
import warnings
from pathlib import Path

import openpyxl
import pytest

from flashcards import readers, tables
from flashcards.errors import InputError
from flashcards.model import Bead, Document, Finding, Place, Sentence
from flashcards.readers import delimited, xlsx
from tests.readers.fuzz import assert_robust
from tests.readers.word import with_parts

PAIR = [("你好", "cell", 0), ("hello", "cell", 0)]
PAIRS = [*PAIR, ("再见", "cell", 1), ("bye", "cell", 1)]


def simplified(document: Document) -> list[tuple[str, str, int | None]]:
    return [(block.text, block.kind, block.row) for block in document.blocks]


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


def workbook(*sheets: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_excel_writes_it(texts: str, rows: str) -> bytes:
    """A workbook whose cells refer to a list of texts by number; openpyxl writes them into the cells."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

    def share(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = f"<sst {space}>{texts}</sst>".encode()
        parts["xl/worksheets/sheet1.xml"] = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>".encode()
        listed = parts["xl/_rels/workbook.xml.rels"]
        own = b'<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        parts["xl/_rels/workbook.xml.rels"] = listed.replace(b"</Relationships>", own)

    return with_parts(saved(workbook([[1]])), share)


DELIMITERS = {
    "commas": "你好,hello\n再见,bye\n",
    "semicolons": "你好;hello\n再见;bye\n",
    "tabs": "你好\thello\n再见\tbye\n",
    "bars": "你好|hello\n再见|bye\n",
    "Windows": "\ufeff你好,hello\r\n再见,bye\r\n",
    "Excel's declaration": "sep=;\n你好;hello\n再见;bye\n",
    "quotation marks": '"你好","hello"\n"再见","bye"\n',
    "blank lines": "\n你好,hello\n,\n\n再见,bye\n",
    "English first": "hello,你好\nbye,再见\n",
}


@pytest.mark.parametrize("text", DELIMITERS.values(), ids=DELIMITERS)
def test_delimiters(text: str) -> None:
    made, findings = delimited.read(text.encode(), "a.csv")
    assert sorted(simplified(made), key=lambda block: (block[2], block[0] in ("hello", "bye"))) == PAIRS
    assert findings == ()


def test_a_delimiter_may_stand_in_the_text() -> None:
    made, _ = delimited.read("你好，朋友;Hello, friend\n再见，朋友;Bye, friend\n".encode(), "a.csv")
    assert [block.text for block in made.blocks] == ["你好，朋友", "Hello, friend", "再见，朋友", "Bye, friend"]


QUOTES = {
    "doubled": ('你说,"He said ""hi"", then left."\n', ["你说", 'He said "hi", then left.']),
    "a line end in a cell": ('"一\n二",one two\n', ["一", "二", "one two"]),
    "a quotation with tabs": ('你好\t"Hello," he said.\n', ["你好", '"Hello," he said.']),
    "a quoted sentence with tabs": ('你好\t"Hello."\n再见\tBye.\n', ["你好", '"Hello."', "再见", "Bye."]),
    "a quotation over rows": ('一\t"One.\n二\tTwo."\n', ["一", '"One.', "二", 'Two."']),
    "Excel's tabs": ('一\t"""One,"" he said."\n二\t"Two."\n', ["一", '"One," he said.', "二", "Two."]),
    "all cells with tabs": ('"一"\t"One."\n', ["一", "One."]),
    "never closed": ('你好,"Hello\n再见,Bye\n', ["你好", '"Hello', "再见", "Bye"]),
    "within a cell": ('你好,He said "hi"\n', ["你好", 'He said "hi"']),
}


@pytest.mark.parametrize(("text", "expected"), QUOTES.values(), ids=QUOTES)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert [block.text for block in delimited.read(text.encode(), "a.csv")[0].blocks] == expected


FURTHER = "further columns left out: "
COLUMNS = {
    "pinyin with marks": ("你好,nǐ hǎo,hello\n再见,zàijiàn,bye\n", [f"{FURTHER}1 (2)"]),
    "pinyin with numbers": ("你好,ni3 hao3,hello\n再见,zai4jian4,bye\n", [f"{FURTHER}1 (2)"]),
    "pinyin without tones": ("你好,ni hao,hello\n再见,zaijian,bye\n", [f"{FURTHER}1 (2)"]),
    "parts of speech": ("你好,int.,hello\n再见,v./n.,bye\n", [f"{FURTHER}1 (2)"]),
    "numbers and categories": ("1,你好,hello,Lesson\n2,再见,bye,Lesson\n", [f"{FURTHER}2 (1, 4)"]),
    "a first row that is no header": ("你好,nǐ hǎo,hello\n再见,zàijiàn,bye\n", [f"{FURTHER}1 (2)"]),
    "a header": ("Chinese,English\n你好,hello\n再见,bye\n", []),
    "a Chinese header": ("中文,英文\n你好,hello\n再见,bye\n", []),
    "a header of other names": ("Text,Translation\n你好,hello\n再见,bye\n", []),
    "several English columns": (
        "你好,hello,bonjour\n再见,bye,salut\n",
        ["several columns are in English (2, 3); 2 was taken", f"{FURTHER}1 (3)"],
    ),
    "several English columns with names": (
        "中文,French,English\n你好,bonjour,hello\n再见,salut,bye\n",
        [f"{FURTHER}1 (2)"],
    ),
    "several Chinese columns": (
        "你好,hello,您好\n再见,bye,再会\n",
        ["several columns are in Chinese (1, 3); 1 was taken", f"{FURTHER}1 (3)"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), COLUMNS.values(), ids=COLUMNS)
def test_columns_are_found_by_their_content(text: str, expected: list[str]) -> None:
    made, findings = delimited.read(text.encode(), "a.csv")
    assert simplified(made) == PAIRS
    assert messages(findings) == expected


ROWS = {
    "an empty side": ("一,one\n二,\n,three\n", [("一", "cell", 0), ("one", "cell", 0), ("二", "cell", 1),
                                              ("three", "cell", 2)]),
    "a name in the other's column": ("一,one\nPPT,slides\n", [("一", "cell", 0), ("one", "cell", 0), ("PPT", "cell", 1),
                                                            ("slides", "cell", 1)]),
    "one language a row": ("你好\nhello\n", [("你好", "paragraph", None), ("hello", "paragraph", None)]),
    "both languages in a cell": ('"你好\nhello"\n"再见\nbye"\n', [("你好", "cell", 0), ("hello", "cell", 0),
                                                               ("再见", "cell", 1), ("bye", "cell", 1)]),
    "one language": ("1,你好\n2,再见\n", [("你好", "paragraph", None), ("再见", "paragraph", None)]),
    "the same text twice": ("一,one\nWTO,WTO\n", [("一", "cell", 0), ("one", "cell", 0), ("WTO", "cell", 1),
                                                 ("WTO", "cell", 1)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_rows(text: str, expected: list[tuple[str, str, int | None]]) -> None:
    assert simplified(delimited.read(text.encode(), "a.csv")[0]) == expected


def test_an_abbreviation_in_the_chinese_column_is_its_chinese() -> None:
    made, _ = delimited.read("一,one\n二,two\n三,three\nPPT,slides\nWTO,WTO\n".encode(), "a.csv")
    assert [block.lang for block in made.blocks[6:]] == ["zh", "en", "en", "en"]


def test_places_are_lines() -> None:
    made, _ = delimited.read('中文,English\n"一\n二",one\n三,three\n'.encode(), "a.csv")
    assert [block.where.line for block in made.blocks] == [2, 2, 2, 4, 4]


BEADS = tuple(
    Bead(
        (Sentence(zh, "zh", Place("x")),) if zh else (),
        (Sentence(en, "en", Place("x")),) if en else (),
        confidence,
    )
    for zh, en, confidence in (
        ("你好。", '"Hello."', 0.98),
        ("“一。”他说。", '"One," he said, "and', 0.5),
        ("", "=1+1 is an omission; - it is.", 1.0),
        ("- 二，三。", "- Two; three.", 0.7),
        ("没有。", "", 0.9),
        ("一。二。三。", "One. Two. Three.", 0.9),
    )
)


@pytest.mark.parametrize("suffix", ["tsv", "csv"])
def test_our_own_pairs_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"pairs.{suffix}"
    path.write_bytes(tables.write(tables.PAIRS, suffix, BEADS))
    made, findings = readers.read(path)
    rows: dict[int | None, dict[str, str]] = {}
    for block in made.blocks:
        rows.setdefault(block.row, {})[block.lang] = block.text
    assert [(row.get("zh", ""), row.get("en", "")) for row in rows.values()] == [
        ("".join(s.text for s in bead.zh), " ".join(s.text for s in bead.en)) for bead in BEADS
    ]
    assert messages(findings) == [f"{FURTHER}1 (3)"]


def test_a_field_of_endless_length_is_no_traceback() -> None:
    text = "你好,hello\n" * 9 + '一,"' + "x" * (csv.field_size_limit() + 1) + '"\n'
    made, _ = delimited.read(text.encode(), "a.csv")
    assert len(made.blocks) == 20


SHEET: list[list[object]] = [
    ["No.", "中文", "拼音", "English", "Date"],
    [1, "你好", "nǐ hǎo", "hello", datetime.date(2024, 1, 2)],
    [2, "再见", "zàijiàn", "bye", None],
]


def test_a_workbook() -> None:
    made, findings = xlsx.read(saved(workbook(SHEET)), "a.xlsx")
    assert simplified(made) == PAIRS
    assert [block.where.line for block in made.blocks] == [2, 2, 3, 3]
    assert messages(findings) == [f"{FURTHER}3 (A, C, E)"]


def test_sheets_follow_each_other_and_hidden_ones_are_left_out() -> None:
    book = workbook([["你好", "hello"]], [["秘密", "secret"]], [], [["bye", "再见"]])
    book.worksheets[1].sheet_state = "hidden"
    made, findings = xlsx.read(saved(book), "a.xlsx")
    assert simplified(made) == PAIRS
    assert messages(findings) == ['hidden and left out: the sheet "Sheet1"']


def test_hidden_rows_and_columns_are_left_out() -> None:
    book = workbook([["你好", "nope", "hello"], ["秘密", "nope", "secret"], ["再见", "nope", "bye"]])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    made, findings = xlsx.read(saved(book), "a.xlsx")
    assert simplified(made) == PAIRS
    assert messages(findings) == ["hidden and left out: columns B, rows: 1"]


def test_merged_cells() -> None:
    book = workbook([["一，二。", "One,"], [None, "two."], ["三", "three"], ["四", "four"]])
    book.active.merge_cells("A1:A2")
    made, _ = xlsx.read(saved(book), "a.xlsx")
    assert [(block.text, block.row) for block in made.blocks] == [
        ("一，二。", 0), ("One,", 0), ("two.", 0), ("三", 1), ("three", 1), ("四", 2), ("four", 2),
    ]  # fmt: skip


def test_rich_text_errors_and_line_ends_in_cells() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    rich = CellRichText("你", TextBlock(InlineFont(b=True), "好"))
    book = workbook([[rich, "hello"], ["再见", "#N/A"], ["一\n二", "one_x000D_\ntwo"], [True, "=A1"]])
    assert [block.text for block in xlsx.read(saved(book), "a.xlsx")[0].blocks] == [
        "你好", "hello", "再见", "一", "二", "one", "two",
    ]  # fmt: skip


def test_shared_texts_without_the_readings_above_them() -> None:
    data = as_excel_writes_it(
        "<si><t>hello</t></si><si><r><t>你</t></r><r><rPr><b/></rPr><t>好</t></r><rPh><t>nǐ</t></rPh></si>",
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c></row>',
    )
    assert simplified(xlsx.read(data, "a.xlsx")[0]) == PAIR


def test_results_of_formulas() -> None:
    def calculate(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(b'<c r="B1"><f>A1</f><v', b'<c r="B1" t="str"><f>A1</f><v>hello</v><v')

    made, _ = xlsx.read(with_parts(saved(workbook([["你好", "=A1"], ["再见", "bye"]])), calculate), "a.xlsx")
    assert simplified(made) == PAIRS


BAD = {
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(600), "a.xlsx is an Office file of before 2007"),
    "not a workbook": (b"PK\x03\x04", "a.xlsx is not a whole XLSX file"),
    "no text": (saved(workbook([[1, 2]])), "a.xlsx has no text in it"),
    "a Word file": (with_parts(saved(workbook([[1]])), lambda parts: parts.clear()), "a.xlsx is not a XLSX file"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_bad_workbooks(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as raised:
        xlsx.read(data, "a.xlsx")
    assert str(raised.value).startswith(message)


def test_one_text_in_very_many_cells_is_refused() -> None:
    data = as_excel_writes_it("<si><t>" + "好" * 1_000_000 + "</t></si>", '<row><c t="s"><v>0</v></c></row>' * 60)
    with pytest.raises(InputError, match="too much text"):
        xlsx.read(data, "a.xlsx")


def test_merged_cells_that_cover_very_many_are_refused() -> None:
    ranges = "".join(f'<mergeCell ref="A{first}:A{first + 98}"/>' for first in range(1, 600_000, 99))

    def merge(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        merged = f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
        parts[name] = parts[name].replace(b"</sheetData>", merged)

    with pytest.raises(InputError, match="too much text"):
        xlsx.read(with_parts(saved(workbook(SHEET)), merge), "a.xlsx")


def test_damage_gives_no_traceback() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_robust(xlsx.read, saved(workbook(SHEET, SHEET)), 150)
        assert_robust(delimited.read, '中文,English\n"你""好\n",hello\n再见,"bye, bye"\n'.encode(), 300)


def test_damage_inside_a_sheet_gives_no_traceback() -> None:
    whole = saved(workbook(SHEET))
    sheets: list[bytes] = []
    with_parts(whole, lambda parts: sheets.append(parts["xl/worksheets/sheet1.xml"]))

    def read_damaged(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
        return xlsx.read(with_parts(whole, lambda parts: parts.update({"xl/worksheets/sheet1.xml": data})), source)

    assert_robust(read_damaged, sheets[0], 80)
