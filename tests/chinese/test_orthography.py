"""Words and lines as GB/T 16159 writes them. The words are given, so that nothing here depends on where text is cut."""

import pytest

from flashcards.chinese import Analyser, Spelling
from flashcards.lexicon import Lexicon
from flashcards.markup import pinyin_line

WORDS = {
    "a place": "上海 Shànghǎi",
    "a place with an apostrophe": "西安 Xī'ān",
    "an apostrophe": "皮袄 pí'ǎo",
    "ü": "女儿 nǚ'ér",
    "a state": "中华人民共和国 Zhōnghuá Rénmín Gònghéguó",
    "a university": "北京大学 Běijīng Dàxué",
    "a person": "习近平 Xí Jìnpíng",
    "a person of no dictionary": "王小明 Wáng Xiǎomíng",
    "a person of no list": "叶文洁 Yè Wénjié",
    "a person with one syllable": "张伟 Zhāng Wěi",
    "a double surname": "欧阳修 Ōuyáng Xiū",
    "a clan": "刘氏 Liú shì",
    "old Li": "老李 Lǎo Lǐ",
    "not a person": "安全观 ānquánguān",
    "nor is this": "古建筑 gǔjiànzhù",
    "nor this": "高高的 gāogāode",
    "a foreign name": "莫斯科 Mòsīkē",
    "a foreign person": "麦考伊 Màikǎoyī",
    "a city": "新郑市 Xīnzhèng Shì",
    "a county": "密云县 Mìyún Xiàn",
    "a city called a mountain": "马鞍山 Mǎ'ānshān",
    "a street": "长安街 Cháng'ān Jiē",
    "an organisation": "北京师范大学 Běijīng Shīfàn Dàxué",
    "an organisation without a name": "国家机关 guójiā jīguān",
    "a province's government": "湖北省政府 Húběi Shěng Zhèngfǔ",
    "against America": "反美 fǎn Měi",
    "a weekday": "星期一 xīngqīyī",
    "a month": "十一月 shíyī yuè",
    "every country": "各国 gè guó",
    "every year": "每年 měi nián",
    "each by itself": "各自 gèzì",
    "an ordinal": "第十三 dì-shísān",
    "an ordinal and its classifier": "第二十次 dì-èrshí cì",
    "a numeral": "二十一 èrshíyī",
    "numeral and classifier": "两个 liǎng gè",
    "a little is a word": "一点 yīdiǎn",
    "at all is a word": "一切 yīqiè",
    "an approximate number": "七八个 qī-bā gè",
    "doubled syllables": "高高兴兴 gāogāo-xìngxìng",
    "doubled numerals": "三三两两 sānsān-liǎngliǎng",
    "a longer compound": "数字经济 shùzì jīngjì",
    "a word with letters": "T恤 T xù",
    "erhua": "一会儿 yīhuìr",
}
IDIOMS = """
    fēngpíng-làngjìng 风平浪静  àizēng-fēnmíng 爱憎分明  shuǐdào-qúchéng 水到渠成  píngfēn-qiūsè 平分秋色
    guāngmíng-lěiluò 光明磊落  diānsān-dǎosì 颠三倒四  bùhuāng-bùmáng 不慌不忙  yǒushǐ-wúzhōng 有始无终
    tóngzhōu-gòngjì 同舟共济  yīxīn-yīyì 一心一意  sāngù-máolú 三顾茅庐
    céngchūbùqióng 层出不穷  bùyìlèhū 不亦乐乎  zǒng'éryánzhī 总而言之  àimònéngzhù 爱莫能助
    yīyīdàishuǐ 一衣带水  húlihútú 糊里糊涂  dāngwùzhījí 当务之急  yǐlínwéihè 以邻为壑  xiōngyǒuchéngzhú 胸有成竹
    měihǎo shēnghuó 美好生活
"""


@pytest.mark.parametrize("case", WORDS.values(), ids=WORDS)
def test_words(analyser: Analyser, case: str) -> None:
    text, expected = case.split(" ", 1)
    (word,) = analyser.words([text])
    assert word.pinyin == expected


@pytest.mark.parametrize("case", [c.strip() for c in IDIOMS.replace("\n", "  ").split("  ") if c.strip()])
def test_idioms(analyser: Analyser, case: str) -> None:
    expected, text = case.rsplit(" ", 1)
    (word,) = analyser.words([text])
    assert word.pinyin == expected


