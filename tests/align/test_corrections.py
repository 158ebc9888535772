"""A human's corrections of pairs: what each makes of the beads, how forgiving quotations are, what is reported."""

import pytest

from flashcards.align import correct
from flashcards.model import Bead, PairCorrection, Place, Sentence, pairs_of

HERE = Place("test", 1)


def bead(zh: str, en: str, confidence: float = 0.5) -> Bead:
    """A bead of sentences with a bar between them; "" for a side that is left out."""
    chinese = tuple(Sentence(text, "zh", HERE) for text in zh.split("|") if text)
    return Bead(chinese, tuple(Sentence(text, "en", HERE) for text in en.split("|") if text), confidence)


BEADS = (
    bead("天亮了。|鸟儿叫了。", "Day broke.|The birds sang."),
    bead("他说：“我走了，你留下。”", "“I am leaving,” he said, “and you stay.”", 0.9),
    bead("没人翻译我。", "", 0.7),
    bead("", "Nobody wrote me.", 0.7),
    bead("雨停了，风还在刮。", "The rain stopped, but the wind blew on.", 0.9),
)


def sides(beads: tuple[Bead, ...]) -> list[tuple[str, str]]:
    return [("|".join(s.text for s in b.zh), "|".join(s.text for s in b.en)) for b in beads]


