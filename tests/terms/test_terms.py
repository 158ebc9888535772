from pathlib import Path

import pytest

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.model import Bead, Finding, Pair, Place, Sentence, Term, TermCorrection, Word, pairs_of
from flashcards.terms import Sources, find_terms
from flashcards.terms.candidates import cut_out, units
from flashcards.terms.citations import citation
from flashcards.terms.english import GAP
from flashcards.terms.wordclass import WordClasses

DATA = Path(__file__).parent.parent / "data"
Lesson = tuple[tuple[Pair, ...], list[tuple[Word, ...]]]


@pytest.fixture(scope="module")
def speech(analyser: Analyser) -> Lesson:
    here = Place("speech")
    rows = [r.split("\t") for r in (DATA / "speech.pairs.tsv").read_text("utf-8").splitlines() if r and r[0] != "#"]
    beads = [
        Bead((Sentence(zh.replace(" ¦ ", ""), "zh", here),), (Sentence(en.replace(" ¦ ", " "), "en", here),), 1.0)
        for zh, en in rows
    ]
    pairs = pairs_of(beads)
    return pairs, [analyser.words(analyser.cut(pair.zh)) for pair in pairs]


def terms(
    lesson: Lesson, lexicon: Lexicon, analyser: Analyser, *corrections: TermCorrection, limit: int = 100
) -> tuple[dict[str, Term], tuple[Finding, ...]]:
    found, findings = find_terms(*lesson, Sources(lexicon, analyser.term), limit, corrections)
    return {term.text: term for term in found}, findings


def test_terms_of_the_speech(speech: Lesson, lexicon: Lexicon, analyser: Analyser) -> None:
    found, findings = terms(speech, lexicon, analyser)
    assert findings == ()
    assert len(found) == 100
    scores = [term.score for term in found.values()]
    assert scores == sorted(scores, reverse=True)
    english = {pair.id: pair.en for pair in speech[0]}
    for term in found.values():
        assert term.count >= len(term.pair_ids) > 0
        assert "".join(word.text for word in term.words) == term.text
        for rendering in term.renderings:
            assert GAP.join(english[rendering.pair_id][a:b] for a, b in rendering.spans) == rendering.surface
    assert found["上海精神"].renderings[0].citation == "Shanghai Spirit"
    assert found["单边主义"].renderings[0].citation == "unilateralism"


def test_corrections(speech: Lesson, lexicon: Lexicon, analyser: Analyser) -> None:
    found, findings = terms(
        speech,
        lexicon,
        analyser,
        TermCorrection("三股势力", render="the three forces"),
        TermCorrection("重大考验", render="major test"),
        TermCorrection("命运共同体", render="shared future | no such words", define="what we share"),
        TermCorrection("合作", define="working together"),
        TermCorrection("全力挽", add=True),
        TermCorrection("成员国", drop=True),
        TermCorrection("没有这个", add=True),
        TermCorrection("没有那个", define="nothing"),
        TermCorrection("没有谁", render="nobody"),
        TermCorrection("也没有这个", drop=True),
    )
    assert found["三股势力"].renderings[0].citation == "the three forces"
    assert found["三股势力"].renderings[0].confidence == 1.0
    assert found["重大考验"].renderings[0].surface == "major test"
    shared, absent, *overruled = found["命运共同体"].renderings
    assert all(rendering.confidence <= 0.5 for rendering in overruled)
    assert (shared.surface, absent.spans, absent.citation) == ("Shared Future", (), "no such words")
    assert found["命运共同体"].definition == "what we share"
    assert found["合作"].definition == "working together"
    assert "to cooperate" in found["合作"].senses
    assert found["全力挽"].count == 1    # a string that no segmentation would cut out
    assert "成员国" not in found
    assert [finding.message.split('"')[1] for finding in findings] == [
        "没有这个", "没有那个", "没有谁", "也没有这个",
    ]


def test_one_correction_changes_one_term(speech: Lesson, lexicon: Lexicon, analyser: Analyser) -> None:
    before, _ = terms(speech, lexicon, analyser)
    after, _ = terms(speech, lexicon, analyser, TermCorrection("上海精神", render="spirit of Shanghai"))
    assert before.keys() == after.keys()
    assert [text for text in before if before[text].renderings != after[text].renderings] == ["上海精神"]


def test_nothing_to_find(lexicon: Lexicon, analyser: Analyser) -> None:
    assert find_terms([], [], Sources(lexicon, analyser.term)) == ((), ())


def test_units(lexicon: Lexicon) -> None:
    assert units(["公共卫生", "电子商务", "以邻为壑"], lexicon) == ("公共", "卫生", "电子商务", "以邻为壑")
    assert cut_out(("全力", "挽救", "生命"), "力挽") == ("全", "力", "挽", "救", "生命")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("加强", "verb"), ("元首", "noun"), ("务实", "modifier"), ("我们", "closed"), ("普京", "name"), ("，", "mark"),
     ("以邻为壑", "idiom"), ("明年", "closed"), ("很深", "closed"), ("习近平", "person"),
     ("弗拉基米尔·普京", "person")],
)  # fmt: skip
def test_word_classes(lexicon: Lexicon, word: str, expected: str) -> None:
    assert WordClasses(lexicon).of(word) == expected


@pytest.mark.parametrize(("word", "expected"), [("加强", True), ("感谢", True), ("合作", False), ("安全", False)])
def test_mostly_verbs(lexicon: Lexicon, word: str, expected: bool) -> None:
    assert WordClasses(lexicon).is_mostly_verb(word) is expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("the SCO’s", "SCO"), ("our new chapter", "new chapter"), ("the", "the"), ("COVID-19", "COVID-19"),
     ("chains | chain | chains", "chain"), ("chains | chain store", "chains"), ("boxes | box", "box"),
     ("political parties | political party", "political party"), ("upholding peace", "uphold peace"),
     ("Data Security | data security", "data security"), ("Data Security", "Data Security"),
     ("news", "news"), ("upheld peace | uphold peace | upheld peace", "upheld peace"), ("", "")],
)  # fmt: skip
def test_citation(surface: str, expected: str) -> None:
    assert citation(surface.split(" | "), ["uphold"]) == expected
