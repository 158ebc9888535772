"""The whole pipeline as one straight line: sources to a lesson, a lesson to files."""

import html
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flashcards import align, cards, chinese, files, quizzes, readers, sheets, tables, terms
from flashcards.errors import InputError, RecipeError, UsageError
from flashcards.lexicon import Lexicon, open_lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.model import Bead, Deck, Document, Finding, Lesson, Pair, Quiz, Word, pairs_of, with_findings
from flashcards.quizzes import blanks, choosing
from flashcards.readers import timing
from flashcards.recipe import Recipe, parse
from flashcards.report import write as write_report
from flashcards.sheets import glossary
from flashcards.text import dates, languages, layouts, sentences

if TYPE_CHECKING:
    from flashcards.ankiconnect import Changes

PARTS = ("deck", "quiz", "glossary", "tables", "report")
"""What a build makes; each may be left out."""

TERMS = (*tables.TERMS, "pdf")
"""The formats of a list of terms, by the suffixes of its files."""

NOTICE = "Dictionary: CC-CEDICT, CC BY-SA 4.0. Font: Quiz Kai SC, from LXGW WenKai, SIL OFL 1.1."

ENGLISH_ADDS = "translations on the cards, the English that this text uses for its terms, clozes and a quiz"
"""What a text in Chinese alone would gain from its translation."""

Report = Callable[[str], None]
"""Is told what is being done, in a few words."""


def _silent(_what: str) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True)
class Product:
    """What a build has made: the lesson, what was made of it, and the files by their names."""

    lesson: Lesson
    deck: Deck | None
    quiz: Quiz | None
    lock: cards.Lock
    files: Mapping[str, bytes]


def read_sources(sources: Sequence[Path | str], split: str = "sentences", format: str = "") -> tuple[
    Document, tuple[Finding, ...]
]:
    """One document of all sources: parts in their order, or the two sides of one text.

    Raises:
        InputError: a source cannot be read, or no Chinese is in any of them.
    """
    read = [readers.read(source, format, by_line=split == "lines") for source in sources]
    documents, timed = timing.merge([each for each, _ in read])
    document = readers.combine(documents)
    readers.require_chinese(document, sources)
    return document, (*(finding for _, findings in read for finding in findings), *timed)


def lesson_of(
    sources: Sequence[Path | str],
    recipe: Recipe,
    lexicon: Lexicon,
    *,
    format: str = "",
    learner: terms.Learner | None = None,
    with_terms: bool = True,
    report: Report = _silent,
) -> Lesson:
    """The aligned lesson of some sources; whom it is for is asked of the recipe's files and of Anki if not told.

    Raises:
        UsageError: there is no such format.
        InputError: a source cannot be read, or no Chinese is in any of them; a list of known words cannot be read, or
            Anki does not answer.
    """
    odd: tuple[Finding, ...] = ()
    if with_terms and learner is None:
        learner, odd = learner_of(recipe, lexicon)
    report("reading")
    document, findings = read_sources(sources, recipe.split, format)
    lesson = make_lesson(document, recipe, lexicon, learner=learner, with_terms=with_terms, report=report)
    return replace(lesson, findings=(*odd, *findings, *lesson.findings))


def with_files_of(recipe: Recipe, home: Path) -> Recipe:
    """The recipe, its other files named as they are reached from here; `home` is the folder it lies in."""
    return replace(
        recipe,
        known=tuple(str(home / name) for name in recipe.known),
        after=tuple(str(home / name.removesuffix(".toml")) + ".toml" for name in recipe.after),
    )


