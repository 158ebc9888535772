"""Small lessons from literals."""

from flashcards.model import Bead, Lesson, Place, Rendering, Sentence, Term, Word, pairs_of, term_id

SYLLABLES = dict(
    zip(
        "上海精神是合作的基础我们要弘扬安全需好坚持发展中国家共同也人民大会堂传统文化你装双床女",
        (
            "shàng hǎi jīng shén shì hé zuò de jī chǔ wǒ men yào hóng yáng ān quán xū hǎo jiān chí fā zhǎn "
            "zhōng guó jiā gòng tóng yě rén mín dà huì táng chuán tǒng wén huà nǐ zhuāng shuāng chuáng nǚ"
        ).split(),
        strict=True,
    )
)
TRADITIONAL = str.maketrans("础们扬坚发国会传统装双", "礎們揚堅發國會傳統裝雙")


def word(text, level=0):
    reading = tuple(SYLLABLES.get(c, "") for c in text)
    spoken = any(reading)
    tag, zhuyin = ("n", "ㄅ") if spoken else ("x", "")
    return Word(text, text, text.translate(TRADITIONAL), tag, level, reading, 0.99, "".join(reading), zhuyin)


def words(spaced):
    """Words from a line with spaces between them; "␣" stands for a space that is a word."""
    return tuple(word(part.replace("␣", " ")) for part in spaced.split(" "))


def lesson(rows, terms, deck_id="demo", title="示例 Demo", source="/some/where/demo.md"):
    """A lesson from rows (spaced Chinese, English, confidence) and terms (spaced, English or "", definition)."""
    beads = []
    for n, (zh, en, confidence) in enumerate(rows, 1):
        text = zh.replace(" ", "").replace("␣", " ")
        beads.append(
            Bead((Sentence(text, "zh", Place(source, n)),), (Sentence(en, "en", Place(source, n)),), confidence)
        )
    pairs = pairs_of(beads)
    return Lesson(
        id=deck_id,
        title=title,
        beads=tuple(beads),
        pairs=pairs,
        words=tuple(words(zh) for zh, _, _ in rows),
        terms=tuple(term(pairs, *row, score=len(terms) - i) for i, row in enumerate(terms)),
        findings=(),
    )


def term(pairs, spaced, english, definition, level=0, confidence=0.95, score=1.0):
    text = spaced.replace(" ", "").replace("␣", " ")
    held = [pair for pair in pairs if text in pair.zh]
    renderings = []
    for pair in held:
        at = pair.en.find(english)
        if english and at >= 0:
            renderings.append(Rendering(((at, at + len(english)),), english, english, pair.id, confidence))
    return Term(
        id=term_id(text),
        text=text,
        words=words(spaced),
        renderings=tuple(renderings),
        definition=definition,
        senses=(definition, f"another sense of {text}") if definition else (),
        level=level,
        count=len(held),
        pair_ids=tuple(pair.id for pair in held),
        inside=(),
        score=score,
    )


ROWS = (
    ("上海 精神 是 合作 的 基础 。", "The Shanghai Spirit is the foundation of cooperation.", 0.98),
    (
        "我们 要 弘扬 上海 精神 ， 坚持 共同 发展 。",
        "We must carry forward the Shanghai Spirit and pursue development together.",
        0.97,
    ),
    ("发展 中 国家 也 要 发展 。", "Developing countries must see development, too.", 0.96),
    ("安全 是 发展 的 基础 。", "Security is the foundation of development.", 0.4),
    ("上海 精神 是 合作 的 基础 。", "The Shanghai Spirit is what cooperation rests on.", 0.95),
)
TERMS = (
    ("上海 精神", "Shanghai Spirit", "", 0),
    ("合作", "cooperation", "to cooperate", 3),
    ("基础", "foundation", "base; foundation", 7),
    ("弘扬", "carry forward", "to promote", 7),
    ("安全", "", "safety", 3),
    ("发展 中 国家", "Developing countries", "developing country", 0),
    ("发展", "development", "development", 3),
    ("坚持", "", "", 4),
)
DEMO = lesson(ROWS, TERMS)
WORTHY = frozenset(pair.id for pair in DEMO.pairs)