UNCHANGED = sides(BEADS)
CHANGES = {
    "drop": (PairCorrection(drop="鸟儿"), UNCHANGED[1:]),
    "drop by English": (PairCorrection(drop="wind blew"), UNCHANGED[:4]),
    "drop English alone": (PairCorrection(drop="Nobody wrote"), [*UNCHANGED[:3], UNCHANGED[4]]),
    "join": (
        PairCorrection(join=("没人翻译", "Nobody wrote")),
        [*UNCHANGED[:2], ("没人翻译我。", "Nobody wrote me."), UNCHANGED[4]],
    ),
    "join in the other order": (
        PairCorrection(join=("Nobody wrote", "没人翻译")),
        [*UNCHANGED[:2], ("没人翻译我。", "Nobody wrote me."), UNCHANGED[4]],
    ),
    "join with all between": (
        PairCorrection(join=("天亮", "风还在刮")),
        [("|".join(zh for zh, _ in UNCHANGED if zh), "|".join(en for _, en in UNCHANGED if en))],
    ),
    "split between sentences": (
        PairCorrection(split=("鸟儿", "The birds")),
        [("天亮了。", "Day broke."), ("鸟儿叫了。", "The birds sang."), *UNCHANGED[1:]],
    ),
    "split with English first": (
        PairCorrection(split=("The birds", "鸟儿")),
        [("天亮了。", "Day broke."), ("鸟儿叫了。", "The birds sang."), *UNCHANGED[1:]],
    ),
    "split inside sentences": (
        PairCorrection(split=("风还在刮", "but the wind")),
        [*UNCHANGED[:4], ("雨停了，", "The rain stopped,"), ("风还在刮。", "but the wind blew on.")],
    ),
    "split inside one side only": (
        PairCorrection(split=("鸟儿", "broke")),
        [("天亮了。", "Day"), ("鸟儿叫了。", "broke.|The birds sang."), *UNCHANGED[1:]],
    ),
    "keep": (PairCorrection(keep="鸟儿"), UNCHANGED),
    "replace English": (
        PairCorrection(replace="鸟儿", en="Dawn came, and the  birds sang."),
        [("天亮了。|鸟儿叫了。", "Dawn came, and the birds sang."), *UNCHANGED[1:]],
    ),
    "replace Chinese": (
        PairCorrection(replace="wind blew", zh="雨停了，风没停。"),
        [*UNCHANGED[:4], ("雨停了，风没停。", UNCHANGED[4][1])],
    ),
    "replace both": (
        PairCorrection(replace="雨停", zh="雨停了。", en="It stopped."),
        [*UNCHANGED[:4], ("雨停了。", "It stopped.")],
    ),
    "translate what was left out": (
        PairCorrection(replace="没人翻译", en="Nobody translated me."),
        [*UNCHANGED[:2], ("没人翻译我。", "Nobody translated me."), *UNCHANGED[3:]],
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_changes(case: str) -> None:
    correction, expected = CHANGES[case]
    beads, findings = correct(BEADS, [correction])
    assert sides(beads) == expected
    assert findings == ()
    assert all(b.confidence == 1.0 for b in beads if b not in BEADS)


QUOTES = {
    "half-width marks": "他说:“我走了,你留下.”",
    "straight quotation marks": '他说："我走了，你留下。"',
    "corner brackets": "他说：「我走了，你留下。」",
    "white space": " 他说： “我 走了，\n你留下。”",
    "full-width letters": "“Ｉ ａｍ leaving，”",
    "invisible characters": "我\u200b走\u00ad了",
    "across a sentence's end": "天亮了。鸟儿叫了",
    "across an English sentence's end": "Day broke. The birds",
}


@pytest.mark.parametrize("case", QUOTES)
def test_quotations_match_in_spite_of(case: str) -> None:
    beads, findings = correct(BEADS, [PairCorrection(drop=QUOTES[case])])
    assert len(beads) == len(BEADS) - 1
    assert findings == ()


UNFIT = {
    "drop": (PairCorrection(drop="五"), 'no pair has "五"'),
    "keep": (PairCorrection(keep="五"), 'no pair has "五"'),
    "replace": (PairCorrection(replace="五", en="five"), 'no pair has "五"'),
    "join": (PairCorrection(join=("天亮", "五")), 'no pair has "五"'),
    "join within a pair": (PairCorrection(join=("天亮", "鸟儿")), "in one pair already"),
    "split by two pairs": (PairCorrection(split=("鸟儿", "but the wind")), "no pair has both"),
    "split on one side": (PairCorrection(split=("天亮", "鸟儿")), "no pair has both"),
    "split at the beginning": (PairCorrection(split=("天亮", "The birds")), "nothing stands before it"),
    "only space": (PairCorrection(drop=" "), "no pair has"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_cannot_be_done_is_a_finding(case: str) -> None:
    correction, told = UNFIT[case]
    beads, findings = correct(BEADS, [correction])
    assert beads == BEADS
    assert [finding.level for finding in findings] == ["warning"]
    assert told in findings[0].message


@pytest.mark.parametrize(
    ("correction", "count"),
    [
        (PairCorrection(drop="。"), 4),
        (PairCorrection(join=("了", "没人翻译")), 3),
        (PairCorrection(split=("了", "e")), 3),
    ],
    ids=["drop", "join", "split"],
)
def test_a_quotation_that_is_too_short_is_a_finding(correction: PairCorrection, count: int) -> None:
    beads, findings = correct((*BEADS[:3], bead("雨停了，天晴了。", "It cleared up, the sun shone.")), [correction])
    assert f"stands in {count} pairs; the first was taken" in findings[0].message
    assert beads != BEADS


def test_an_id_is_the_sources_whatever_is_replaced() -> None:
    ids = [pair.id for pair in pairs_of(BEADS)]
    for correction in (
        PairCorrection(replace="鸟儿", en="Dawn."),
        PairCorrection(replace="鸟儿", zh="黎明。"),
        PairCorrection(replace="鸟儿", zh="黎明。", en="Dawn."),
        PairCorrection(keep="鸟儿"),
    ):
        assert [pair.id for pair in pairs_of(correct(BEADS, [correction])[0])] == ids


def test_later_corrections_see_what_earlier_ones_made() -> None:
    beads, findings = correct(
        BEADS, [PairCorrection(replace="雨停", zh="雨停了。风没停。"), PairCorrection(split=("风没停", "but the wind"))]
    )
    assert sides(beads)[4:] == [("雨停了。", "The rain stopped,"), ("风没停。", "but the wind blew on.")]
    assert findings == ()


def test_only_a_human_decides_what_stays_whole() -> None:
    kept, _ = correct(BEADS, [PairCorrection(keep="雨停")])
    translated, _ = correct(BEADS, [PairCorrection(replace="雨停", en="It stopped.")])
    rewritten, _ = correct(BEADS, [PairCorrection(replace="雨停", zh="停了。")])
    assert [beads[4].kept for beads in (BEADS, kept, translated, rewritten)] == [False, True, False, True]