def taught_before(recipe: Recipe) -> tuple[frozenset[str], frozenset[str]]:
    """The terms and the sentences, in Chinese, of the decks that come before the recipe's, and of those before them.

    Raises:
        InputError: the recipe of one, or its lock, is not there.
        RecipeError: one is broken.
    """
    terms_of: set[str] = set()
    sentences_of: set[str] = set()
    waiting, seen = [*recipe.after], set[Path]()
    while waiting:
        path = Path(waiting.pop())
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        earlier = with_files_of(parse_recipe(files.read_bytes(path), path), path.parent)
        if earlier.id == recipe.id:    # no deck comes before itself
            continue
        waiting += earlier.after
        lock = path.with_suffix(".lock")
        if not lock.is_file():
            raise InputError(f"{lock} is not there, so nobody knows what its deck teaches", f"build {path} first")
        known = cards.read_lock(files.read_bytes(lock), str(lock))
        terms_of |= known.taught("term")
        sentences_of |= known.taught("sentence", "cloze")
    return frozenset(terms_of), frozenset(sentences_of)


def learner_of(recipe: Recipe, lexicon: Lexicon) -> tuple[terms.Learner, tuple[Finding, ...]]:
    """Whom the recipe is for, with the words that they know by its files, earlier decks and Anki, and what is odd.

    The deck's own notes do not count, wherever they lie in Anki now: else a deck rebuilt would drop its own cards.

    Raises:
        InputError: a file cannot be read, or Anki does not answer.
        RecipeError: an earlier deck's recipe or lock is broken.
    """
    if not (recipe.known or recipe.anki_known or recipe.after):
        return _learner(recipe, lexicon), ()
    from flashcards import ankiconnect
    from flashcards.terms import known

    words = set(taught_before(recipe)[0])
    findings: list[Finding] = []
    for name in recipe.known:
        own, odd = known.listed(readers.lines(name), name)
        words.update(own)
        findings += odd
    if recipe.anki_known:
        notes = ankiconnect.from_environment().learnt(recipe.anki_known)
        if not notes:
            message = f'Anki has nothing that has been studied by "{recipe.anki_known}"'
            remedy = "give the name of a deck, or what finds notes in Anki's browser"
            findings.append(Finding("terms", None, "warning", message, remedy))
        others = [note for note in notes if not cards.is_of_deck(note.fields, recipe.id)]
        field = recipe.anki_field
        if field and others and not any(note.named(field) for note in others):
            message = f'no note that has been studied by "{recipe.anki_known}" has a field "{field}"'
            names = dict.fromkeys(name for note in others for name in note.names)
            findings.append(Finding("terms", None, "warning", message, f"their fields are {', '.join(names)}"))
        for note in others:
            words.update(known.words_in(note.named(field) if field else note.fields))
    return _learner(recipe, lexicon, words), tuple(findings)


def _learner(recipe: Recipe, lexicon: Lexicon, words: Iterable[str] = ()) -> terms.Learner:
    known = frozenset(map(chinese.simplified, words))
    return terms.Learner(lexicon, recipe.hsk, recipe.hsk_list, known, recipe.parts_suffice, chinese.simplified)


