import pytest

from flashcards.errors import RecipeError
from flashcards.model import PairCorrection, TermCorrection
from flashcards.recipe import Cards, Recipe, WordCorrection, new_recipe, parse

GOOD = """
id = "lesson"
title = "第一课"
sources = ["a.md", "b.md"]
threshold = 0.9
paper = "us-letter"
hsk = 4
hsk_list = "2.0"
known = ["words.txt"]
anki_known = "deck:HSK"
anki_field = "Hanzi"
parts_suffice = true
order = "fewest-new"
after = ["lesson0"]
deck = "Chinese::Lesson 1"
subdecks = "sources"
topics = ["health"]
credit = "A newspaper"
date = "2020"
[cards]
term = ["recognise", "recall"]
cloze = []
tones = "mdbg"
pinyin = "shown"
[[terms]]
text = "疫苗"
render = "vaccine"
[[terms]]
text = "更大贡献"
drop = true
[[terms]]
text = "一带一路"
render = "Belt and Road | BRI"
define = "a Chinese initiative"
[[words]]
text = "命运与共"
words = ["命运", "与共"]
[[pairs]]
join = ["一", "二"]
"""


def test_every_part_is_read() -> None:
    recipe = parse(GOOD, "lesson.toml")
    assert recipe.sources == ("a.md", "b.md")
    assert (recipe.threshold, recipe.paper, recipe.key_terms) == (0.9, "us-letter", 100)
    assert (recipe.hsk, recipe.hsk_list, recipe.known) == (4, "2.0", ("words.txt",))
    assert recipe.cards == Cards(("recognise", "recall"), ("read",), (), "mdbg", "shown")
    assert (recipe.after, recipe.deck, recipe.subdecks) == (("lesson0",), "Chinese::Lesson 1", "sources")
    assert (recipe.topics, recipe.credit, recipe.date) == (("health",), "A newspaper", "2020")
    assert (recipe.anki_known, recipe.anki_field) == ("deck:HSK", "Hanzi")
    assert (recipe.parts_suffice, recipe.order) == (True, "fewest-new")
    assert recipe.terms == (
        TermCorrection("疫苗", render="vaccine"),
        TermCorrection("更大贡献", drop=True),
        TermCorrection("一带一路", render="Belt and Road | BRI", define="a Chinese initiative"),
    )
    assert recipe.words == (WordCorrection("命运与共", ("命运", "与共")),)
    assert recipe.pairs == (PairCorrection(join=("一", "二")),)


ONE = 'id = "a"\nsources = ["a.md"]\n'
BAD = {
    "no TOML": ("id = ", "not valid TOML"),
    "unknown key": (ONE + "colour = 1", 'unknown key "colour": the keys are id, sources'),
    "unknown key of a section": (ONE + '[[terms]]\ntext = "a"\nrendering = "b"', 'unknown key "rendering" in [terms]'),
    "unknown kind of note": (ONE + "[cards]\nwords = []", 'unknown key "words" in [cards]: the keys are term'),
    "missing key": ('id = "a"', "missing required field `sources`"),
    "wrong type": (ONE + 'threshold = "high"', "at threshold"),
    "wrong paper": (ONE + 'paper = "a3"', "at paper"),
    "out of range": (ONE + "threshold = 80", "between 0 and 1"),
    "id that is a path": ('id = "../a"\nsources = ["a.md"]', "cannot name a folder"),
    "no sources": ('id = "a"\nsources = []', "no sources"),
    "words of nothing": (ONE + '[[words]]\ntext = ""\nwords = []', "do not join"),
    "reading of nothing": (ONE + '[[readings]]\ntext = ""\nreading = ""', "number of syllables"),
    "reading outside its context": (
        ONE + '[[readings]]\ntext = "朝"\ncontext = "今天"\nreading = "cháo"',
        "does not contain it",
    ),
    "reading that is none": (ONE + '[[readings]]\ntext = "朝方"\nreading = "cháo 99"', '"99" is no syllable'),
    "no such colours": (ONE + '[cards]\ntones = "rainbow"', "at cards.tones"),
    "no such subdecks": (ONE + 'subdecks = "lessons"', "at subdecks"),
    "deck without a name": (ONE + 'deck = "Chinese::"', "has a part without a name"),
    "topic without a name": (ONE + 'topics = ["a", " "]', "has a part without a name"),
    "too few questions": (ONE + "questions = 3", "at least 5"),
    "words that do not join": (ONE + '[[words]]\ntext = "上海"\nwords = ["上"]', "do not join"),
    "reading with too few syllables": (ONE + '[[readings]]\ntext = "上海"\nreading = "shàng"', "number of syllables"),
    "pair correction that says nothing": (ONE + "[[pairs]]", "one of drop, join, split, keep and replace"),
    "pair correction that says two things": (ONE + '[[pairs]]\ndrop = "a"\njoin = ["a", "b"]', "one of drop, join"),
    "replacement by nothing": (ONE + '[[pairs]]\nreplace = "a"', "unclear"),
    "replacement of nothing": (ONE + '[[pairs]]\ndrop = "a"\nen = "b"', "unclear"),
    "level that its list has not": (
        ONE + 'hsk = 7\nhsk_list = "2.0"',
        "no level 7 in the HSK list 2.0: its levels are 1 to 6",
    ),
    "level that no list has": (ONE + "hsk = 10", "its levels are 1 to 9"),
    "negative level": (ONE + "hsk = -1", "no level -1"),
    "unknown list": (ONE + 'hsk_list = "3.0"', "at hsk_list"),
    "list that is a number": (ONE + "hsk_list = 2.0", "at hsk_list"),
    "known words that are no list": (ONE + 'known = "words.txt"', "at known"),
    "unknown order": (ONE + 'order = "random"', "at order"),
    "a field of no notes": (ONE + 'anki_field = "Hanzi"', "anki_field says nothing without anki_known"),
    "unknown split": (ONE + 'split = "words"', "at split"),
    "negative length": (ONE + "max_characters = -1", "cannot be negative"),
    "term correction that says nothing": (ONE + '[[terms]]\ntext = "a"', "unclear"),
    "term that is dropped and defined": (ONE + '[[terms]]\ntext = "a"\ndrop = true\ndefine = "b"', "unclear"),
    "rendering that is none": (ONE + '[[terms]]\ntext = "a"\nrender = "b | "', "is empty"),
    "section that is no table": (ONE + 'terms = "all"', "at terms"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_mistakes_are_named(text: str, message: str) -> None:
    with pytest.raises(RecipeError) as caught:
        parse(text, "lesson.toml")
    assert message in str(caught.value)
    assert "lesson.toml" in str(caught.value)


def test_a_new_recipe_says_what_was_asked() -> None:
    title = 'A "quoted" title \\ 标题'
    recipe = parse(new_recipe("a", ("x.md", "y.md"), title), "new.toml")
    assert recipe == Recipe("a", ("x.md", "y.md"), title)
