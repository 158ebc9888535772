import pytest

from flashcards.chinese import Analyser
from flashcards.terms.figures import chinese_figures, english_figures, unmatched


def differing(zh: str, en: str, analyser: Analyser) -> str:
    left, right = unmatched(chinese_figures(zh, analyser.cut(zh, en)), english_figures(en))
    return f"{' '.join(each.text for each in left)} | {' '.join(each.text for each in right)}" if left or right else ""


SAME = {
    "一、介绍": "1. Introduction",
    "1.介绍": "Introduction",
    "2020年11月10日": "November 10, 2020",
    "11月10日": "10 Nov.",
    "2020年12月10日": "2020-12-10",
    "七月七日": "the seventh day of the seventh month",
    "百分之三十": "30 percent",
    "增长30%": "a growth of thirty per cent",
    "百分之二点五": "2.5%",
    "三分之二的人": "two-thirds of the people",
    "四分之一": "one quarter",
    "五分之一": "a fifth",
    "十分之一": "one in ten",
    "一半": "half",
    "三成": "30%",
    "3.5亿元": "350 million yuan",
    "1.3万亿": "1.3 trillion",
    "两千五百万": "twenty-five million",
    "一千零五十": "one thousand and fifty",
    "13亿多人": "more than 1,300 million people",
    "一百多亿年": "more than ten billion years",
    "一百二": "a hundred and twenty",
    "一万二": "12,000",
    "２０２０年": "2020",
    "5000元": "$5k",
    "二十世纪九十年代": "the 1990s",
    "上世纪80年代": "the 1980s",
    "二十一世纪": "the twenty-first century",
    "一九四九年": "1949",
    "九七年": "1997",
    "民国元年": "1912",
    "三十多年": "more than three decades",
    "一百年": "a century",
    "几十年来": "for decades",
    "十几个人": "a dozen or so people",
    "十二个鸡蛋": "a dozen eggs",
    "成千上万的人": "thousands of people",
    "二三十人": "twenty or thirty people",
    "十四五岁": "fourteen or fifteen",
    "三四个人": "three or four people",
    "三十多岁": "in his thirties",
    "第三次": "the third time",
    "第二十一条": "Article 21",
    "第一百零五章": "the one hundred and fifth chapter",
    "十八大": "the 18th National Congress",
    "三倍": "tripled",
    "一点三": "1.3",
    # nobody counts here
    "千方百计": "by every possible means",
    "三心二意": "half-hearted",
    "一带一路倡议": "the Belt and Road Initiative",
    "乱七八糟": "a mess",
    "十分重要": "very important",
    "万一": "just in case",
    "四川和三峡": "Sichuan and the Gorges",
    "两国": "both countries",
    "双方": "the two sides",
    "一双筷子": "two chopsticks",
    "一个问题": "a problem",
    "一些人": "some people",
    "其中一个": "one of them",
    "两个人": "they",
    "他们": "the two of them",
    "我们的三个朋友": "our friends",
    "一张桌子": "a table for those two",
    # names and what is converted
    "新冠肺炎疫情": "COVID-19",
    "二十国集团": "the G20",
    "5G网络": "a 5G network",
    "五四运动": "the May Fourth Movement",
    "八点半": "at 8:30",
    "星期三": "on Wednesday",
    "三斤苹果": "four pounds of apples",
    "身高一米六": "five feet four",
    "二十两银子": "twenty taels",
}


@pytest.mark.parametrize(("zh", "en"), SAME.items())
def test_numbers_that_agree(zh: str, en: str, analyser: Analyser) -> None:
    assert differing(zh, en, analyser) == ""


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("2020年11月10日", "November 11, 2020", "10 | 11"),
        ("2020年11月10日", "December 10, 2020", "11 | "),
        ("一九四九年", "in 1948", "一九四九 | 1948"),
        ("百分之三十", "20 percent", "百分之三十 | 20"),
        ("3.5亿元", "35 million yuan", "3.5亿 | 35 million"),
        ("两万五千", "twenty thousand", "两万五千 | twenty thousand"),
        ("三个人", "four people", "三 | four"),
        ("第三次", "the fifth time", "三 | fifth"),
        ("三分之二", "three quarters", "三分之二 | three quarters"),
        ("两国", "three countries", "两 | three"),
        ("我们党", "the Party, founded in 1921", " | 1921"),
        ("八十五个国家", "many countries", "八十五 | "),
        ("三十多年", "two decades", "三十 | two decades"),
        ("二十一世纪", "the twentieth century", "二十一 | twentieth"),
    ],
)
def test_numbers_that_differ(zh: str, en: str, expected: str, analyser: Analyser) -> None:
    assert differing(zh, en, analyser) == expected