def make_lesson(
    document: Document,
    recipe: Recipe,
    lexicon: Lexicon,
    *,
    learner: terms.Learner | None = None,
    with_terms: bool = True,
    report: Report = _silent,
) -> Lesson:
    """The aligned lesson of a document, with the recipe's corrections, for a learner (by default of its level).

    Where the document is in Chinese alone, a sentence needs no translation to be a part of the lesson.
    """
    findings: list[Finding] = []
    if recipe.split == "lines":
        units = sentences.units(document.blocks)
    else:
        blocks, told = layouts.arrange(document.blocks, lexicon.is_english)
        units = sentences.split(blocks)
        findings += told
    zh = [s for s in units if s.lang == "zh"]
    en = [s for s in units if s.lang == "en"]

    report("aligning")
    glosses = GlossVectors(lexicon)
    analyser = chinese.Analyser(
        lexicon,
        {c.text: c.words for c in recipe.words},
        corrected_readings(recipe),
        terms=[c.text for c in recipe.terms if c.add],
        names=chinese.names((s.text for s in zh), lexicon),
        taiwan=recipe.taiwan,
        glosses=glosses,
        hsk_list=recipe.hsk_list,
    )
    beads = align.align(zh, en, [analyser.cut(s.text) for s in zh], glosses)
    beads, unmatched = align.correct(beads, recipe.pairs)
    findings += unmatched
    if recipe.split == "clauses":
        beads = _divided(beads, recipe, analyser, glosses)
    chinese_alone = not languages.is_translated((s.text for s in zh), (s.text for s in en))
    pairs = pairs_of(beads, chinese_alone=chinese_alone)
    if chinese_alone:
        remedy = f"its English would add {ENGLISH_ADDS}"
        findings.append(Finding("align", None, "info", "the text is in Chinese alone", remedy))
    elif not pairs:
        remedy = "check that both languages tell the same, sentence by sentence"
        findings.append(Finding("align", None, "warning", "no sentence found its translation", remedy))
    words = tuple(analyser.words(analyser.cut(pair.zh, pair.en), pair.en) for pair in pairs)
    findings += _unread(pairs, words)
    findings += _unmatched_quotes(recipe, "".join(s.text for s in (*zh, *(s for bead in beads for s in bead.zh))))

    title, date = recipe.title or document.title or recipe.id, recipe.date or dates.date_of(units)
    lesson = Lesson(recipe.id, title, beads, pairs, words, (), tuple(findings), date)
    if not with_terms:
        return lesson
    report("finding terms")
    sure = [i for i, pair in enumerate(pairs) if pair.confidence >= recipe.threshold]
    own = [pairs[i] for i in sure], [words[i] for i in sure]
    found, unmatched = terms.find_terms(
        *own,
        terms.Sources(lexicon, analyser.term),
        recipe.key_terms,
        recipe.terms,
        learner or _learner(recipe, lexicon),
    )
    differences = terms.inconsistencies(*own, found, lexicon, recipe.threshold)
    return with_findings(replace(lesson, terms=found), (*unmatched, *differences))


def _divided(
    beads: Sequence[Bead], recipe: Recipe, analyser: chinese.Analyser, glosses: GlossVectors
) -> tuple[Bead, ...]:
    """The beads with the long ones divided into clauses."""
    from flashcards.align.clauses import divide
    from flashcards.text import clauses

    lexicon = glosses.lexicon

    def chinese_cuts(text: str, starts: Sequence[int]) -> Sequence[int]:
        words = analyser.cut(chinese.simplified(text))
        return clauses.chinese_cuts([(word, lexicon.tag(word)) for word in words], starts, lexicon.__contains__)

    return divide(
        beads,
        recipe.max_characters,
        least=recipe.threshold,
        chinese_cuts=chinese_cuts,
        english_cuts=clauses.english_cuts,
        words=analyser.cut,
        glosses=glosses,
    )


def corrected_readings(recipe: Recipe) -> dict[str, tuple[str, ...]]:
    """For the strings that the recipe quotes their syllables; "" for what stands around a corrected word.

    A correction with a context comes after those without, so that it has the last word.
    """
    found = {}
    for correction in sorted(recipe.readings, key=lambda c: (bool(c.context), len(c.context or c.text))):
        own = tuple(correction.reading.split())
        around = correction.context or correction.text
        whole = [""] * len(around)
        start = around.find(correction.text)
        while start >= 0:
            whole[start : start + len(own)] = own
            start = around.find(correction.text, start + len(own))
        found[around] = tuple(whole)
    return found


def _unread(pairs: Sequence[Pair], words: Sequence[Sequence[Word]]) -> list[Finding]:
    """A finding for each sentence with hanzi of which no reading is known."""
    found = []
    for pair, sentence in zip(pairs, words, strict=True):
        if unknown := "".join(dict.fromkeys(chinese.unread(sentence))):
            message = f"no reading is known of {unknown}, so the characters stand as they are"
            remedy = "give it in [[readings]] of a recipe"
            found.append(Finding("chinese", pair.bead.zh[0].where, "warning", message, remedy))
    return found


