import pytest

from flashcards.build import corrected_readings
from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.markup import anki_ruby, pinyin_line
from flashcards.recipe import parse
from tests.chinese.marked import read


def syllables(analyser: Analyser, text: str) -> list[str]:
    return [s for word in analyser.words(analyser.cut(text)) for s in word.reading]


# A sentence, the character that is asked, and its reading; the first seven are those that a plain dictionary misreads.
CASES = {
    "大家一起": ("大家一起发展才是真发展", "一", "yī"),
    "各国一起": ("全球事务由各国一起商量着办", "一", "yī"),
    "青年一代": ("培养相知相亲的青年一代", "一", "yī"),
    "电子商务": ("加强电子商务领域合作", "子", "zǐ"),
    "有效运转": ("保持相关机制有效运转", "转", "zhuǎn"),
    "以史为鉴": ("我们要以史为鉴", "为", "wéi"),
    "商量着办": ("由各国一起商量着办", "量", "liang"),
    "都 as a word": ("他们都来了", "都", "dōu"),
    "慢慢地": ("他慢慢地走", "地", "de"),
    "不 is cited": ("病毒不分国界", "不", "bù"),
    "traditional": ("發展經濟", "經", "jīng"),
}


@pytest.mark.parametrize(("text", "character", "expected"), CASES.values(), ids=CASES)
def test_reading(analyser: Analyser, text: str, character: str, expected: str) -> None:
    assert syllables(analyser, text)[text.index(character)] == expected


# What the language or the dictionary settles: a text and the readings of all its hanzi.
RULES = {
    "一 is cited before a fourth tone": ("一样", "yī yàng"),
    "一 is cited before others": ("一年一起", "yī nián yī qǐ"),
    "一 inside a word": ("统一第一", "tǒng yī dì yī"),
    "不 is cited before a fourth tone": ("不对，不去", "bù duì bù qù"),
    "不 inside a word": ("了不起的不倒翁", "liǎo bù qǐ de bù dǎo wēng"),
    "谁": ("谁来了？这是谁的？", "shéi lái le zhè shì shéi de"),
    "a neutral tone of the dictionary: 衣服": ("衣服", "yī fu"),
    "a neutral tone of the dictionary: 商量": ("我们商量一下", "wǒ men shāng liang yī xià"),
    "a neutral tone of the dictionary: 朋友": ("好朋友", "hǎo péng you"),
    "a neutral tone of the dictionary: 喜欢": ("我喜欢你", "wǒ xǐ huan nǐ"),
    "a neutral tone of the dictionary: 先生": ("先生", "xiān sheng"),
    "关系": ("关系", "guān xì"),
    "关系 in a longer word": ("没关系，国际关系", "méi guān xì guó jì guān xì"),
    "力量 势力 困难": ("力量、势力、困难", "lì liàng shì lì kùn nán"),
    "the suffix 儿 in words": ("花儿，小孩儿，事儿", "huā r xiǎo hái r shì r"),
    "儿 that is no suffix": ("儿子，女儿，儿童，幼儿园", "ér zi nǚ ér ér tóng yòu ér yuán"),
    "a surname before a title": ("单老师，解先生，曾教授", "shàn lǎo shī xiè xiān sheng zēng jiào shòu"),
    "other surnames before a title": ("区小姐，盖老师，查先生", "ōu xiǎo jie gě lǎo shī zhā xiān sheng"),
    "a surname behind 姓": ("他姓单，她姓朴", "tā xìng shàn tā xìng piáo"),
    "a surname behind 姓 in a sentence": ("我姓解，他也姓解。", "wǒ xìng xiè tā yě xìng xiè"),
    "a surname in a name": ("朴英来了。", "piáo yīng lái le"),
    "no surname": ("简单，理解，曾经，仇恨", "jiǎn dān lǐ jiě céng jīng chóu hèn"),
    "的 alone": ("我的书是红的", "wǒ de shū shì hóng de"),
    "的 in compounds": ("目的，的确", "mù dì dí què"),
    "什么": ("什么", "shén me"),
    "a neutral tone of a longer word": ("就在那儿", "jiù zài nà r"),
    "得 behind a pronoun or an adverb": ("我们得走了，他还得去", "wǒ men děi zǒu le tā hái děi qù"),
    "得 behind a verb or an adjective": ("跑得很快，高兴得很", "pǎo de hěn kuài gāo xìng de hěn"),
    "花儿": ("看花儿", "kàn huā r"),
    "不是": ("这不是我的书。", "zhè bù shì wǒ de shū"),
    "不得了": ("不得了", "bù dé liǎo"),
    "everyday neutral tones": ("买东西，告诉你这个故事", "mǎi dōng xi gào su nǐ zhè ge gù shi"),
    "行 behind a number": ("他写了两行字。第三行", "tā xiě le liǎng háng zì dì sān háng"),
    "只 behind 这": ("这只小鸟，这只会更糟", "zhè zhī xiǎo niǎo zhè zhǐ huì gèng zāo"),
    "a verb that is tried": ("量一量，数了数", "liáng yī liáng shǔ le shǔ"),
    "为 at the head of a clause": ("为地区和平发展作出贡献", "wèi dì qū hé píng fā zhǎn zuò chū gòng xiàn"),
    "着 in a word": ("他穿着一双鞋，她的穿着很时髦", "tā chuān zhe yī shuāng xié tā de chuān zhuó hěn shí máo"),
    "digits and letters have none": ("2020年AA制", "nián zhì"),
}


