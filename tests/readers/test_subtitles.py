"""Subtitles become rows of whole sentences, from one file with both languages or from two matched by their times."""

import random

import pytest

from flashcards import build
from flashcards.errors import InputError
from flashcards.model import Block, Place
from flashcards.readers import subtitles, timing


def srt(*cues):
    """A SubRip file of (start, end, text) in seconds."""
    return "\n".join(f"{n}\n{clock(a)} --> {clock(b)}\n{text}\n" for n, (a, b, text) in enumerate(cues, 1)).encode()


def clock(seconds):
    milliseconds = round(seconds * 1000)
    return (
        f"{milliseconds // 3600000:02}:{milliseconds // 60000 % 60:02}:"
        f"{milliseconds // 1000 % 60:02},{milliseconds % 1000:03}"
    )


def vtt(body):
    return f"WEBVTT\n\n{body}".encode()


def ass(*events, styles=""):
    head = "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n" + styles
    fields = "\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    return (head + fields + "\n".join(events) + "\n").encode()


def texts(data):
    return [block.text for block in subtitles.read(data, "a")[0].blocks]


def rows(blocks):
    """What is in each row, Chinese and English, and what is in none."""
    found = {}
    for block in blocks:
        found.setdefault(block.row, ([], []))[block.lang == "en"].append(block.text)
    return {row: (" ".join(zh), " ".join(en)) for row, (zh, en) in found.items()}


CLEANED = {
    "tags": (srt((0, 1, '<i>Hello</i>, <font color="red">Mary</font>.')), ["Hello, Mary."]),
    "places": (srt((0, 1, "{\\an8}Hello.")), ["Hello."]),
    "entities": (srt((0, 1, "Tom &amp; Jerry&nbsp;ran.")), ["Tom & Jerry ran."]),
    "a speaker in capitals": (srt((0, 1, "JOHN: Hello.")), ["Hello."]),
    "a speaker again and again": (srt((0, 1, "Mary: A cat."), (2, 3, "Mary: A dog."), (4, 5, "Mary: So.")), [
        "A cat.", "A dog.", "So.",
    ]),
    "a colon in a sentence": (srt((0, 1, "Note: it rains.")), ["Note: it rains."]),
    "a time in a sentence": (srt((0, 1, "AT 10:30 he left.")), ["AT 10:30 he left."]),
    "who speaks in Chinese": (srt((0, 1, "他说：好。"), (2, 3, "他说：不。"), (4, 5, "他说：走。")), [
        "他说：好。", "他说：不。", "他说：走。",
    ]),
    "two speakers": (srt((0, 1, "- Hello.\n- Hi.")), ["Hello.", "Hi."]),
    "a sound alone": (srt((0, 1, "[music]"), (2, 3, "（笑声）"), (4, 5, "Hello.")), ["Hello."]),
    "a sound and speech": (srt((0, 1, "(laughs) Hello."), (2, 3, "【电话】喂？")), ["喂？", "Hello."]),
    "a sound in two lines": (srt((0, 1, "(music\nplaying)"), (2, 3, "Hello.")), ["Hello."]),
    "a thought": (srt((0, 1, "(I should go.)")), ["(I should go.)"]),
    "a song": (srt((0, 1, "♪ Oh say can you see ♪")), ["Oh say can you see"]),
    "wrapped lines": (srt((0, 1, "We went to\nthe store.")), ["We went to the store."]),
    "Chinese wrapped": (srt((0, 1, "中国将坚定不移，\n走和平发展道路。")), ["中国将坚定不移，走和平发展道路。"]),
    "Chinese without punctuation": (srt((0, 1, "你好吗\n我很好"), (1, 2, "再见")), ["你好吗 我很好", "再见"]),
    "cues in disorder": (srt((4, 5, "Two."), (0, 1, "One.")), ["One.", "Two."]),
    "a cue without text": (srt((0, 1, ""), (2, 3, "One.")), ["One."]),
    "a title in the other language": (srt((0, 1, "字幕"), *((n, n + 1, f"It is {n}.") for n in range(2, 20))), [
        f"It is {n}." for n in range(2, 20)
    ]),
    "a voice": (vtt("00:01.000 --> 00:02.000 align:start\n<v Mary>Hello.</v>\n"), ["Hello."]),
    "remarks and names of cues": (
        vtt("STYLE\n::cue { color: red }\n\nNOTE a remark\nof two lines\n\n"
            "intro\n00:01.000 --> 00:02.000\nHello.\n\nNOTE more\n\nouttro\n00:03.000 --> 00:04.000\nBye.\n"),
        ["Hello.", "Bye."],
    ),
    "captions that roll up": (
        vtt("00:00.000 --> 00:02.000\n \nwe<00:00:00.500><c> went</c><00:00:01.000><c> to</c>\n\n"
            "00:02.000 --> 00:02.010\nwe went to\n \n\n"
            "00:02.010 --> 00:04.000\nwe went to\nthe<00:00:02.500><c> store</c>\n\n"
            "00:04.000 --> 00:04.010\nthe store\n\n"),
        ["we went to", "the store"],
    ),
    "a ruby": (vtt("00:01.000 --> 00:02.000\n<ruby>你<rt>nǐ</rt>好<rt>hǎo</rt></ruby>。\n"), ["你好。"]),
    "ASS tags": (ass(r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\an8\i1}Hello,{remark}\hMary.\Nand Tom."), [
        "Hello, Mary. and Tom.",
    ]),
    "karaoke": (ass(r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\k20}Oh {\k30}say."), ["Oh say."]),
    "comments, drawings, effects": (
        ass(
            "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,not shown",
            r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0{\p0}",
            "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,Banner;10,Buy it now.",
            "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Hello.",
        ),
        ["Hello."],
    ),
    "signs": (
        ass(
            r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\pos(10,20)}Police station",
            "Dialogue: 0,0:00:01.00,0:00:02.00,Sign,,0,0,0,,Exit",
            "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Hello.",
        ),
        ["Hello."],
    ),
    "everything at a place": (
        ass(r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\pos(10,20)}Hello."), ["Hello."],
    ),
    "a shadow": (
        ass(
            "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hello.",
            "Dialogue: 1,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hello.",
        ),
        ["Hello."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), CLEANED.values(), ids=CLEANED)