def _unmatched_quotes(recipe: Recipe, text: str) -> list[Finding]:
    """A finding for each corrected word or reading that the text does not have."""
    quoted = [c.text for c in recipe.words] + [c.context or c.text for c in recipe.readings]
    return [
        Finding("recipe", None, "warning", f'the correction of "{quote}" matches nothing', "check its text")
        for quote in quoted
        if quote not in text
    ]


def make_deck(
    lesson: Lesson,
    recipe: Recipe,
    lexicon: Lexicon,
    lock: cards.Lock,
    now: int,
    learner: terms.Learner | None = None,
) -> tuple[Deck, cards.Lock]:
    """The lesson's Anki deck for a learner (by default of the recipe's level), and the lock that knows its notes.

    Raises:
        InputError: the recipe or the lock of an earlier deck is not there.
        RecipeError: one is broken, or a kind of note has no card of a name.
    """
    _, shown = taught_before(recipe)
    learner = learner or _learner(recipe, lexicon)
    own = recipe.cards
    choice = cards.CardChoice(own.term, own.sentence, own.cloze, own.tones, own.pinyin == "shown")
    return cards.make_deck(
        lesson,
        lock,
        now=now,
        worthy=choosing.worth_a_card([p for p in lesson.pairs if p.zh not in shown], recipe.threshold),
        askable=blanks.askable_terms(lesson, lexicon),
        cards=choice,
        imprint=cards.Imprint(recipe.deck, recipe.subdecks, recipe.topics, recipe.credit),
        script=_script(lesson),
        meanings=_meanings(lesson, lexicon),
        threshold=recipe.threshold,
        order=recipe.order,
        new_words={
            pair.id: terms.new_words(words, learner)
            for pair, words in zip(lesson.pairs, lesson.words, strict=True)
            if recipe.order == "fewest-new"    # no other order asks
        },
    )


def deck_of(
    sources: Sequence[Path | str],
    recipe: Recipe,
    lexicon: Lexicon,
    lock: cards.Lock,
    now: int,
    *,
    format: str = "",
    report: Report = _silent,
) -> tuple[Lesson, Deck, cards.Lock]:
    """The lesson of some sources, its deck, and the deck's lock: those that `build` would make.

    Raises:
        UsageError: there is no such format.
        InputError: a source or a list of known words cannot be read, or Anki does not answer.
    """
    learner, odd = learner_of(recipe, lexicon)
    lesson = lesson_of(sources, recipe, lexicon, format=format, learner=learner, report=report)
    report("making cards")
    return replace(lesson, findings=(*odd, *lesson.findings)), *make_deck(lesson, recipe, lexicon, lock, now, learner)


def _meanings(lesson: Lesson, lexicon: Lexicon) -> dict[str, str]:
    """What the dictionary says of the words of the sentences without a translation, by the words' text.

    Only of those of two characters and more: what a single one means, seldom its first sense tells.
    """
    alone = [words for pair, words in zip(lesson.pairs, lesson.words, strict=True) if not pair.en]
    longer = {word.text: word for words in alone for word in words if len(word.text) > 1}
    return {text: meaning for text, word in longer.items() if (meaning := terms.meaning(word, lexicon))}


def make_report(lesson: Lesson, threshold: float) -> bytes:
    """The page that shows every pair of the lesson and how sure it is."""
    return write_report(lesson, threshold, _script(lesson))


def about(lesson: Lesson, threshold: float, edition: tables.Edition = "2019") -> tables.About:
    """What a table of the lesson's pairs or terms says of them besides."""
    return tables.About(lesson.title, threshold, _script(lesson), lesson.pairs, edition)


