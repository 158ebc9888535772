import pytest

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.model import Rendering
from flashcards.terms import definitions


def define(text: str, reading: str, english: str, lexicon: Lexicon) -> str:
    return definitions.definition(text, lexicon, reading.split(), definitions.said((), [english], lexicon))


@pytest.mark.parametrize(
    ("text", "reading", "english", "expected"),
    [
        # the English chooses the sense, by a synonym, a form, a root, the end of a longer word
        ("东西", "dōng xi", "He bought some things.", "thing"),
        ("东西", "dōng xī", "from east to west", "east and west"),
        ("意思", "", "What does it mean?", "meaning"),
        ("意思", "", "a token of our appreciation", "token of appreciation, affection etc"),
        ("打", "", "They play basketball.", "to play"),
        ("合作", "", "Cooperation benefits all.", "cooperation"),
        ("合作", "", "We cooperate.", "to cooperate"),
        ("安全", "ān quán", "data security", "security"),
        ("空间", "", "law in cyberspace", "space"),
        # an entry with another reading is another word
        ("行", "háng", "the third row of the text", "row"),
        ("行", "háng", "We can do it.", "line"),
        ("行", "xíng", "We walked on.", "to walk"),
        ("得", "děi", "You must go.", "must"),
        ("地道", "dì dao", "an underground tunnel", "authentic"),
        ("朝阳", "cháo yáng", "the rising sun", "to be exposed to the sun"),
        ("精神", "jīng shen", "a manly spirit", "spiritual"),
        ("关系", "guān xi", "relations", "relation"),
        ("和", "hàn", "you and me", "and"),    # as it is said in Taiwan
        ("行", "mén", "a row", ""),
        # names and surnames only where the English has them
        ("王", "wáng", "Mr. Wang is here.", "surname Wang"),
        ("王", "wáng", "The king is here.", "king or monarch"),
        ("欧阳", "", "Ouyang Xiu wrote it.", "two-character surname Ouyang"),
        ("朝阳", "zhāo yáng", "the rising sun", "the morning sun"),
        ("朝阳", "zhāo yáng", "a park", "the morning sun"),
        ("三位一体", "", "a path, a theory and a system in one", "trinity"),
        # references are followed
        ("七律", "", "a poem", "verse form consisting of 8 lines of 7 syllables"),
        ("一下儿", "", "Give it a go.", "give it a go"),
        ("出租车", "", "Call a taxi.", "taxi"),
        ("个", "", "Each person has one.", "individual"),
        # what is rare, literal or a remark comes after the rest
        ("当", "dāng", "when the time comes", "when"),
        ("有的放矢", "", "to have a clear objective", "to have a clear objective"),
        ("有的放矢", "", "a target when shooting", "to have a target in mind when shooting one's arrows"),
        ("了", "le", "He has gone.", "completed action marker"),
        ("没有这个词", "", "this word", ""),
    ],
)
def test_the_sense_that_the_text_means(
    text: str, reading: str, english: str, expected: str, lexicon: Lexicon
) -> None:
    assert define(text, reading, english, lexicon) == expected


def test_a_sure_rendering_weighs_more_than_the_sentence(lexicon: Lexicon) -> None:
    rendering = Rendering((), "hint", "hint", "1", 0.9)
    sentence = "With the taste of the sea a hint of it is left."
    assert define("味道", "", sentence, lexicon) == "taste"
    told = definitions.said([rendering], [sentence], lexicon)
    assert definitions.definition("味道", lexicon, (), told) == "hint"


@pytest.mark.parametrize(
    ("text", "reading", "expected"),
    [
        ("王", (), ("king or monarch", "best or strongest of its type", "grand", "great", "surname Wang", "to rule",
          "to reign over")),
        ("行", ("háng",), None),
        ("上海", (), ("Shanghai municipality, central east China",)),    # no "abbr. to 沪"
        ("G友", (), ("gay partner", "very close same-sex friend")),
    ],
)
def test_all_senses(text: str, reading: tuple[str, ...], expected: tuple[str, ...] | None, lexicon: Lexicon) -> None:
    found = definitions.senses(text, lexicon, reading)
    if expected is None:
        assert "row" in found
        assert "to walk" not in found
    else:
        assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("sense", "expected"),
    [
        ("a short one", "a short one"),
        ("Goran Hadžić, Croatian Serb leader until 1994, indicted war criminal",
         "Goran Hadžić, Croatian Serb leader until 1994"),
        ("classifier used before a noun that has no specific classifier", "classifier used before a noun"),
        ("to regard decapitation as no more important than the wind blowing", "to regard decapitation"),
        ('the opera "At the Crossroads" and many others, by hands unknown',
         'the opera "At the Crossroads" and many others'),
        ("x" * 70, "x" * 60),
    ],
)  # fmt: skip
def test_long_senses(sense: str, expected: str) -> None:
    assert definitions.shortened(sense) == expected


@pytest.mark.parametrize("text", ["一", "上", "和", "打", "蓬", "莫属", "哪", "园长", "孙文", "八万大藏经", "吕望"])
def test_no_sense_has_a_hole(text: str, lexicon: Lexicon) -> None:
    for sense in definitions.senses(text, lexicon):
        short = definitions.shortened(sense)
        assert 0 < len(short) <= definitions.LONGEST
        assert not set(short) & set("()[]|")
        assert sense.split()[-1].casefold() not in ("see", "called", "cf.", "e.g.", "esp.")


@pytest.mark.parametrize(
    ("text", "cut", "english", "expected"),
    [
        ("供应链", "供应链", "supply chain", "供应 to supply, 链 chain"),
        ("可持续发展", "可持续发展", "sustainable development", "可持续 sustainable, 发展 development"),
        ("政治病毒", "政治 病毒", "political virus", "政治 political, 病毒 virus"),
        ("抗疫合作", "抗疫 合作", "cooperation against the epidemic", "抗 to resist, 疫 epidemic, 合作 cooperation"),
        ("一带一路", "一带一路", "Belt and Road", "一 one, 带 belt, 一 one, 路 road"),
        ("以邻为壑", "以邻为壑", "beggar thy neighbor", "以 to use, 邻 neighbor, 为 to take sth as, 壑 gully"),
        ("普京总统", "普京 总统", "President Putin", "普京 Vladimir Putin, 总统 president"),
        ("始终", "始终", "all along", "始 to begin, 终 end"),
        ("联合国", "联合国", "United Nations", "联合 unite, 国 nation"),
        *((text, text, "", "") for text in "沙发 葡萄 普京 阿富汗 上海 蝴蝶 人 常常 蜘蛛 阿弥陀佛".split()),
    ],
)
def test_the_parts_of_a_compound(
    text: str, cut: str, english: str, expected: str, lexicon: Lexicon, analyser: Analyser
) -> None:
    words = analyser.term(cut.split(), ())
    reading = [syllable for word in words for syllable in word.reading]
    ways = [analyser.term(way, reading) for way in definitions.divisions(text, words, lexicon)]
    told = definitions.said([Rendering((), english, english, "1", 0.9)], [], lexicon)
    found = definitions.part_glosses(ways, told, definitions.is_name(text, lexicon), lexicon)
    assert ", ".join(f"{part.text} {part.gloss}" for part in found) == expected
