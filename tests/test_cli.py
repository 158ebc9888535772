"""The command line as its users meet it: what it prints, what it writes, how it fails."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flashcards.__main__ import run

ROOT = Path(__file__).parent.parent
SPEECH = ROOT / "corpus" / "speech.md"
BOTH = "病毒不分国界。\n\nThe virus respects no borders.\n\n疫苗至关重要。\n\nVaccines play a vital role.\n"

Failing = Callable[..., tuple[int, str]]


@pytest.fixture
def failing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Failing:
    """Runs a command that must fail: one line on stderr, no output, no traceback; returns its code and that line."""

    def fail(*arguments: str | Path) -> tuple[int, str]:
        before = sorted(tmp_path.rglob("*"))
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert code > 0
        assert out == ""
        assert err.count("\n") == 1, err
        assert err.startswith("flashcards: ")
        assert "Traceback" not in err
        assert sorted(tmp_path.rglob("*")) == before
        return code, err

    return fail


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


BAD_SOURCES = {
    "missing": (None, "no such file"),
    "empty": (b"", "is empty"),
    "white space": (b" \n\t\n", "is empty"),
    "binary": (b"\x00\x01\x02\x03\x00\xff", "is not text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a picture"),
    "another encoding": ("你好".encode("gb18030") + b"\nHello", "not in UTF-8"),
    "no Chinese": (b"Only English here.", "no Chinese"),
    "only marks": ("。。。！".encode(), "no Chinese"),
}


@pytest.mark.parametrize("command", ["build", "align", "terms", "cards", "quiz", "report"])
@pytest.mark.parametrize(("content", "message"), BAD_SOURCES.values(), ids=BAD_SOURCES)
def test_a_source_that_cannot_be_used(
    command: str, content: bytes | None, message: str, tmp_path: Path, failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        write(tmp_path / "lesson.md", content)
    code, line = failing(command, "lesson.md")
    assert code == 3
    assert message in line
    assert "lesson.md" in line


def test_a_folder_as_a_source(tmp_path: Path, failing: Failing) -> None:
    code, line = failing("build", tmp_path)
    assert (code, "is a folder" in line) == (3, True)


@pytest.mark.parametrize("command", ["build", "align", "terms", "cards", "quiz", "check"])
def test_a_recipe_with_an_unknown_key(command: str, tmp_path: Path, failing: Failing) -> None:
    recipe = write(tmp_path / "a.toml", 'id = "a"\nsources = ["a.md"]\ncolour = "red"\n')
    code, line = failing(command, recipe)
    assert code == 4
    assert 'unknown key "colour": the keys are id, sources, title' in line


def test_a_recipe_that_is_missing(tmp_path: Path, failing: Failing) -> None:
    assert failing("build", tmp_path / "a.toml")[0] == 3


def test_a_recipe_that_is_not_text(tmp_path: Path, failing: Failing) -> None:
    assert failing("build", write(tmp_path / "a.toml", b"\xff\xfe\x00"))[0] == 4


def test_a_broken_lock(tmp_path: Path, failing: Failing) -> None:
    write(tmp_path / "a.md", BOTH)
    write(tmp_path / "a.toml", 'id = "a"\nsources = ["a.md"]\n')
    write(tmp_path / "a.lock", "not json")
    code, line = failing("build", tmp_path / "a.toml")
    assert (code, "a.lock" in line) == (4, True)


def test_an_output_folder_that_cannot_be(tmp_path: Path, failing: Failing) -> None:
    source = write(tmp_path / "a.md", BOTH)
    code, line = failing("build", source, "--out", source / "out")
    assert code == 6
    assert str(source) in line


def test_an_output_folder_that_may_not_be_written(tmp_path: Path, failing: Failing) -> None:
    source = write(tmp_path / "a.md", BOTH)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    try:
        (locked / "probe").touch()
        (locked / "probe").unlink()
        locked = Path("/proc")    # root may write anywhere but there
    except PermissionError:
        pass
    code, line = failing("build", source, "--out", locked / "flashcards")
    assert code == 6
    assert "cannot be written" in line


USAGE = {
    "unknown command": (["bild", "x.md"], "bild"),
    "unknown option": (["build", "x.md", "--colour"], "--colour"),
    "no source": (["build"], "SOURCE"),
    "unknown part": (["build", str(SPEECH), "--only", "deck,song"], '"song"'),
    "unknown split": (["align", str(SPEECH), "--split", "words"], '"words"'),
    "unknown source format": (["align", str(SPEECH), "--from", "word"], '"word"'),
    "unknown table format": (["align", str(SPEECH), "-o", "pairs.doc"], ".tsv"),
    "unknown list format": (["terms", str(SPEECH), "-o", "terms.doc"], ".tbx, .pdf"),
    "an edition of a table": (["terms", str(SPEECH), "-o", "terms.csv", "--tbx-2008"], ".tbx"),
    "unknown order": (["terms", str(SPEECH), "--order", "length"], '"length"'),
    "unknown paper of a glossary": (["terms", str(SPEECH), "--paper", "a3"], "a3"),
    "unknown style": (["pinyin", "你好", "--style", "wade"], '"wade"'),
    "unknown spacing": (["pinyin", "你好", "--by", "letters"], '"letters"'),
    "unknown kind": (["quiz", str(SPEECH), "--kind", "riddle"], "riddle"),
    "unknown sheet": (["quiz", str(SPEECH), "--format", "doc"], "doc"),
    "unknown paper": (["quiz", str(SPEECH), "--paper", "a3"], "a3"),
    "no kind": (["quiz", str(SPEECH), "--kind", ","], "--kind"),
    "no format": (["quiz", str(SPEECH), "--format", ""], "--format"),
    "fewer questions than a bank": (["quiz", str(SPEECH), "--count", "2"], "count"),
    "a recipe for stdin": (["new", "-"], "save the text"),
    "no versions": (["quiz", str(SPEECH), "--versions", "0"], "versions"),
    "a level that the list has not": (["terms", str(SPEECH), "--hsk", "7", "--hsk-list", "2.0"], "1 to 6"),
    "a level that no list has": (["build", str(SPEECH), "--hsk", "10"], "1 to 9"),
    "a negative level": (["build", str(SPEECH), "--hsk", "-1"], "level -1"),
    "a level that is no number": (["build", str(SPEECH), "--hsk", "four"], "--hsk"),
    "unknown HSK list": (["terms", str(SPEECH), "--hsk-list", "3.0"], "2.0, 2021, 2025"),
    "unknown order of cards": (["build", str(SPEECH), "--order", "random"], "importance, appearance, fewest-new"),
    "a field of no notes": (["terms", str(SPEECH), "--field", "Hanzi"], "--known-from-anki"),
    "no deck to push": (["push"], "DECK"),
    "a recipe and more": (["build", "a.toml", "b.md"], "recipe"),
    "a source twice": (["align", str(SPEECH), str(SPEECH)], "twice"),
    "a recipe behind a text": (["align", str(SPEECH), "a.toml"], "recipe"),
    "a recipe by another name": (["new", str(SPEECH), "-o", "a.txt"], ".toml"),
    "a recipe for a recipe": (["new", "a.toml"], "recipe already"),
}


@pytest.mark.parametrize(("arguments", "named"), USAGE.values(), ids=USAGE)
def test_wrong_usage(arguments: list[str], named: str, failing: Failing) -> None:
    code, line = failing(*arguments)
    assert code == 2
    assert named in line


@pytest.mark.parametrize("suffix", ["tsv", "csv", "jsonl", "json", "tbx", "pdf"])
def test_terms_in_every_format(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"terms.{suffix.upper()}"
    for order in ("best", "pinyin"):    # the second time over the first
        assert run(["terms", str(SPEECH), "--limit", "12", "--order", order, "-o", str(path), "-q"]) == 0
    assert path.stat().st_size > 500


def test_terms_in_the_order_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["terms", str(SPEECH), "--limit", "5", "--order", "text", "-q"]) == 0
    terms = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()[1:]]
    text = SPEECH.read_text("utf-8")
    assert len(terms) == 5
    assert terms == sorted(terms, key=text.find)


def test_a_text_without_terms_has_no_glossary(tmp_path: Path, failing: Failing) -> None:
    code, line = failing("terms", SPEECH, "--limit", "0", "-o", tmp_path / "glossary.pdf")
    assert code == 3
    assert "no glossary" in line


def test_a_file_of_the_users_own_stays(tmp_path: Path, failing: Failing) -> None:
    source = write(tmp_path / "a.md", BOTH)
    mine = write(tmp_path / "mine.tsv", "my notes")
    assert failing("align", source, "-o", mine)[0] == 6
    assert failing("align", source, "-o", source)[0] == 2    # .md is no table
    (tmp_path / "out").mkdir()
    write(tmp_path / "out" / "pairs.tsv", "mine")
    assert failing("build", source, "--only", "tables", "--out", tmp_path / "out")[0] == 6
    assert mine.read_text() == "my notes"
    recipe = write(tmp_path / "r.toml", "mine too")
    assert failing("new", source, "-o", recipe)[0] == 6
    assert recipe.read_text() == "mine too"


def test_an_empty_table_replaces_nothing(tmp_path: Path, failing: Failing) -> None:
    source = write(tmp_path / "a.md", BOTH)
    mine = write(tmp_path / "mine.jsonl", "mine")
    assert failing("terms", source, "--limit", "0", "-o", mine)[0] == 6
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_pipe_without_hanzi(encoding: str, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "flashcards", "pinyin", "你好"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(program, capture_output=True, check=True, cwd=tmp_path, env=environment)
    assert done.stdout.decode() == f"nǐhǎo{os.linesep}"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_no_space_for_the_output() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "flashcards", "--version"]
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 6
    assert done.stderr == "flashcards: no space is left for the output: free some, or write elsewhere\n"


def test_two_texts_of_one_name_are_two_texts(tmp_path: Path, failing: Failing) -> None:
    for week in ("one", "two"):
        (tmp_path / week).mkdir()
        write(tmp_path / week / "lesson.md", BOTH)
    out = str(tmp_path / "out")
    assert run(["build", str(tmp_path / "one" / "lesson.md"), "--out", out, "-q"]) == 0
    code, line = failing("build", tmp_path / "two" / "lesson.md", "--out", out)
    assert (code, "holds the results of" in line) == (6, True)


def test_a_recipe_takes_over_the_lock_of_the_builds_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "lesson.md", BOTH)
    monkeypatch.chdir(tmp_path)
    assert run(["build", "lesson.md", "-q"]) == 0
    before = (tmp_path / "lesson" / "lesson.lock").read_bytes()
    assert run(["new", "lesson.md"]) == 0
    assert run(["build", "lesson.toml", "-q"]) == 0
    assert (tmp_path / "lesson.lock").read_bytes() == before


def test_a_lock_that_is_gone_is_missed_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "lesson.md", BOTH)
    recipe = write(tmp_path / "lesson.toml", 'id = "lesson"\nsources = ["lesson.md"]\n')
    told = []
    for lost in (False, True, False):
        if lost:
            (tmp_path / "lesson.lock").unlink()
        assert run(["build", str(recipe), "--only", "deck"]) == 0
        told.append("lesson.lock is gone" in capsys.readouterr().err)
    assert told == [False, True, False]


@pytest.mark.parametrize("text", ["nosuch.txt", "no/such", "nosuch.md"])
def test_a_misspelt_file_is_not_read_aloud(text: str, failing: Failing) -> None:
    assert failing("pinyin", text)[0] == 3


def test_a_check_of_what_is_no_deck(tmp_path: Path, failing: Failing) -> None:
    assert failing("check", write(tmp_path / "a.apkg", "text"))[0] == 3


def test_align_prints_tsv(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["align", str(write(tmp_path / "a.md", BOTH))]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "zh\ten\tconfidence"
    assert lines[1].startswith("病毒不分国界。\tThe virus respects no borders.\t")
    assert len(lines) == 3


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_pairs_to_look_over_have_the_title_and_the_threshold(suffix: str, tmp_path: Path) -> None:
    source = write(tmp_path / "a.md", f"# 水的故事\n\n{BOTH}")
    target = tmp_path / f"pairs.{suffix}"
    arguments = ["align", str(source), "-q", "-o", str(target), "--threshold", "1"]
    assert run(arguments) == run(arguments) == 0    # the second replaces the first
    data = target.read_bytes()
    if suffix == "docx":
        with zipfile.ZipFile(target) as archive:
            data = archive.read("word/header1.xml")
    assert "水的故事" in data.decode()
    assert "doubtful (under 1)" in data.decode()


def test_two_files_are_two_sides(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    zh = write(tmp_path / "zh.txt", "病毒不分国界。\n疫苗至关重要。\n")
    en = write(tmp_path / "en.txt", "The virus respects no borders.\nVaccines play a vital role.\n")
    assert run(["align", str(zh), str(en), "--split", "lines", "--json"]) == 0
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [(row["zh"], row["en"]) for row in rows] == [
        (["病毒不分国界。"], ["The virus respects no borders."]),
        (["疫苗至关重要。"], ["Vaccines play a vital role."]),
    ]


def rows_of(capsysbinary: pytest.CaptureFixture[bytes]) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    return [("".join(row["zh"]), " ".join(row["en"])) for row in rows]


def test_long_pairs_are_divided_into_clauses(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["align", str(SPEECH), "--json", "-q"]) == 0
    whole = rows_of(capsysbinary)
    assert run(["align", str(SPEECH), "--split", "clauses", "--json", "-q"]) == 0
    divided = rows_of(capsysbinary)
    assert len(divided) >= len(whole) + 6
    assert "".join(zh for zh, _ in divided) == "".join(zh for zh, _ in whole)
    assert " ".join(en for _, en in divided) == " ".join(en for _, en in whole)
    assert run(["align", str(SPEECH), "--split", "clauses", "--max-characters", "0", "--json", "-q"]) == 0
    assert rows_of(capsysbinary) == whole
    recipe = f'id = "speech"\nsources = ["{SPEECH.as_posix()}"]\nsplit = "clauses"\n'
    assert run(["align", str(write(tmp_path / "a.toml", recipe)), "--json", "-q"]) == 0
    assert rows_of(capsysbinary) == divided
    kept = recipe + '[[pairs]]\nkeep = "中方已经加入“全球新冠肺炎疫苗实施计划”"\n'
    assert run(["align", str(write(tmp_path / "a.toml", kept)), "--json", "-q", "--strict"]) == 0
    assert next(row for row in rows_of(capsysbinary) if row[0].startswith("中方已经加入")) in whole


def test_clauses_become_cards_and_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = {}
    for split in ("sentences", "clauses"):
        options = ["--split", split, "--out", str(tmp_path / split), "--only", "deck,quiz", "--json"]
        assert run(["build", str(SPEECH), *options]) == 0
        facts[split] = json.loads(capsys.readouterr().out)
    assert facts["clauses"]["pairs"] > facts["sentences"]["pairs"]
    assert facts["clauses"]["cards"]["sentence"] > facts["sentences"]["cards"]["sentence"]
    assert facts["clauses"]["questions"] >= 25


ODD = (
    "病毒不分国界。\n\n疫苗至关重要。\n\n她买了一本书。\n\n"
    "The virus respects no borders.\n\nVaccines play a vital role.\n\n"
    "The committee approved the annual budget of the railway.\n"
)


def test_doubts_are_counted_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(write(tmp_path / "a.md", ODD))
    assert run(["align", source, "--threshold", "0.999"]) == 0
    summary = capsys.readouterr().err.splitlines()
    assert len(summary) == 1
    assert "doubtful (under 0.999); without translation: " in summary[0]
    assert run(["align", source, "--threshold", "0.999", "-v"]) == 0
    told = capsys.readouterr().err
    assert "她买了一本书。" in told
    assert "annual budget" in told
    assert "a.md:" in told
    assert run(["align", source, "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert run(["build", source, "--out", str(tmp_path / "out"), "--threshold", "1", "--only", "tables", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["doubtful"] == facts["pairs"]
    assert facts["terms"] == 0


def test_differences_are_counted_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "zh\ten\n会议于2020年举行。\tThe meeting was held in 2019.\n我们去北京。\tWe are going to Beijing.\n"
    source = str(write(tmp_path / "a.tsv", rows))
    assert run(["build", source, "--out", str(tmp_path / "out"), "--only", "report", "--json", "-q"]) == 0
    assert json.loads(capsys.readouterr().out)["inconsistencies"] == 1
    assert run(["report", source, "-o", str(tmp_path / "a.html"), "-v"]) == 0
    assert "info: " + str(tmp_path / "a.tsv") + ":2: numbers differ: 2020 in Chinese" in capsys.readouterr().err


def test_words_of_ones_own(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write(tmp_path / "a.md", BOTH)
    recipe = 'id = "a"\nsources = ["a.md"]\n[[pairs]]\nreplace = "病毒"\nen = "Viruses know no borders."\n'
    assert run(["align", str(write(tmp_path / "a.toml", recipe)), "--json", "-q", "--strict"]) == 0
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert rows[0] == {"zh": ["病毒不分国界。"], "en": ["Viruses know no borders."], "confidence": 1.0}


def test_a_report(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    source = write(tmp_path / "a.md", BOTH)
    assert run(["report", str(source)]) == 0
    page = capsysbinary.readouterr().out
    assert "病毒不分国界。".encode() in page
    output = tmp_path / "report.html"
    for _ in range(2):    # a report may be replaced
        assert run(["report", str(source), "-o", str(output)]) == 0
        assert output.read_bytes() == page
    assert run(["report", str(source), "-o", str(write(tmp_path / "own.html", "<p>my own"))]) == 6
    assert run(["build", str(source), "--only", "report", "--out", str(tmp_path / "out"), "-q"]) == 0
    assert (tmp_path / "out" / "report.html").read_bytes() == page


def test_stdin(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "flashcards", "align", "-"]
    done = subprocess.run(program, input=BOTH.encode(), capture_output=True, check=True, cwd=tmp_path)
    assert len(done.stdout.decode().splitlines()) == 3


PINYIN = {
    "marks": (["病毒不分国界。"], "Bìngdú bù fēn guójiè.\n"),
    "numbers": (["你好", "--style", "numbers"], "ni3hao3\n"),
    "zhuyin": (["你好", "--style", "zhuyin"], "ㄋㄧˇ ㄏㄠˇ\n"),
    "syllables": (["发展经济", "--by", "syllables"], "fā zhǎn jīng jì\n"),
    "sandhi": (["一样不是", "--sandhi"], "yíyàng búshì\n"),
    "numbers in words": (["2020年11月", "--read-numbers"], "èr líng èr líng nián shíyī yuè\n"),
    "lines": (["你好\n\n世界"], "nǐhǎo\n\nshìjiè\n"),
}


@pytest.mark.parametrize(("arguments", "expected"), PINYIN.values(), ids=PINYIN)
def test_pinyin(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pinyin", *arguments]) == 0
    assert capsys.readouterr().out == expected


def test_pinyin_of_a_file_as_json(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    source = write(tmp_path / "a.txt", "行长\n\n得, ok\n")
    assert run(["pinyin", str(source), "--json"]) == 0
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [row["text"] for row in rows] == ["行长", "", "得, ok"]
    assert rows[0]["words"] == [{"text": "行长", "reading": ["háng", "zhǎng"], "pinyin": "hángzhǎng"}]
    assert "".join(word["text"] for word in rows[2]["words"]) == "得, ok"


def test_strict_turns_warnings_into_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "a.md", BOTH)
    recipe = write(tmp_path / "a.toml", 'id = "a"\nsources = ["a.md"]\n[[terms]]\ntext = "不在"\nadd = true\n')
    assert run(["terms", str(recipe)]) == 0
    assert "不在" in capsys.readouterr().err
    assert run(["terms", str(recipe), "--strict", "-q"]) == 1
    assert capsys.readouterr().err == ""
    assert run(["check", str(recipe)]) == 1
    assert "不在" in capsys.readouterr().out


def terms_of(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> dict[str, int]:
    """The terms that a command prints, with their levels."""
    assert run(["terms", *map(str, arguments), "--json", "-q"]) == 0
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    return {row["term"]: row["level"] for row in rows}


def test_terms_for_a_learner(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    anybody = terms_of(capsysbinary, SPEECH)
    assert set(anybody.values()) & {5, 6}
    own = terms_of(capsysbinary, SPEECH, "--hsk", "6")
    assert set(own.values()) == {0, 7}
    assert len(own) == len(anybody) == 100
    old = terms_of(capsysbinary, SPEECH, "--hsk", "5", "--hsk-list", "2.0")
    assert set(old.values()) == {0, 6}
    words = write(tmp_path / "words.txt", "# known\n上海精神\tShanghai Spirit\n")
    more = write(tmp_path / "more.csv", "词,拼音\n零和博弈,línghé bóyì\n".encode("utf-16"))
    fewer = terms_of(capsysbinary, SPEECH, "--known", words, "--known", more)
    assert anybody.keys() - fewer.keys() >= {"上海精神", "零和博弈"}
    recipe = f'id = "a"\nsources = ["{SPEECH.as_posix()}"]\nhsk = 6\nknown = ["words.txt"]\n'
    both = terms_of(capsysbinary, write(tmp_path / "a.toml", recipe), "--known", more)
    assert both.keys().isdisjoint({"上海精神", "零和博弈"})
    assert set(both.values()) == {0, 7}
    assert set(terms_of(capsysbinary, tmp_path / "a.toml", "--hsk", "0").values()) & {5, 6}


def test_a_term_whose_parts_suffice(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "留学生很忙。\n\nThe students studying abroad are busy.\n\n火车站很大。\n\nThe train station is big.\n"
    source = write(tmp_path / "a.md", text)
    known = write(tmp_path / "words.txt", "留学\n生\n站")
    assert terms_of(capsysbinary, source, "--known", known).keys() >= {"留学生", "火车站"}
    left = terms_of(capsysbinary, source, "--known", known, "--parts-suffice")
    assert "留学生" not in left
    assert "火车站" in left


BAD_LISTS = {
    "missing": (None, 3, "no such file"),
    "binary": (b"\x00\x01", 3, "is not text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff\xfe\xfd", 3, "not in UTF-8"),
}


@pytest.mark.parametrize("command", ["build", "terms"])
@pytest.mark.parametrize(("content", "code", "message"), BAD_LISTS.values(), ids=BAD_LISTS)
def test_a_list_of_known_words_that_cannot_be_read(
    command: str, content: bytes | None, code: int, message: str, tmp_path: Path, failing: Failing
) -> None:
    source = write(tmp_path / "a.md", BOTH)
    if content is not None:
        write(tmp_path / "words.txt", content)
    got, line = failing(command, source, "--known", tmp_path / "words.txt")
    assert got == code
    assert message in line
    assert "words.txt" in line
    recipe = write(tmp_path / "a.toml", 'id = "a"\nsources = ["a.md"]\nknown = ["words.txt"]\n')
    assert failing(command, recipe)[0] == code
    assert failing("check", recipe)[0] == code


def test_a_list_with_other_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "a.md", BOTH)
    words = write(tmp_path / "words.txt", "疫苗\nhello\nworld\n")
    assert run(["terms", str(source), "--known", str(words), "--strict"]) == 1
    out, err = capsys.readouterr()
    assert "疫苗\t" not in out
    assert "words.txt:2: 2 lines have no Chinese word" in err
    assert run(["build", str(source), "--known", str(words), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err.count("no Chinese word") == 1


def test_the_order_of_the_cards(tmp_path: Path) -> None:
    locks = set()
    packages = set()
    for order in ("appearance", "importance", "fewest-new"):
        out = tmp_path / order
        arguments = ["build", str(SPEECH), "--only", "deck", "--out", str(out), "-q"]
        assert run([*arguments, "--order", order, "--hsk", "4"]) == 0
        locks.add((out / "speech.lock").read_bytes())
        packages.add((out / "speech.apkg").read_bytes())
    assert (len(locks), len(packages)) == (1, 3)
    recipe = f'id = "speech"\nsources = ["{SPEECH.as_posix()}"]\nhsk = 4\norder = "fewest-new"\n'
    assert run(["build", str(write(tmp_path / "a.toml", recipe)), "--only", "deck", "-q"]) == 0
    assert (tmp_path / "speech" / "speech.apkg").read_bytes() in packages


def test_new_writes_a_recipe_that_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "texts").mkdir()
    write(tmp_path / "texts" / "My Lesson.md", BOTH)
    monkeypatch.chdir(tmp_path)
    assert run(["new", "texts/My Lesson.md"]) == 0
    assert run(["check", "my-lesson.toml"]) == 0
    assert run(["build", "my-lesson.toml", "--only", "tables", "-q"]) == 0
    assert (tmp_path / "my-lesson" / "pairs.tsv").exists()


def test_a_document_cannot_drive_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "a.md", BOTH.replace("病毒", "# \x1b[2J标题\n\n# Title\n\n病毒", 1))
    assert run(["build", str(source), "--only", "tables", "--out", str(tmp_path / "out")]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip().count(".") == 2


def test_the_reference_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "tools/cli_reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