def terms_table(
    suffix: str,
    lesson: Lesson,
    recipe: Recipe,
    order: tables.Order | None = None,
    edition: tables.Edition = "2019",
) -> bytes:
    """The lesson's terms in the format of a suffix: one of a table, or the printed glossary (pdf).

    Args:
        suffix: one of `TERMS`, with a dot or without.
        lesson: the lesson.
        recipe: the threshold of confidence, the paper.
        order: of the terms; None for that of the text in the glossary, and in a table for the best first.
        edition: that of the standard that a term base (tbx) keeps to.

    Raises:
        UsageError: no format has this suffix.
        InputError: there is no term to print.
    """
    if tables.require_format(TERMS, suffix) != "pdf":
        ordered = tables.ordered(lesson.terms, order or "best", lesson.pairs)
        return tables.write(tables.TERMS, suffix, ordered, about(lesson, recipe.threshold, edition))
    if not glossary.has_terms(lesson.terms, recipe.threshold):
        raise InputError("no key terms were found, so there is no glossary", "a longer text has more of them")
    return glossary.pdf(
        lesson,
        tables.ordered(lesson.terms, order or "text", lesson.pairs),
        threshold=recipe.threshold,
        script=_script(lesson),
        paper=recipe.paper,
        notice=NOTICE,
    )


def with_unprintable(lesson: Lesson, threshold: float) -> Lesson:
    """The lesson with a finding for the characters that its glossary cannot show, unless it has that already."""
    told = glossary.findings(lesson, lesson.terms, threshold)
    return with_findings(lesson, [finding for finding in told if finding not in lesson.findings])


def terms_mark(suffix: str) -> bytes:
    """How every list of terms in the format of a suffix begins."""
    return glossary.MARK if tables.require_format(TERMS, suffix) == "pdf" else tables.mark(tables.TERMS, suffix)


def _script(lesson: Lesson) -> Literal["zh-Hans", "zh-Hant"]:
    return "zh-Hant" if chinese.is_traditional("".join(pair.zh for pair in lesson.pairs)) else "zh-Hans"


def make_quiz(
    lesson: Lesson, recipe: Recipe, lexicon: Lexicon, kinds: Sequence[str] = ("cloze",), version: str = ""
) -> Quiz:
    """The lesson's quiz."""
    return quizzes.make_quiz(
        lesson,
        lexicon,
        kinds,
        threshold=recipe.threshold,
        count=recipe.questions,
        seed=recipe.seed,
        version=version,
    )


def quiz_files(
    lesson: Lesson,
    recipe: Recipe,
    lexicon: Lexicon,
    kinds: Sequence[str],
    formats: Sequence[str],
    versions: int,
) -> dict[str, bytes]:
    """The quiz in every format and version, by the files' names.

    Raises:
        InputError: no sentence of the lesson can be asked about.
    """
    names = [""] if versions == 1 else [chr(ord("A") + i) for i in range(versions)]
    out = {}
    for version in names:
        quiz = make_quiz(lesson, recipe, lexicon, kinds, version)
        if not quiz.items:
            raise InputError(*_no_question(lesson))
        for format in formats:
            stem = f"quiz-{version}" if version else "quiz"
            out[f"{stem}.{format}"] = sheets.write(format, quiz, paper=recipe.paper, notice=NOTICE)
    return out


def _no_question(lesson: Lesson) -> tuple[str, str]:
    """Why a quiz has no items, and what helps."""
    if lesson.chinese_alone:
        why = "the text is in Chinese alone, and a blank has one right answer only beside its translation"
        return why, "give its English too, as a second file or in the same text"
    return "no sentence is fit for a question", "a longer text has more to ask about"


def file_names(recipe: Recipe, parts: Sequence[str]) -> tuple[str, ...]:
    """The names of the files that a build of these parts may write."""
    names = {
        "deck": (f"{recipe.id}.apkg",),
        "quiz": ("quiz.pdf",),
        "glossary": ("glossary.pdf",),
        "tables": ("pairs.tsv", "terms.tsv"),
        "report": ("report.html",),
    }
    return tuple(name for part in parts for name in names.get(part, ()))