# Words with a stroke between them, and their line: as GB/T 16159 has it, with numbers read out, as it is spoken.
WRITTEN = {
    "a name of several words": ("在|上海|合作|组织|里", "zài Shànghǎi Hézuò Zǔzhī lǐ"),
    "no name": ("上海|精神", "Shànghǎi jīngshén"),
    "an ordinal of two words": ("第|十三|届", "dì-shísān jiè"),
    "an ordinal in digits": ("第|20|次", "dì-20 cì"),
    "digits stay": ("2020|年|11|月", "2020 nián 11 yuè"),
    "Latin letters stay": ("COVID-19|和|G20|峰会", "COVID-19 hé G20 fēnghuì"),
    "marks of numbers": ("12|:|30|，|1|,|000|人|，|1|/|3|，|￥|5|，|20|℃", "12:30, 1,000 rén, 1/3, ￥5, 20℃"),
    "a dash": ("好|—|—|好", "hǎo –– hǎo"),
    "straight quotes": ('他|说|"|好|"|。', 'tā shuō "hǎo".'),
    "words in Latin letters": ("Windows| |10|和|Linux", "Windows 10 hé Linux"),
}
READ_OUT = {
    "a date": ("2020|年|11|月|10|日", "èr líng èr líng nián shíyī yuè shí rì"),
    "an ordinal": ("第|20|次", "dì-èrshí cì"),
    "an ordinal in one word": ("第20次", "dì-èrshí cì"),
    "a duration": ("75|年前", "qīshíwǔ nián qián"),
    "more than": ("20|多年", "èrshí duō nián"),
    "two": ("2|个人", "liǎng gè rén"),
    "a count": ("600|名|代表", "liùbǎi míng dàibiǎo"),
    "per cent": ("增长|3.5|%|。", "zēngzhǎng bǎi fēn zhī sān diǎn wǔ."),
    "a fraction of three words": ("占|1|/|3|，|好", "zhàn sān fēn zhī yī, hǎo"),
    "a million in five words": ("1|,|000|,|000|人", "yībǎi wàn rén"),
    "万 of another word": ("10|万人", "shíwàn rén"),
    "full-width digits cut apart": ("２|０|２|０|年", "èr líng èr líng nián"),
    "letters": ("COVID-19|，|5G", "COVID-19, 5G"),
}
SPOKEN = {
    "一 and 不": ("一|样|不|是", "yí yàng bú shì"),
    "three third tones": ("我|很|好", "wó hén hǎo"),
    "a paper tiger": ("纸老虎", "zhǐláohǔ"),
    "an exhibition hall": ("展览馆", "zhánlánguǎn"),
}


def line(analyser: Analyser, text: str, begins: bool = False) -> str:
    words = analyser.words(text.split("|"))
    assert "".join(word.text for word in words) == text.replace("|", "")
    return pinyin_line(words, begins)


@pytest.mark.parametrize(("text", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_lines(analyser: Analyser, text: str, expected: str) -> None:
    assert line(analyser, text) == expected


@pytest.mark.parametrize(("text", "expected"), READ_OUT.values(), ids=READ_OUT)
def test_lines_with_numbers_read_out(lexicon: Lexicon, text: str, expected: str) -> None:
    assert line(Analyser(lexicon, spelling=Spelling(numbers=True)), text) == expected


@pytest.mark.parametrize(("text", "expected"), SPOKEN.values(), ids=SPOKEN)
def test_lines_as_they_are_spoken(lexicon: Lexicon, text: str, expected: str) -> None:
    assert line(Analyser(lexicon, spelling=Spelling(sandhi=True)), text) == expected


def test_numbers_in_other_styles(lexicon: Lexicon) -> None:
    text = "2020|年|12|月"
    for spelling, expected in (
        (Spelling("numbers", numbers=True), "er4 ling2 er4 ling2 nian2 shi2'er4 yue4"),
        (Spelling("zhuyin", numbers=True), "ㄦˋ ㄌㄧㄥˊ ㄦˋ ㄌㄧㄥˊ ㄋㄧㄢˊ ㄕˊ ㄦˋ ㄩㄝˋ"),
        (Spelling(numbers=True, by_syllables=True), "èr líng èr líng nián shí èr yuè"),
    ):
        assert line(Analyser(lexicon, spelling=spelling), text) == expected


def test_a_sentence_may_begin_with_a_number(lexicon: Lexicon) -> None:
    analyser = Analyser(lexicon, spelling=Spelling(numbers=True))
    assert line(analyser, "20|年|。", begins=True) == "Èrshí nián."


def test_the_reading_of_digits_stays_empty(lexicon: Lexicon) -> None:
    words = Analyser(lexicon, spelling=Spelling(numbers=True)).words(["1", "/", "3"])
    assert [(word.reading, word.pinyin) for word in words] == [(("",), "sān fēn zhī yī"), (("",), ""), (("",), "")]


SENTENCES = {
    "a sentence": ("今天|好|。|明天|好|。", "Jīntiān hǎo. Míngtiān hǎo."),
    "behind a quotation mark": ("“|上海|精神|”|好", "“Shànghǎi jīngshén” hǎo"),
    "a word behind a quotation mark": ("“|今天|”|好", "“Jīntiān” hǎo"),
    "direct speech": ("他|说|：|“|今天|好|。|”", "Tā shuō: “Jīntiān hǎo.”"),
    "a tag behind it": ("“|好|！|”|他|说|。|你|呢|？", "“Hǎo!” tā shuō. Nǐ ne?"),
    "a sentence behind it": ("“|好|。|”|明天|走|。", "“Hǎo.” Míngtiān zǒu."),
    "a quoted word": ("他|的|“|今天|”|。", "Tā de “jīntiān”."),
    "a digit first": ("75|年|前|，|今天", "75 nián qián, jīntiān"),
    "Latin first": ("iPhone|很|好", "iPhone hěn hǎo"),
    "the dot of a decimal": ("3.5|米|，|今天", "3.5 mǐ, jīntiān"),
    "an apostrophe": ("恩人|来|了|。", "Ēnrén lái le."),
    "half-width stops": ("好|.|好|!", "Hǎo. Hǎo!"),
    "dots do not end": ("他|…|…|今天", "Tā…… jīntiān"),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_sentences_begin_with_a_capital(analyser: Analyser, text: str, expected: str) -> None:
    assert line(analyser, text, begins=True) == expected


def test_a_term_begins_with_none(analyser: Analyser) -> None:
    words = analyser.words(["今天"])
    assert (pinyin_line(words), pinyin_line(words, begins=True), words[0].pinyin) == ("jīntiān", "Jīntiān", "jīntiān")