def test_only_what_is_spoken_is_left(data, expected):
    assert texts(data) == expected


JOINED = {
    "no stop": (["I went", "To the store."], ["I went To the store."]),
    "stops": (["I went.", "To the store."], ["I went.", "To the store."]),
    "a pause of thought": (["I was...", "...in the store.", "Yes."], ["I was... ...in the store.", "Yes."]),
    "a pause at the end": (["I was...", "Hello."], ["I was...", "Hello."]),
    "another speaker": (["I went", "- Where?"], ["I went", "Where?"]),
    "Chinese": (["我去了", "商店。", "好。"], ["我去了商店。", "好。"]),
    "a hyphen": (["It is inter-", "national.", "International law."], ["It is international.", "International law."]),
    "English without stops": (["Hello", "I went", "to the store", "Bye"], ["Hello", "I went to the store", "Bye"]),
    "nothing but small letters": (["hello", "i went", "to the store"], ["hello", "i went", "to the store"]),
    "a list without an end": (
        [*"ABCDEFGH", *(f"End {n}." for n in range(7))], ["A B C D E F", "G H End 0.", "End 1."],
    ),
}


@pytest.mark.parametrize(("cues", "expected"), JOINED.values(), ids=JOINED)
def test_a_sentence_is_joined_over_cues(cues, expected):
    found = texts(srt(*((n, n + 0.9, text) for n, text in enumerate(cues))))
    assert found[: len(expected)] == expected


def test_silence_ends_a_sentence():
    cues = ((0, 1, "I went"), (9, 10, "To the store."), (11, 12, "Yes."))
    assert texts(srt(*cues)) == ["I went", "To the store.", "Yes."]


