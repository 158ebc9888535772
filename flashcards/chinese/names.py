"""Names of persons: what gives them away, and those that a text tells of again and again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from flashcards.lexicon import Lexicon
from flashcards.model import HAN

DOTS = frozenset("·•‧・")
"""The marks between the parts of a foreign name; Unicode has several that look alike."""

SURNAMES = frozenset(
    """王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于
    蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫
    段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 温 康 施 文 牛 樊 葛 邢 安 齐 易 乔 伍 庞 颜 倪
    庄 聂 章 鲁 岳 翟 殷 詹 申 欧 耿 关 兰 焦 俞 左 柳 甘 祝 包 宁 尚 符 舒 阮 柯 纪 梅 童 凌 毕 单 季 裴 霍 涂 成 苗 谷
    盛 曲 翁 冉 骆 蓝 路 游 辛 靳 管 柴 蒙 鲍 华 喻 祁 蒲 房 滕 屈 饶 解 牟 艾 尤 阳 时 穆 农 司 卓 古 吉 缪 简 车 项 连
    芦 麦 褚 娄 窦 戚 岑 景 党 宫 费 卜 冷 晏 席 卫 米 柏 宗 瞿 桂 全 佟 应 臧 闵 苟 邬 边 卞 姬 师 和 仇 栾 隋 商 刁 沙
    荣 巫 寇 桑 郎 甄 丛 仲 虞 敖 巩 明 佘 池 查 麻 苑 迟 邝 封 谈 匡 鞠 惠 荆 乐 冀 郁 胥 南 班 储 原 栗 燕 楚 鄢 劳 谌
    欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 南宫 夏侯 长孙 宇文 端木 轩辕 独孤""".split()
)
"""The usual ones of one character, and those of two."""

TITLES = frozenset(
    """先生 女士 小姐 太太 夫人 老师 教授 博士 医生 大夫 师傅 同志 同学 氏 某 某某 老 爷爷 奶奶 叔叔 阿姨 大爷 大妈 大哥
    大姐 哥 姐 兄 总 局 处 工 导""".split()
)
OFFICES = frozenset(
    """总理 总统 主席 主任 书记 部长 省长 市长 县长 局长 处长 科长 院长 校长 会长 社长 行长 董事长 经理 总经理 律师 法官
    警官 将军 司令 队长 班长 教练 导演 记者 编辑""".split()
)
"""Words behind a surname: forms of address, and offices."""

_TRANSLITERATING = frozenset(
    """
    阿埃艾爱安昂奥澳巴白拜班邦包保鲍贝本比彼边别宾波博勃伯布采策查柴察昌彻茨茨楚达大戴黛丹当道德登邓狄迪蒂第丁顿东
    杜多俄厄恩尔耳法凡范方菲费芬丰冯佛弗夫福富盖甘冈高戈哥格葛根贡古瓜圭贵果哈海汉汗豪赫黑亨洪胡华怀惠霍基吉季加佳
    贾简姜杰捷金津京居君喀卡凯坎康考柯科克肯孔库夸奎昆拉腊莱赖兰朗劳勒雷蕾黎李里理丽利莉立丽连廉良列林琳龄留刘柳龙
    隆卢鲁路露伦罗洛吕玛马麦迈曼芒毛茅梅门蒙孟米密敏明缪莫墨默姆木穆拿纳娜南瑙内尼年涅宁纽农努诺女欧帕派潘庞培佩彭
    皮平珀泼葡朴普奇齐契恰钱强乔切钦琴青琼丘让热仁日荣茹瑞若撒萨塞赛桑瑟森沙莎山珊尚绍舍申生圣胜施什石史士世舒斯丝
    思松苏索塔泰坦汤唐陶特腾提廷汀图土托瓦万旺威韦维卫魏温文翁沃乌伍武西希锡席夏香肖谢辛欣兴雄休许雪逊雅亚扬耶叶伊
    依易因英尤约宰赞泽扎詹哲珍芝治智兹朱卓孜宗祖佐坡纱妮娅薇婕嘉菈伽贡岗拂吐咯呵迦瓜伟蓓碧娃丝姬"""
) - {" ", "\n"}
"""Characters that foreign names are usually written in."""

_FUNCTION = frozenset("updcry")
"""First letters of jieba's tags for particles, prepositions, adverbs, conjunctions, pronouns and modal particles."""

_FREQUENT = 5.5
"""On the Zipf scale."""

_COMMON = 5.8
"""On the Zipf scale."""

_MOST_PIECES = 5
"""How many tokens the segmenter may make of a name's part."""

