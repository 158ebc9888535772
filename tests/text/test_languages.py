"""Third languages are told from English and Chinese, and no line of either is lost to them."""

from pathlib import Path

import pytest

from flashcards.text.bilingual_lines import halves
from flashcards.text.languages import language, other

DATA = Path(__file__).parents[1] / "data"

THIRD = {
    "Nous sommes arrivés à la gare vers midi, et la ville était déjà pleine de visiteurs.": "French",
    "Il n’y a pas d’étudiants ici aujourd’hui.": "French",
    "Wir hatten beide Hunger und kauften uns zuerst etwas zu essen.": "German",
    "Der Hund schläft auf dem roten Teppich.": "German",
    "Mi hermana vive en Madrid con su marido y dos hijos.": "Spanish",
    "El perro duerme en la alfombra roja.": "Spanish",
    "Minha irmã mora em Lisboa com o marido e dois filhos.": "Portuguese",
    "Mia sorella vive a Roma con il marito e due figli.": "Italian",
    "Mijn zus woont in Amsterdam met haar man en twee kinderen.": "Dutch",
    "Min syster bor i Stockholm med sin man och två barn.": "Swedish",
    "To jest dom, w którym się urodził mój ojciec i jego bracia.": "Polish",
    "Chị tôi sống ở Hà Nội với chồng và hai con.": "Vietnamese",
    "Kakak saya tinggal di Jakarta bersama suami dan dua anak.": "Indonesian",
    "Собака спит на красном ковре.": "Russian",
    "Η αδελφή μου μένει στην Αθήνα.": "Greek",
    "私たちは昼ごろ駅に着きました。": "Japanese",
    "彼は「こんにちは」と言った。": "Japanese",
    "「ありがとうございます」": "Japanese",
    "ソフトウェア": "Japanese",
    "개가 빨간 카펫 위에서 잔다.": "Korean",
    "الكلب ينام على السجادة الحمراء.": "Arabic",
    "สุนัขนอนบนพรมสีแดง": "Thai",
    "Nǐ hǎo ma? Wǒ hěn hǎo.": "pinyin",
}

OURS = [
    ("他说“ありがとうございます”，然后走了。", "zh"),
    ("哥哥（お兄さん）是家里最大的孩子。", "zh"),
    ("优の良品是一家店。", "zh"),
    ("我喜欢カラオケ和ラーメン。", "zh"),
    ("東亞的變化很大，我們要學習。", "zh"),
    ("我爱学习（I love studying very much indeed），也爱工作（and I love my work）。", "zh"),
    ("他在俄语课上学了“Привет”。", "zh"),
    ("Harmony (和谐), a well-off society (小康社会) and the rejuvenation (民族伟大复兴) of the nation", "en"),
    ("He said “la vie est belle et je suis content de te voir” and left.", "en"),
    ("Universidad Nacional de La Plata de los Andes", "en"),
    ("Die Another Day with the Men in Black", "en"),
    ("La Traviata, Il Trovatore and Der Ring des Nibelungen", "en"),
    ("Xi Jinping, Li Keqiang, Zhang Dejiang, Yu Zhengsheng, Liu Yunshan, Wang Qishan", "en"),
    ("Me, I am no man to die in war, so be it", "en"),
    ("O Captain! my Captain! our fearful trip is done", "en"),
    ("Tyger Tyger, burning bright, in the forests of the night", "en"),
    ("A B C D E F G H I J", "en"),
    ("Oui, monsieur", "en"),
]


@pytest.mark.parametrize(("text", "name"), THIRD.items())
def test_a_third_language(text, name):
    assert language(text) is None
    assert other(text) == name


@pytest.mark.parametrize(("text", "lang"), OURS)
def test_quotations_names_and_verse_stay_in_their_language(text, lang):
    assert language(text) == lang
    assert other(text) == ""


def test_few_words_are_a_language_that_the_document_has():
    assert other("Oui, je viens", {"French"}) == "French"
    assert other("Oui, I am here", {"French"}) == ""
    assert other("Lin Xiaoyu", {"French"}) == ""
    assert other("Oui, je viens", {"German"}) == ""


def test_the_speech_keeps_its_languages():
    lines = (DATA / "speech.pairs.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            assert [language(side) for side in line.split("\t")] == ["zh", "en"]


def test_hand_aligned_texts_keep_their_languages(gold):
    files = sorted((gold / "align").glob("*/*.??.txt"))
    assert files
    for path in files:
        lines = list(filter(str.strip, path.read_text(encoding="utf-8").splitlines()))
        assert not [line for line in lines if other(line)]
        assert not [line for line in lines if language(line) not in (path.name.split(".")[1], None)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("你好。Hello.", ("你好。", "Hello.")),
        ("Hello! “你好！”", ("Hello!", "“你好！”")),
        ("“你好！”他说。“Hello!” he said.", ("“你好！”他说。", "“Hello!” he said.")),
        ("他走了…… He left...", ("他走了……", "He left...")),
        ("苹果 - apple", ("苹果", "apple")),
        ("苹果：apple", ("苹果", "apple")),
        ("苹果 píngguǒ an apple", ("苹果", "an apple")),
        ("苹果（píngguǒ）an apple", ("苹果（píngguǒ）", "an apple")),
        ("我喜欢北京。I like Beijing (北京).", ("我喜欢北京。", "I like Beijing (北京).")),
        ("我们用 Word 写，好。We write with Word.", ("我们用 Word 写，好。", "We write with Word.")),
        ("你好。Hello. 再见。Goodbye.", ("你好。", "Hello.", "再见。", "Goodbye.")),
        ("我们用 Microsoft Word 写字。", ()),
        ("我们用 Microsoft Word。", ()),
        ("The word 和谐 means harmony.", ()),
        ("The Shanghai Spirit (上海精神) is old.", ()),
        ("2020年11月10日, 北京", ()),
        ("Hello.", ()),
        ("", ()),
    ],
)
def test_the_halves_of_a_line(line, parts):
    assert halves(line) == parts