def build(
    recipe: Recipe,
    sources: Sequence[Path | str],
    lexicon: Lexicon,
    lock: cards.Lock,
    now: int,
    *,
    only: Sequence[str] = PARTS,
    format: str = "",
    report: Report = _silent,
) -> Product:
    """Everything from one text.

    Args:
        recipe: the deck's options and corrections.
        sources: the files to read.
        lexicon: the dictionary.
        lock: what is known of the deck's notes from earlier builds.
        now: seconds since 1970, for notes whose content has changed.
        only: the parts to make.
        format: the sources' format; "" to go by their contents and suffixes.
        report: is told what is being done.

    Raises:
        UsageError: there is no such part.
        InputError: a source or a list of known words cannot be read, or Anki does not answer.
    """
    if unknown := [part for part in only if part not in PARTS]:
        raise UsageError(f'no part is called "{unknown[0]}"', f"the parts are {', '.join(PARTS)}")
    learner, odd = learner_of(recipe, lexicon)
    lesson = lesson_of(sources, recipe, lexicon, format=format, learner=learner, report=report)
    lesson = replace(lesson, findings=(*odd, *lesson.findings))
    results: dict[str, bytes] = {}
    deck = quiz = None
    if "deck" in only:
        report("making cards")
        deck, lock = make_deck(lesson, recipe, lexicon, lock, now, learner)
        results[f"{recipe.id}.apkg"] = cards.pack(deck, lock)
    if "quiz" in only:
        report("setting the quiz")
        quiz = make_quiz(lesson, recipe, lexicon)
        lesson = with_findings(lesson, sheets.findings(quiz))
        if quiz.items:
            results["quiz.pdf"] = sheets.write("pdf", quiz, paper=recipe.paper, notice=NOTICE)
        else:
            why, remedy = _no_question(lesson)
            nothing = Finding("quizzes", None, "warning", f"there is no quiz: {why}", remedy)
            lesson = with_findings(lesson, [replace(nothing, level="info") if lesson.chinese_alone else nothing])
    if "glossary" in only:
        lesson = with_unprintable(lesson, recipe.threshold)
        if glossary.has_terms(lesson.terms, recipe.threshold):
            results["glossary.pdf"] = terms_table("pdf", lesson, recipe)
    if "tables" in only:
        results["pairs.tsv"] = tables.write(tables.PAIRS, "tsv", lesson.beads)
        results["terms.tsv"] = tables.write(tables.TERMS, "tsv", lesson.terms)
    if "report" in only:
        results["report.html"] = make_report(lesson, recipe.threshold)
    return Product(lesson, deck, quiz, lock, results)