@pytest.mark.parametrize(("text", "expected"), RULES.values(), ids=RULES)
def test_rules(analyser: Analyser, text: str, expected: str) -> None:
    assert " ".join(read(analyser, text)) == expected


# A text in traditional characters, the same in simplified ones, and the readings of both.
TRADITIONAL = {
    "發展": ("經濟發展", "经济发展", "jīng jì fā zhǎn"),
    "乾杯": ("我們乾杯吧！", "我们干杯吧！", "wǒ men gān bēi ba"),
    "幹部": ("幹部", "干部", "gàn bù"),
    "頭髮": ("頭髮很長", "头发很长", "tóu fa hěn cháng"),
    "白髮": ("白髮", "白发", "bái fà"),
    "銀行": ("他在銀行工作。", "他在银行工作。", "tā zài yín háng gōng zuò"),
    "重慶": ("重慶", "重庆", "chóng qìng"),
    "長大": ("長大", "长大", "zhǎng dà"),
    "幹活": ("他很會幹活。", "他很会干活。", "tā hěn huì gàn huó"),
    "乾淨": ("乾淨", "干净", "gān jìng"),
    "後來": ("後來", "后来", "hòu lái"),
    "乾隆": ("乾隆", "乾隆", "qián lóng"),
    "還": ("他還沒還錢。", "他还没还钱。", "tā hái méi huán qián"),
}


@pytest.mark.parametrize(("traditional", "simplified", "expected"), TRADITIONAL.values(), ids=TRADITIONAL)
def test_traditional_text_reads_as_simplified(
    analyser: Analyser, traditional: str, simplified: str, expected: str
) -> None:
    assert " ".join(read(analyser, traditional)) == " ".join(read(analyser, simplified)) == expected


@pytest.mark.parametrize("text", ["衣服乾了。", "口很乾", "洗乾"])
def test_traditional_gan_as_a_word(analyser: Analyser, text: str) -> None:
    assert read(analyser, text)[text.index("乾")] == "gān"


def test_traditional_characters_tell_readings_apart(analyser: Analyser) -> None:
    assert read(analyser, "他幹了三年。")[1] == "gàn"
    assert read(analyser, "髮")[0] == "fà"
    assert read(analyser, "發")[0] == "fā"


# Readings that are standard in Taiwan, and what they are elsewhere.
TAIWAN = {
    "星期": ("这个星期", "zhè ge xīng qí", "zhè ge xīng qī"),
    "垃圾": ("倒垃圾", "dào lè sè", "dào lā jī"),
    "企業": ("企業", "qì yè", "qǐ yè"),
    "研究": ("研究", "yán jiù", "yán jiū"),
    "法國": ("法國", "fà guó", "fǎ guó"),
    "微笑": ("微笑", "wéi xiào", "wēi xiào"),
    "the same in both": ("你好，世界", "nǐ hǎo shì jiè", "nǐ hǎo shì jiè"),
}


@pytest.fixture(scope="module")
def taiwanese(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon, taiwan=True)


@pytest.mark.parametrize(("text", "expected", "elsewhere"), TAIWAN.values(), ids=TAIWAN)
def test_taiwan(analyser: Analyser, taiwanese: Analyser, text: str, expected: str, elsewhere: str) -> None:
    assert " ".join(read(taiwanese, text)) == expected
    assert " ".join(read(analyser, text)) == elsewhere


