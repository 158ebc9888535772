"""What a class is not asked to read: adult and violent words of both languages."""

import re
from collections.abc import Sequence

from flashcards.model import Pair

_NEIGHBOURS = 2
"""So many pairs before and behind go too: they are of the same scene, and often speak of it in other words."""

_CHINESE = re.compile(
    "|".join(
        """
        性交 做爱 射精 阴茎 阴道 阴户 阴毛 龟头 生殖器 乳房 乳头 奶头 裸体 赤裸 裸露 一丝不挂 脱光
        光着身子 淫 嫖 妓 卖春 强奸 强暴 轮奸 奸污 通奸 偷情 乱伦 春药 色情 手淫 自慰 睾丸
        屁眼 放屁 拉屎 撒尿 操你 他妈的 混蛋 王八蛋 婊子 破鞋 割喉 碎尸 肢解 砍头 斩首 尸体 尸首
        血肉模糊 凌迟 虐杀 酷刑 上吊 自杀 吸毒
        """.split()
    )
)
_ENGLISH = re.compile(
    r"\b(?:sex(?:ual(?:ly)?)?|naked(?:ness)?|nud(?:e|ity)|penis(?:es)?|vaginas?|genitals?|breasts?|nipples?|whores?|sluts?"
    r"|prostitut\w*|brothels?|rap(?:e[ds]?|ists?|ing)|adulter\w*|incest|orgasms?|ejaculat\w*|masturbat\w*|erections?"
    r"|copulat\w*|porn\w*|fuck\w*|shit\w*|bitch\w*|bastards?|arseholes?|assholes?|corpses?|behead\w*|decapitat\w*"
    r"|dismember\w*|disembowel\w*|tortur\w*|suicid\w*)\b",
    re.IGNORECASE,
)


def unfit(pairs: Sequence[Pair]) -> frozenset[str]:
    """The ids of the pairs that speak of sex or cruelty, or swear, in either language, and of their neighbours.

    The lists are of the languages, and short on purpose: they hold words that are seldom used in another sense.
    """
    hits = [at for at, pair in enumerate(pairs) if _CHINESE.search(pair.zh) or _ENGLISH.search(pair.en)]
    return frozenset(
        pair.id for at in hits for pair in pairs[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
    )
