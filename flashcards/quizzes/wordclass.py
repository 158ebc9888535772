"""The part that a word plays in its sentence, as far as a quiz must know: words of one bank are of one class."""

from typing import Literal

from flashcards.model import Word
from flashcards.quizzes.senses import Senses

WordClass = Literal["noun", "verb", "modifier", "idiom", "person", "closed"]

_IDIOM_HANZI = 4
_BY_TAG: dict[str, WordClass] = {
    "n": "noun", "j": "noun", "s": "noun", "a": "modifier", "b": "modifier", "z": "modifier",
}  # fmt: skip
"""By the first letter of jieba's tag; what is not here is of the closed classes, or decided below."""

LIGHT = frozenset(
    """进行 加以 予以 给予 作出 做出 具有 成为 作为 属于 表示 认为 觉得 看到 听到 感到 使得 来到
    开始 继续 可以 能够 应该 必须 没有 知道 时候 东西 事情 问题 地方 有些 一些 这些 那些 一样
    一直 已经 这样 那样 怎么 什么 起来 出来 下来 过来 一个 现在 可能 也许 之间 之后 之前 以后
    以前 方面 情况 样子 部分 的话 有人 有的 为了 由于 关于""".split()
)
"""Words of the language with hardly a meaning of their own: light verbs, dummy nouns, function words that jieba tags as
nouns or verbs. Nothing is learnt from asking for them."""


def word_class(word: Word, senses: Senses) -> WordClass:
    """The class of a word, by jieba's tag checked against the dictionary's senses."""
    tag, own = word.tag, senses[word.text]
    if word.text in LIGHT:
        return "closed"
    if tag.startswith("nr") and (not own or own[0].text[0].isupper()):
        return "person"
    if len(word.text) == _IDIOM_HANZI and (tag[:1] in ("i", "l")):
        return "idiom"
    if tag == "vn" or (tag[:1] == "v" and own and not any(sense.verbal for sense in own)) or tag == "an":
        return "noun"
    if tag[:1] == "v":
        return "verb"
    if not tag and own:
        return "verb" if all(sense.verbal for sense in own) else "noun"
    return _BY_TAG.get(tag[:1], "closed")


def may_share_a_bank(one: WordClass, other: WordClass) -> bool:
    """Whether the form of two words does not tell which of them a blank wants. Idioms stand where nouns do."""
    nominal = ("noun", "idiom")
    return one == other or (one in nominal and other in nominal)