BILINGUAL = {
    "Chinese above": srt((0, 1, "你好，\nHello,"), (1, 2, "玛丽。\nMary."), (3, 4, "再见。\nBye.")),
    "English above": srt((0, 1, "Hello,\n你好，"), (1, 2, "Mary.\n玛丽。"), (3, 4, "Bye.\n再见。")),
    "two cues at one time": srt(
        (0, 1, "你好，"), (0, 1, "Hello,"), (1, 2, "玛丽。"), (1, 2, "Mary."), (3, 4, "Bye."), (3, 4, "再见。")
    ),
    "one language behind the other": srt(
        (0, 1, "你好，"), (1, 2, "玛丽。"), (3, 4, "再见。"),
        (0.1, 0.9, "Hello,"), (1.1, 2, "Mary."), (3.1, 4.2, "Bye."),
    ),
    "WebVTT": vtt(
        "00:00.000 --> 00:01.000\n你好，\nHello,\n\n00:01.000 --> 00:02.000\n玛丽。\nMary.\n\n"
        "00:03.000 --> 00:04.000\n再见。\nBye.\n"
    ),
    "ASS in one event": ass(
        r"Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,你好，\N{\fs12}Hello,",
        r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,玛丽。\N{\fs12}Mary.",
        r"Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,再见。\N{\fs12}Bye.",
    ),
    "ASS in two styles": ass(
        *(
            f"Dialogue: 0,0:00:0{start}.00,0:00:0{start + 1}.00,{style},,0,0,0,,{text}"
            for style, lines in (("ZH", ("你好，", "玛丽。", "再见。")), ("EN", ("Hello,", "Mary.", "Bye.")))
            for start, text in zip((0, 1, 3), lines, strict=True)
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", BILINGUAL.values(), ids=BILINGUAL)
def test_both_languages_in_one_file_make_rows(data):
    document, findings = subtitles.read(data, "a")
    assert rows(document.blocks) == {0: ("你好，玛丽。", "Hello, Mary."), 1: ("再见。", "Bye.")}
    assert (document.blocks[0].where.line, document.blocks[0].seconds) == (1, (0, 2))
    assert not findings


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a is empty"),
        (b"Hello.\n", "a has no subtitles in it"),
        (srt((0, 1, "[music]")), "a has no subtitles in it"),
        (ass("Dialogue: 0,soon,later,Default,,0,0,0,,Hello."), "a is damaged"),
    ],
)
def test_files_without_subtitles(data, message):
    with pytest.raises(InputError, match=message):
        subtitles.read(data, "a")


def dialogue(seed, length=60):
    """(start, end, Chinese, English) of made cues, each with words of its own."""
    draw = random.Random(seed)
    now, cues = 5.0, []
    for number in range(length):
        end = now + draw.uniform(1.0, 4.0)
        cues.append((now, end, f"第{number}句话。", f"It is sentence {number}."))
        now = end + draw.choice([0.1, 0.1, 0.5, 2.0, 6.0])
    return cues


def two_files(tmp_path, chinese, english):
    for name, cues in (("zh.srt", chinese), ("en.srt", english)):
        (tmp_path / name).write_bytes(srt(*cues))
    return build.read_sources([tmp_path / "zh.srt", tmp_path / "en.srt"])


CLOCKS = {
    "in step": (1.0, 0.0, ""),
    "a little out of step": (1.0, 0.05, ""),
    "later": (1.0, 2.3, "times moved by -2.3 s"),
    "much earlier": (1.0, -3.7, "times moved by +3.7 s"),
    "with a trailer in front": (1.0, 93.0, "times moved by -93.0 s"),
    "as television plays it": (23.976 / 25, 0.0, "times stretched by 1.0427"),
    "slower, and later": (25 / 23.976, 2.3, "times stretched by 0.9590 and moved by -2.2 s"),
}


@pytest.mark.parametrize(("speed", "shift", "message"), CLOCKS.values(), ids=CLOCKS)
def test_two_files_are_matched_by_their_times(tmp_path, speed, shift, message):
    draw = random.Random(1)
    cues = dialogue(0, 150)
    english = [
        (start * speed + shift + draw.uniform(-0.15, 0.15), end * speed + shift, text) for start, end, _, text in cues
    ]
    document, findings = two_files(tmp_path, [(start, end, text) for start, end, text, _ in cues], english)
    assert rows(document.blocks) == {n: (zh, en) for n, (_, _, zh, en) in enumerate(cues)}
    assert [finding.message.removesuffix(" to fit the other file") for finding in findings] == [message] * bool(message)


def test_cues_that_are_missing_or_cut_otherwise(tmp_path):
    cues = dialogue(2)
    chinese = [(start, end, text) for n, (start, end, text, _) in enumerate(cues) if n not in (7, 8, 30)]
    english = [(start + 2.3, end + 2.3, text) for n, (start, end, _, text) in enumerate(cues) if n not in (12, 41, 42)]
    english[19:21] = [(english[19][0], english[20][1], "Both at once.")]    # of 20 and 21: one has gone before
    document, _ = two_files(tmp_path, chinese, english)
    found = rows(document.blocks)
    assert set(found.pop(None)[0].split()) == {"第12句话。", "第41句话。", "第42句话。"}
    assert ("第20句话。 第21句话。", "Both at once.") in found.values()
    assert all(zh[1:-3] == en[15:-1] for zh, en in found.values() if en != "Both at once.")


def test_a_sentence_that_two_cues_share_is_not_cut(tmp_path):
    chinese = [(0, 2, "因为下雨，"), (2, 4, "所以我没去。"), (5, 6, "再见。")]
    english = [(0.1, 1.2, "I"), (1.3, 3.9, "did not go because it rained."), (5, 6, "Bye.")]
    document, _ = two_files(tmp_path, chinese, english)
    assert list(rows(document.blocks).values()) == [
        ("因为下雨，所以我没去。", "I did not go because it rained."),
        ("再见。", "Bye."),
    ]


def test_files_of_two_films_are_aligned_by_their_texts(tmp_path):
    one, other = dialogue(3, 40), dialogue(4, 90)[50:]
    document, findings = two_files(
        tmp_path, [(a, b, zh) for a, b, zh, _ in one], [(a + 900, b + 900, en) for a, b, _, en in other]
    )
    assert {block.row for block in document.blocks} == {None}
    assert [finding.level for finding in findings] == ["warning"]
    assert "do not fit" in findings[0].message


def test_times_that_connect_everything_make_no_row():
    blocks = [
        Block("", lang, "line", Place("a"), seconds=(start, start + 1))
        for n in range(20)
        for lang, start in (("zh", n), ("en", n + 0.5))
    ]
    assert {block.row for block in timing.with_rows(blocks)} == {None}


def test_damaged_files_are_read_or_refused():
    whole = [*BILINGUAL.values(), *(data for data, _ in CLEANED.values())]
    draw = random.Random(5)
    for _ in range(600):
        data = bytearray(draw.choice(whole))
        for _ in range(draw.randint(1, 8)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        try:
            subtitles.read(bytes(data[: draw.randint(1, len(data))]), "a")
        except InputError:
            continue
