"""Renderings, wherever a lesson comes from: spans of the English, whole words, and what shares a head."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.model import Bead, Pair, Place, Sentence, Term, pairs_of
from flashcards.terms import Sources, find_terms
from flashcards.terms.citations import Casing
from flashcards.terms.english import GAP, English, make_english
from flashcards.terms.renderings import _member

DATA = Path(__file__).parent.parent / "data"
ROWS = [
    row.replace(" ¦ ", " ").split("\t")
    for name in ("speech.pairs.tsv", "tea.pairs.tsv", "lesson.pairs.tsv")
    for row in (DATA / name).read_text("utf-8").splitlines()
    if row and row[0] != "#" and row.count("\t") == 1
]


def lesson(*rows: tuple[str, str]) -> tuple[Pair, ...]:
    here = Place("test")
    return pairs_of(
        Bead((Sentence(zh.replace(" ", ""), "zh", here),), (Sentence(en, "en", here),), 1.0) for zh, en in rows
    )


def terms(pairs: tuple[Pair, ...], lexicon: Lexicon, analyser: Analyser, limit: int = 100) -> dict[str, Term]:
    words = [analyser.words(analyser.cut(pair.zh)) for pair in pairs]
    found, _ = find_terms(pairs, words, Sources(lexicon, analyser.term), limit)
    return {term.text: term for term in found}


def check(found: dict[str, Term], pairs: tuple[Pair, ...]) -> None:
    """What is true of the terms of every lesson."""
    by_id = {pair.id: pair for pair in pairs}
    ids = {term.id: term for term in found.values()}
    for term in found.values():
        assert all(term.text in by_id[id].zh for id in term.pair_ids)
        assert term.inside == tuple(t.id for t in ids.values() if t.text != term.text and t.text in term.text)
        assert all(term.id in ids[other].around for other in term.inside)
        assert all(term.id in ids[other].inside for other in term.around)
        assert len(term.definition) <= 60
        for rendering in term.renderings:
            english = by_id[rendering.pair_id].en
            assert rendering.pair_id in term.pair_ids
            assert 1 <= len(rendering.spans) <= 2
            assert GAP.join(english[a:b] for a, b in rendering.spans) == rendering.surface
            assert 0 < rendering.confidence < 1
            assert rendering.citation.strip() == rendering.citation != ""
            for start, end in rendering.spans:
                around = english[max(0, start - 1) : start + 1], english[end - 1 : end + 1]
                assert not any(re.fullmatch(r"\w\w|\w-|-\w", edge) for edge in around), rendering


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(ROWS), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_any_lesson(lexicon: Lexicon, analyser: Analyser, rows: list[list[str]], random: object) -> None:
    """Any sentences in any order, the English of some exchanged: what was found is where it is said to be."""
    english = [en for _, en in rows]
    random.shuffle(english)    # type: ignore[attr-defined]
    mixed = [(zh, english[i] if i % 3 == 0 else en) for i, (zh, en) in enumerate(rows)]
    pairs = lesson(*mixed)
    check(terms(pairs, lexicon, analyser), pairs)


@settings(max_examples=40, deadline=None)
@given(
    st.text("天气很好、，。“”（）和与的一2020ABc·—… ", max_size=30),
    st.text("abcXYZ '-’“”\",.?!&;:()–—…%$é0129 ", max_size=60),
)
@example("好", ".0")
def test_any_characters(lexicon: Lexicon, analyser: Analyser, zh: str, en: str) -> None:
    pairs = lesson((f"天{zh}", f"s{en}"))
    check(terms(pairs, lexicon, analyser), pairs)


LESSONS = {
    "three sentences": ROWS[:3],
    "no term worth a card": [("好。", "Good."), ("是的。", "Yes.")],
    "the same sentence a thousand times": [ROWS[5]] * 1000,
    "half of the Chinese is left out": [(zh * 2, en[: len(en) // 2]) for zh, en in ROWS[:10]],
    "no English": [(zh, "") for zh, _ in ROWS[:10]],
    "no hanzi": [("2020-11-10", "November 10, 2020"), ("WTO", "WTO")],
    "marks alone": [("。", "."), ("……", "...")],
}


@pytest.mark.parametrize("name", LESSONS)
def test_odd_lessons(lexicon: Lexicon, analyser: Analyser, name: str) -> None:
    pairs = lesson(*LESSONS[name])
    found = terms(pairs, lexicon, analyser)
    check(found, pairs)
    if name == "no English":
        assert found
        assert all(term.definition and not term.renderings for term in found.values())


RENDERED = {
    "a shared head": (
        "我们要维护全球产业链、供应链、价值链稳定。",
        "We need to keep global industrial, supply and value chains stable.",
        {"产业链": "industrial chains", "供应链": "supply chains", "价值链": "value chains"},
    ),
    "a foreign name": (
        "威尔金森昨天在北京会见了记者。",
        "Wilkinson met with reporters in Beijing yesterday.",
        {"威尔金森": "Wilkinson"},
    ),
    "a name in pinyin": ("陈景润教授又来了。", "Professor Chen Jingrun came again.", {"陈景润": "Chen Jingrun"}),
    "a possessive": (
        "我们支持世界卫生组织的领导作用。",
        "We support the World Health Organization’s leadership role.",
        {"世界卫生组织": "World Health Organization"},
    ),
    "a quotation": (
        "这里没有旅游景观。", "There are no 'tourist attractions' here.", {"旅游景观": "tourist attractions"},
    ),
    "a hyphenated word whole": (
        "双方主张合作共赢。", "Both sides call for win-win cooperation.", {"合作共赢": "win-win cooperation"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RENDERED)
def test_rendered(lexicon: Lexicon, analyser: Analyser, name: str) -> None:
    zh, en, expected = RENDERED[name]
    found = terms(lesson((zh, en)), lexicon, analyser)
    assert {text: found[text].renderings[0].citation for text in expected if text in found} == expected


def english(text: str, lexicon: Lexicon) -> English:
    (side,) = make_english([text], lexicon)
    return side


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("industrial, supply and value chains", ["industrial … chains", "supply … chains"]),
        ("mutual trust and respect", ["mutual … respect"]),
        ("red or blue", []),
        ("They ran and they fell.", []),
        ("long- and short-term plans", []),
    ],
)
def test_completed_spans(lexicon: Lexicon, text: str, completed: list[str]) -> None:
    side = english(text, lexicon)
    found = [side.surface(span) for span in range(len(side.spans)) if side.spans.completed[span]]
    assert found == completed


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("the SCO's well-being", ["-", "being"]),
        ("Mr O'Brien said 'yes'", ["'", "Brien"]),
        ("9m dishes", ["m"]),
        ("the parties' aims — no", []),
    ],
)
def test_what_is_one_word(lexicon: Lexicon, text: str, glued: list[str]) -> None:
    side = english(text, lexicon)
    assert [token.text for token, one in zip(side.tokens, side.glued, strict=False) if one] == glued


@pytest.mark.parametrize(
    ("units", "at", "expected"),
    [
        ("我们 维护 和平 、 发展 、 正义 。", 2, (0, 3)),
        ("我们 维护 和平 、 发展 、 正义 。", 4, (1, 3)),
        ("威胁 和 挑战", 2, (1, 2)),
        ("工业 、 供应 和 价值 链", 4, (2, 3)),
        ("和平 发展", 0, None),
    ],
)
def test_members_of_lists(units: str, at: int, expected: tuple[int, int] | None) -> None:
    assert _member(units.split(), at, at + 1) == expected


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        (["Work Together for a Brighter Future", "a brighter future"], "brighter future"),
        (["We Honor the Shanghai Spirit", "We honor the Shanghai Spirit today."], "Shanghai Spirit"),
        (["Brighter future? Yes."], "brighter future"),
        (["China has launched the Initiative on Data Security.", "We value data security."], "data security"),
        (["COVID Vaccines Work Well Now"], "COVID vaccines"),
        (["The Two Oceans Cooperation Forum was held in Shanghai."], "Two Oceans Cooperation Forum"),
        (
            ["Remarks at the Shanghai Cooperation Organization", "The Organization is for cooperation in Shanghai."],
            "Shanghai Cooperation Organization",
        ),
    ],
)
def test_capitals(lexicon: Lexicon, sides: list[str], expected: str) -> None:
    made = make_english(sides, lexicon)
    casing = Casing(made, lexicon)
    plain = {casing.plain(made[0], span, ()) for span in range(len(made[0].spans))}
    assert expected in plain
