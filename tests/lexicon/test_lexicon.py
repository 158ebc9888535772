import gzip
from pathlib import Path

import pytest

from flashcards.errors import InputError
from flashcards.lexicon import Lexicon, open_lexicon
from flashcards.lexicon.sources import read_cedict
from flashcards.model import HSK_LISTS, HSK_STANDARD

LINES = "# a comment\n疫苗 疫苗 [yi4 miao2] /vaccine/\n長 长 [zhang3] /to grow/elder/\nnot an entry\n"


def test_simplified_and_traditional_find_the_same(lexicon: Lexicon) -> None:
    assert lexicon.entries("经济") == lexicon.entries("經濟") != ()
    assert lexicon.entries("经济")[0].reading == ("jing1", "ji4")


def test_what_no_list_has(lexicon: Lexicon) -> None:
    assert "没有的词" not in lexicon
    assert (lexicon.entries("没有的词"), lexicon.tag("没有的词"), lexicon.level("没有的词")) == ((), "", 0)


def test_levels_tags_and_frequencies(lexicon: Lexicon) -> None:
    assert lexicon.level("我们") == 1
    assert lexicon.tag("我们") == "r"
    assert lexicon.zipf("的") > 6 > lexicon.zipf("共同体") > 3 > lexicon.zipf("没有的词")


LEVELS = {
    "东西": (1, 1, 1),
    "留学生": (0, 2, 3),    # the old HSK has no compounds whose parts it has
    "生": (0, 2, 4),
    "一丝不苟": (6, 0, 7),    # 7 stands for 7 to 9
    "没有的词": (0, 0, 0),
}


@pytest.mark.parametrize(("word", "levels"), LEVELS.items(), ids=LEVELS)
def test_each_list_has_its_own_levels(word: str, levels: tuple[int, ...], lexicon: Lexicon) -> None:
    assert tuple(lexicon.level(word, hsk_list) for hsk_list in HSK_LISTS) == levels
    assert lexicon.level(word) == lexicon.level(word, HSK_STANDARD)


def test_english_words_of_the_glosses(lexicon: Lexicon) -> None:
    assert lexicon.is_english("Going")
    assert not lexicon.is_english("ingxq")


@pytest.mark.parametrize("packed", [False, True])
def test_another_dictionary(tmp_path: Path, packed: bool) -> None:
    data = LINES.encode()
    path = tmp_path / "dictionary"
    path.write_bytes(gzip.compress(data) if packed else data)
    assert [e.senses for e in read_cedict(path)] == [("vaccine",), ("to grow", "elder")]
    lexicon = open_lexicon(path, tmp_path / "cache")
    assert "长" in lexicon
    assert "经济" not in lexicon
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize("size", [0, 3000, 9000], ids=["emptied", "cut off", "cut off later"])
def test_a_damaged_cache_is_made_again(tmp_path: Path, size: int) -> None:
    dictionary = tmp_path / "dictionary"
    dictionary.write_text(LINES, "utf-8")
    open_lexicon(dictionary, tmp_path / "cache")
    (compiled,) = (tmp_path / "cache").iterdir()
    compiled.write_bytes(compiled.read_bytes()[:size])
    assert "疫苗" in open_lexicon(dictionary, tmp_path / "cache")


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    dictionary = tmp_path / "dictionary"
    dictionary.write_text(LINES, "utf-8")
    assert "疫苗" in open_lexicon(dictionary, tmp_path / "file" / "cache")


@pytest.mark.parametrize(
    "data", [b"no entries", b"\xff\xfe\x00", b"\x1f\x8bbroken"], ids=["text", "binary", "broken gzip"]
)
def test_what_is_no_dictionary(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "dictionary"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"CC-CEDICT|no dictionary entry"):
        list(read_cedict(path))


SYNONYMS = {"fool": "deceiv", "love": "fond", "bandit": "robber", "blaze": "burn", "strike": "hit"}


@pytest.mark.parametrize(("stem", "other"), SYNONYMS.items(), ids=SYNONYMS)
def test_synonyms_are_what_translates_the_same_words(lexicon: Lexicon, stem: str, other: str) -> None:
    assert 0 < lexicon.synonyms(stem)[other] < 1
    assert "table" not in lexicon.synonyms(stem)


def test_what_has_no_synonyms(lexicon: Lexicon) -> None:
    assert lexicon.synonyms("ingxq") == {}


@pytest.mark.parametrize(
    ("character", "syllable", "kind"),
    [("传", "chuan2", "v"), ("传", "zhuan4", "n"), ("薄", "bao2", "a"), ("缝", "feng4", "n"), ("磨", "mo2", "v")],
)
def test_kinds_of_readings(lexicon: Lexicon, character: str, syllable: str, kind: str) -> None:
    shares = lexicon.kinds(character, syllable)
    assert max(shares, key=shares.__getitem__) == kind
    assert sum(shares.values()) == pytest.approx(1)