# Corrections as a recipe has them, a text with its English, and its readings.
CORRECTIONS = {
    "against the dictionary": ([("银行", "yín xíng", "")], "银行行长", "", "yín xíng háng zhǎng"),
    "against the English": ([("单", "dān", "")], "单先生来了。", "Mr. Shan has come.", "dān xiān sheng lái le"),
    "against what is cited": ([("一", "yí", "")], "一样", "", "yí yàng"),
    "only in its context": ([("还", "huán", "还没")], "他还没来，还在家。", "", "tā huán méi lái hái zài jiā"),
    "the context has the last word": (
        [("还", "huán", "还没来"), ("还", "hái", "")], "他还没来，还书。", "", "tā huán méi lái hái shū",
    ),
    "the longer context has the last word": (
        [("还", "hái", "他还没"), ("还", "huán", "还没")], "他还没来，我还没来", "", "tā hái méi lái wǒ huán méi lái",
    ),
    "across words": ([("行行", "háng xíng", "")], "银行行长", "", "yín háng xíng zhǎng"),
    "of a surname": ([("朴", "pǔ", "姓朴")], "他姓朴，朴先生。", "", "tā xìng pǔ piáo xiān sheng"),
    "in Taiwan's reading": ([("期", "qī", "星期")], "星期", "", "xīng qī"),
}  # fmt: skip


@pytest.mark.parametrize("taiwan", [False, True], ids=["", "taiwan"])
@pytest.mark.parametrize(("quoted", "text", "english", "expected"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_corrections_win(
    lexicon: Lexicon,
    quoted: list[tuple[str, str, str]],
    text: str,
    english: str,
    expected: str,
    taiwan: bool,
) -> None:
    tables = "".join(
        f'[[readings]]\ntext = "{zh}"\nreading = "{reading}"\n' + (f'context = "{around}"\n' if around else "")
        for zh, reading, around in quoted
    )
    recipe = parse(f'id = "a"\nsources = ["a.txt"]\n{tables}', "a.toml")
    analyser = Analyser(lexicon, readings=corrected_readings(recipe), taiwan=taiwan)
    words = analyser.words(analyser.cut(text), english)
    assert " ".join(s for word in words for s in word.reading if s) == expected


SPELLINGS = {
    "by words": ("病毒不分国界。", "bìngdú bù fēn guójiè."),
    "names with capitals": ("上海合作组织", "Shànghǎi Hézuò Zǔzhī"),
    "apostrophe": ("西安", "Xī'ān"),
    "a surname before a title": ("曾先生和单老师", "Zēng xiānsheng hé Shàn lǎoshī"),
    "quotation marks hug": ("“上海精神”，好！", "“Shànghǎi jīngshén”, hǎo!"),
    "numbers and Latin": ("2020年，COVID-19", "2020 nián, COVID-19"),
    "half-width marks": ("总统,同事:", "zǒngtǒng, tóngshì:"),
}


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_pinyin_line(analyser: Analyser, text: str, expected: str) -> None:
    assert pinyin_line(analyser.words(analyser.cut(text))) == expected


def test_ruby_has_one_syllable_a_character(analyser: Analyser) -> None:
    assert anki_ruby(analyser.words(("你好", "，", "世界", "！"))) == "你好[nǐ hǎo]， 世界[shì jiè]！"


def test_a_longer_dictionary_word_settles_its_parts(analyser: Analyser) -> None:
    assert [word.reading for word in analyser.words(("亲密", "无间"))] == [("qīn", "mì"), ("wú", "jiān")]
    assert [word.reading for word in analyser.words(("无间",))] == [("wú", "jiàn")]


def test_every_field_of_a_word(analyser: Analyser) -> None:
    (word,) = analyser.words(("经济",))
    assert (word.text, word.traditional, word.reading, word.pinyin, word.zhuyin) == (
        "经济", "經濟", ("jīng", "jì"), "jīngjì", "ㄐㄧㄥ ㄐㄧˋ",
    )  # fmt: skip
    assert word.level > 0
    assert word.confidence > 0.9


def test_corrected_readings(lexicon: Lexicon) -> None:
    analyser = Analyser(lexicon, readings={"单先生": ("shàn", "xiān", "sheng")})
    words = analyser.words(("单", "先生", "好"))
    assert [word.reading for word in words] == [("shàn",), ("xiān", "sheng"), ("hǎo",)]
    assert words[0].confidence == 1.0