_LATIN = re.compile(r"[A-Za-zÀ-ɏ.]+")
_HAN = re.compile(f"[{HAN}]+")
_OFTEN = 3


def is_likely_surname(text: str, lexicon: Lexicon) -> bool:
    """Whether a surname is not a far more frequent word besides (和, 时, 向)."""
    return text in SURNAMES and lexicon.zipf(text) < _COMMON and not is_function(text, lexicon)


def transliterates(text: str) -> bool:
    """Whether every character is one that foreign names are written in."""
    return _TRANSLITERATING.issuperset(text)


def is_function(character: str, lexicon: Lexicon) -> bool:
    """Whether a character is, as a word, a frequent particle, preposition, adverb, conjunction or pronoun."""
    return lexicon.tag(character)[:1] in _FUNCTION and lexicon.zipf(character) > _FREQUENT


def with_dots_joined(tokens: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The tokens with the foreign names whose parts a dot divides as one each (弗拉基米尔·普京, J·K·罗琳)."""
    joined: set[int] = set()    # the tokens that belong to the one before
    for at in range(1, len(tokens) - 1):
        if tokens[at] in DOTS and _is_part(tokens[at - 1]) and _is_part(tokens[at + 1]):
            first, last = at - 1, at + 1
            while first > 0 and at - first < _MOST_PIECES and _is_rest(tokens[first - 1], lexicon):
                first -= 1
            while last + 1 < len(tokens) and last - at < _MOST_PIECES and _is_rest(tokens[last + 1], lexicon):
                last += 1
            joined.update(range(first + 1, last + 1))
    out: list[str] = []
    starts = [at for at in range(len(tokens)) if at not in joined]
    for start, end in pairwise([*starts, len(tokens)]):
        out.append("".join(tokens[start:end]))
    return out


def _is_part(token: str) -> bool:
    """Whether a token beside a dot is of a foreign name."""
    return bool(_LATIN.fullmatch(token)) or transliterates(token)


def _is_rest(token: str, lexicon: Lexicon) -> bool:
    """Whether a token that stands beside a part of a foreign name is a piece that was cut off it."""
    if not transliterates(token) or (len(token) > 1 and token in lexicon):
        return False
    return len(token) > 1 or lexicon.zipf(token) < _FREQUENT - 0.5


def recurring(cuts: Iterable[Sequence[str]], lexicon: Lexicon) -> frozenset[str]:
    """The names of persons that a text has several times, some of them cut up perhaps.

    A surname and one or two characters that the segmenter took for one word twice, or left in pieces that are together
    three times, and that far oftener than not; and the parts of names with dots, which stand alone elsewhere.

    Args:
        cuts: the tokens of each of the text's sentences.
        lexicon: the word lists.
    """
    whole: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    surnames: Counter[str] = Counter()
    found: set[str] = set()
    likely = {name for name in SURNAMES if is_likely_surname(name, lexicon)}
    for tokens in cuts:
        whole.update(tokens)
        for first, second in pairwise(tokens):
            if first in likely:
                surnames[first] += 1
                pairs[first, second] += 1
        if not DOTS.isdisjoint(tokens):
            for name in with_dots_joined(tokens, lexicon):
                if len(name) > 2 and not DOTS.isdisjoint(name):
                    found.update(part for part in re.split("[·•‧・]", name) if len(part) > 2 and _HAN.fullmatch(part))
    for word, count in whole.items():
        if count >= 2 and 2 <= len(word) <= 4 and is_person(word, lexicon) and not lexicon.frequency(word):
            found.add(word)
    for (first, second), count in pairs.items():
        if count >= _OFTEN and 2 * count >= surnames[first] and _is_given(second, lexicon):
            found.add(first + second)
    return frozenset(found)


def is_person(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that the dictionary lacks looks like a surname and a given name."""
    for length in (2, 1):
        if is_likely_surname(word[:length], lexicon) and 1 <= len(word) - length <= 2 and _HAN.fullmatch(word):
            return word not in lexicon and not any(_is_common(c, lexicon) for c in word[length:])
    return False


def _is_common(character: str, lexicon: Lexicon) -> bool:
    """Whether a character is a frequent verb, or a function word: seldom a given name."""
    return lexicon.zipf(character) > _FREQUENT and lexicon.tag(character)[:1] in "vfupdcry"


def _is_given(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that follows a surname may be a given name: a rare character, or what no dictionary has."""
    if not _HAN.fullmatch(word) or len(word) > 2:
        return False
    if len(word) == 2:
        return word not in lexicon
    return lexicon.zipf(word) < _FREQUENT - 1 and not is_function(word, lexicon)