def check(target: Path) -> tuple[Finding, ...]:
    """What is wrong with a deck (.apkg), or with a recipe and the lock beside it.

    Raises:
        InputError: the file, or one that the recipe names, cannot be read; or it is neither.
        RecipeError: the recipe or its lock is broken.
    """
    data = files.read_bytes(target)
    if target.suffix != ".toml":
        from flashcards.cards.check import check_package

        return check_package(data, str(target))
    # A check looks at files alone: what Anki would say makes no recipe wrong.
    recipe = replace(with_files_of(parse_recipe(data, target), target.parent), anki_known="", anki_field="")
    lock = target.with_suffix(".lock")
    if lock.exists():
        cards.read_lock(files.read_bytes(lock), str(lock))
    lexicon = open_lexicon()
    lesson = lesson_of([target.parent / source for source in recipe.sources], recipe, lexicon)
    make_deck(lesson, recipe, lexicon, cards.Lock(), 0)
    return tuple(finding for finding in lesson.findings if finding.level == "warning")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of sending a deck to Anki: the file, how many notes it has, what they changed, what is odd in it."""

    path: Path
    deck_id: str
    notes: int
    changes: "Changes"
    findings: tuple[Finding, ...]


def push(target: Path) -> Pushed:
    """Have a running Anki import a deck (.apkg), or the one that was built of a recipe.

    Raises:
        InputError: the deck is not there, is no deck of ours, or Anki will not have it.
        RecipeError: the recipe is broken.
    """
    from flashcards import ankiconnect
    from flashcards.cards.check import check_package, keys_of

    path = target
    if target.suffix.lower() == ".toml":
        id = parse_recipe(files.read_bytes(target), target).id
        path = target.parent / id / f"{id}.apkg"
    try:
        data = files.read_bytes(path)
    except InputError as error:
        if path == target:
            raise
        raise InputError(error.message, f"build it first: flashcards build {target}") from None
    findings = check_package(data, str(path))
    keys = keys_of(data, str(path))
    changes = ankiconnect.from_environment().push(path, keys.beginnings, keys.notes)
    return Pushed(path, html.unescape(keys.deck), len(keys.notes), changes, findings)


def parse_recipe(data: bytes, path: Path) -> Recipe:
    """The recipe in a file's bytes.

    Raises:
        RecipeError: it is not text, or no recipe.
    """
    try:
        return parse(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise RecipeError(f"{path} is not UTF-8 text", "save it as UTF-8") from None


def doubts(lesson: Lesson, threshold: float) -> tuple[Finding, ...]:
    """A finding for each pair that is not sure, each sentence that nothing translates, and each reading to check."""
    found = []
    alone = lesson.chinese_alone
    for bead in lesson.beads:
        zh, en = "".join(s.text for s in bead.zh), " ".join(s.text for s in bead.en)
        where = (*bead.zh, *bead.en)[0].where
        if not (zh and (en or alone)):
            found.append(Finding("align", where, "info", f"no translation found: {zh or en}"))
        elif bead.confidence < threshold:
            found.append(Finding("align", where, "info", f"doubtful pair ({bead.confidence:.2f}): {zh} | {en}"))
    for pair, words in zip(lesson.pairs, lesson.words, strict=True):
        for word in words:
            if word.check:
                message = f"check the reading of {word.text}: {word.pinyin} ({word.confidence:.2f}) in {pair.zh}"
                found.append(Finding("chinese", pair.bead.zh[0].where, "info", message))
    return tuple(found)


def alignment(lesson: Lesson, threshold: float) -> dict[str, int]:
    """How many pairs a lesson has, how many are doubtful, and how many sentences of each side nothing translates.

    `untranslated` are the sentences of a text in Chinese alone, which are learnt without a translation.
    """
    translated = sum(bool(pair.en) for pair in lesson.pairs)
    omissions = lesson.omissions
    return {
        "pairs": translated,
        "untranslated": len(lesson.pairs) - translated,
        "doubtful": sum(pair.confidence < threshold for pair in lesson.pairs),
        "omissions": len(omissions),
        "omissions_zh": sum(len(bead.zh) for bead in omissions),
        "omissions_en": sum(len(bead.en) for bead in omissions),
    }


def summary(product: Product, threshold: float) -> dict[str, Any]:
    """What a build has made, in figures."""
    lesson, deck, quiz = product.lesson, product.deck, product.quiz
    kinds: Counter[str] = Counter()
    for note in deck.notes if deck else ():
        kinds[note.kind] += cards.count(note)
    return {
        "id": lesson.id,
        "title": lesson.title,
        **alignment(lesson, threshold),
        "readings_to_check": sum(word.check for words in lesson.words for word in words),
        "terms": len(lesson.terms),
        "sure_renderings": sum(any(r.confidence >= threshold for r in term.renderings) for term in lesson.terms),
        "inconsistencies": sum(finding.stage == "consistency" for finding in lesson.findings),
        "cards": dict(kinds),
        "questions": len(quiz.items) if quiz else 0,
        "english_would_add": ENGLISH_ADDS if lesson.chinese_alone else "",
        "warnings": sum(finding.level == "warning" for finding in lesson.findings),
    }
