"""The commands that make something from a text."""

import re
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flashcards.cli import options as o
from flashcards.cli.app import app
from flashcards.cli.inputs import (
    adjusted,
    for_learner,
    is_recipe,
    lexicon_of,
    lines_of,
    listed,
    lock_at,
    lock_path_of,
    one_of,
    recipe_of,
    some_of,
    source_of,
    with_lost_lock,
)  # fmt: skip
from flashcards.cli.output import Progress, deliver, finish, print_json, print_summary, suffix_of, told
from flashcards.errors import UsageError
from flashcards.markup import pinyin_line, terminal

if TYPE_CHECKING:
    from flashcards.model import Word


@app.command(epilog="Example: flashcards build lesson.md --only deck,quiz")
def build(
    sources: o.Sources,
    out: o.Folder = None,
    only: Annotated[
        str, typer.Option(help="The parts to make: deck, quiz, glossary, tables, report; with commas.")
    ] = "",
    split: o.Split = "",
    longest: o.Longest = None,
    threshold: o.Threshold = None,
    hsk: o.Hsk = None,
    hsk_list: o.HskLists = "",
    known: o.Known = None,
    known_from_anki: o.KnownFromAnki = "",
    field: o.Field = "",
    parts_suffice: o.PartsSuffice = False,
    order: o.CardOrder = "",
    audio: o.Audio = "",
    format: o.Format = "",
    dictionary: o.Dictionary = None,
    force: o.Force = False,
    json: o.Json = False,
    strict: o.Strict = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Make everything from one text: the Anki deck, the quiz, the glossary, the tables of pairs and terms."""
    from flashcards import build as pipeline
    from flashcards import cards, files
    from flashcards.model import ORDERS

    recipe, paths, home = recipe_of(sources, format)
    recipe = adjusted(recipe, split, longest, threshold)
    recipe = for_learner(recipe, hsk, hsk_list, known, known_from_anki, field, parts_suffice)
    recipe = replace(
        recipe, order=one_of(order, ORDERS, "order") if order else recipe.order, audio=audio or recipe.audio
    )
    parts = listed(only) or pipeline.PARTS
    folder = out or home / recipe.id
    lock_path = lock_path_of(sources, recipe, folder)
    lock = lock_at(lock_path, folder / f"{recipe.id}.lock")
    with Progress(quiet or json) as report:
        report("opening the dictionary")
        product = pipeline.build(
            recipe, paths, lexicon_of(dictionary), lock, int(time.time()),
            only=parts, format=format, report=report,
        )  # fmt: skip
    if product.deck and not (lock.notes or lock_path.exists()) and files.has_written(folder, f"{recipe.id}.apkg"):
        product = replace(product, lesson=with_lost_lock(product.lesson, lock_path))
    locks = {lock_path: cards.write_lock(product.lock)} if product.deck else {}
    made = pipeline.file_names(recipe, parts)
    files.write_results(
        folder, product.files, recipe.id, source=source_of(sources), also=locks, obsolete=made, force=force
    )
    if json:
        print_json(pipeline.summary(product, recipe.threshold))
    elif not quiet:
        print_summary(product, folder, recipe.threshold)
    finish(product.lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards align speech.md -o pairs.tsv")
def align(
    sources: o.Sources,
    output: o.Output = None,
    split: o.Split = "",
    longest: o.Longest = None,
    threshold: o.Threshold = None,
    format: o.Format = "",
    dictionary: o.Dictionary = None,
    force: o.Force = False,
    json: o.Json = False,
    strict: o.Strict = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Write the sentence pairs of a text as TSV, CSV, JSON, JSONL or TMX, or as DOCX or HTML to look them over.

    Without -o they are printed as TSV.
    """
    from flashcards import build as pipeline
    from flashcards import tables

    if output is not None:
        tables.require_format(tables.PAIRS, output.suffix)    # refused before the work, not after it
    recipe, paths, _ = recipe_of(sources, format)
    recipe = adjusted(recipe, split, longest, threshold)
    with Progress(quiet or not output) as report:
        lesson = pipeline.lesson_of(
            paths, recipe, lexicon_of(dictionary), format=format, with_terms=False, report=report
        )
    suffix = suffix_of(output, json)
    data = tables.write(tables.PAIRS, suffix, lesson.beads, pipeline.about(lesson, recipe.threshold))
    deliver(data, output, tables.mark(tables.PAIRS, suffix), paths, force)
    if not quiet:
        facts = pipeline.alignment(lesson, recipe.threshold)
        alone = f"the text is in Chinese alone: {facts['untranslated']} sentences; " if facts["untranslated"] else ""
        print(
            f"{alone}{facts['pairs']} pairs, {facts['doubtful']} doubtful (under {recipe.threshold:g}); "
            f"without translation: {facts['omissions_zh']} Chinese, {facts['omissions_en']} English sentences",
            file=sys.stderr,
        )
    finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards terms speech.md -o glossary.pdf")
def terms(
    sources: o.Sources,
    output: o.Output = None,
    limit: Annotated[int | None, typer.Option(min=0, help="The most terms (default: the recipe's, 100).")] = None,
    order: Annotated[
        str, typer.Option(help="best, text (as they appear in it) or pinyin (default: best; for a PDF text).")
    ] = "",
    tbx_2008: Annotated[
        bool, typer.Option("--tbx-2008", help="A .tbx as OmegaT and Weblate read it: in the edition of 2008, not 2019.")
    ] = False,
    paper: Annotated[str, typer.Option(help="Of a glossary: a4 or us-letter (default: the recipe's, a4).")] = "",
    split: o.Split = "",
    longest: o.Longest = None,
    threshold: o.Threshold = None,
    hsk: o.Hsk = None,
    hsk_list: o.HskLists = "",
    known: o.Known = None,
    known_from_anki: o.KnownFromAnki = "",
    field: o.Field = "",
    parts_suffice: o.PartsSuffice = False,
    format: o.Format = "",
    dictionary: o.Dictionary = None,
    force: o.Force = False,
    json: o.Json = False,
    strict: o.Strict = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Write the key terms of a text, with the English that this text uses for them.

    As a table (TSV, CSV, JSON, JSONL), a term base for translators (TBX) or a glossary to print (PDF). Without -o they
    are printed as TSV.
    """
    from flashcards import build as pipeline
    from flashcards import tables
    from flashcards.recipe import PAPERS

    if output is not None:
        tables.require_format(pipeline.TERMS, output.suffix)    # refused before the work, not after it
    if tbx_2008 and (output is None or output.suffix.casefold() != ".tbx"):
        raise UsageError("--tbx-2008 is for a term base", "give a file name that ends in .tbx with -o")
    chosen = one_of(order, tables.ORDERS, "order") if order else None
    recipe, paths, _ = recipe_of(sources, format)
    recipe = for_learner(recipe, hsk, hsk_list, known, known_from_anki, field, parts_suffice)
    recipe = replace(
        adjusted(recipe, split, longest, threshold),
        key_terms=recipe.key_terms if limit is None else limit,
        paper=one_of(paper, PAPERS, "paper") if paper else recipe.paper,
    )
    with Progress(quiet or not output) as report:
        lesson = pipeline.lesson_of(paths, recipe, lexicon_of(dictionary), format=format, report=report)
    suffix = suffix_of(output, json)
    data = pipeline.terms_table(suffix, lesson, recipe, chosen, "2008" if tbx_2008 else "2019")
    if suffix.casefold() == ".pdf":
        lesson = pipeline.with_unprintable(lesson, recipe.threshold)
    deliver(data, output, pipeline.terms_mark(suffix), paths, force)
    finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards cards speech.md -o speech.csv")
def cards(
    sources: o.Sources,
    output: o.Output = None,
    split: o.Split = "",
    longest: o.Longest = None,
    threshold: o.Threshold = None,
    hsk: o.Hsk = None,
    hsk_list: o.HskLists = "",
    known: o.Known = None,
    known_from_anki: o.KnownFromAnki = "",
    field: o.Field = "",
    parts_suffice: o.PartsSuffice = False,
    order: o.CardOrder = "",
    format: o.Format = "",
    dictionary: o.Dictionary = None,
    force: o.Force = False,
    strict: o.Strict = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Write the deck's notes alone: for Anki, for Quizlet or to read.

    As the deck itself (.apkg), for Anki's text import (.tsv, .txt), for Quizlet (.csv) or as Markdown (.md). They are
    the notes that build makes, and a recipe's lock is kept. Without -o they are printed as TSV.
    """
    from flashcards import build as pipeline
    from flashcards import cards as anki
    from flashcards.model import ORDERS

    if output is not None:
        anki.require_export(output.suffix)    # refused before the work, not after it
    recipe, paths, home = recipe_of(sources, format)
    recipe = adjusted(recipe, split, longest, threshold)
    recipe = for_learner(recipe, hsk, hsk_list, known, known_from_anki, field, parts_suffice)
    recipe = replace(recipe, order=one_of(order, ORDERS, "order") if order else recipe.order)
    results = home / recipe.id
    lock_path = lock_path_of(sources, recipe, results)
    lock = lock_at(lock_path, results / f"{recipe.id}.lock")
    with Progress(quiet or not output) as report:
        lesson, deck, lock = pipeline.deck_of(
            paths, recipe, lexicon_of(dictionary), lock, int(time.time()), format=format, report=report
        )
        suffix = suffix_of(output, json=False)
        data = anki.export(suffix, deck, lock)
    locks = {lock_path: anki.write_lock(lock)} if is_recipe(sources[0]) else {}
    deliver(data, output, anki.mark(suffix, data), paths, force, locks)
    finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards report speech.md -o report.html")
def report(
    sources: o.Sources,
    output: o.Output = None,
    split: o.Split = "",
    longest: o.Longest = None,
    threshold: o.Threshold = None,
    format: o.Format = "",
    dictionary: o.Dictionary = None,
    force: o.Force = False,
    strict: o.Strict = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Write a page (HTML) that shows every pair, how sure it is, and all that was noticed; on stdout without -o."""
    from flashcards import build as pipeline
    from flashcards.report import MARK

    recipe, paths, _ = recipe_of(sources, format)
    recipe = adjusted(recipe, split, longest, threshold)
    with Progress(quiet or not output) as progress:
        lesson = pipeline.lesson_of(
            paths, recipe, lexicon_of(dictionary), format=format, report=progress
        )
    deliver(pipeline.make_report(lesson, recipe.threshold), output, MARK, paths, force)
    finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog='Example: flashcards pinyin 重庆的银行行长 --style numbers')
def pinyin(
    text: Annotated[str, typer.Argument(metavar="[TEXT or FILE or -]", help="What to read; stdin if nothing.")] = "-",
    style: Annotated[str, typer.Option(help="marks, numbers or zhuyin.")] = "marks",
    sandhi: Annotated[bool, typer.Option("--sandhi", help="Tones as they are spoken: yí bān, bú shì, ní hǎo.")] = False,
    by: Annotated[str, typer.Option(help="Spaces between words or syllables.")] = "words",
    read_numbers: Annotated[
        bool, typer.Option("--read-numbers", help="Numbers in words: 20 is èrshí, 2020年 èr líng èr líng nián.")
    ] = False,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Each line has a tab and its English, which helps: 单先生<TAB>Mr. Shan.")
    ] = False,
    taiwan: Annotated[
        bool, typer.Option("--taiwan", help="Read as is standard in Taiwan, where CC-CEDICT says so: xíngqí.")
    ] = False,
    dictionary: o.Dictionary = None,
    json: o.Json = False,
    quiet: o.Quiet = False,
) -> None:
    """Print the pinyin of Chinese text, a line for each line."""
    from flashcards import chinese
    from flashcards.model import Finding, Place

    if by not in ("words", "syllables"):
        raise UsageError(f'"{by}" is neither words nor syllables', "give --by words or --by syllables")
    spelling = chinese.Spelling(one_of(style, chinese.STYLES, "style"), by == "syllables", sandhi, read_numbers)
    analyser = chinese.Analyser(lexicon_of(dictionary), spelling=spelling, taiwan=taiwan)
    source = "stdin" if text == "-" else text if len(text) < 80 else "the text"
    for number, line in enumerate(lines_of(text), 1):
        zh, _, english = line.partition("\t") if pairs else (line, "", "")
        words = analyser.words(analyser.cut(zh, english), english)
        if json:
            print_json({"text": zh, "words": [_reading(word) for word in words]})
        else:
            # A line with a stop is running text; one without may be a word.
            print(terminal(pinyin_line(words, begins=re.search("[。！？!?.]", zh) is not None)))
        if unread := "".join(dict.fromkeys(chinese.unread(words))):
            message = f"no reading is known of {unread}, so the characters stand as they are"
            if not quiet:
                print(told(Finding("pinyin", Place(source, number), "warning", message)), file=sys.stderr)


def _reading(word: "Word") -> dict[str, Any]:
    """A word as `pinyin --json` prints it; "check" only where a human should look at its reading."""
    record = {"text": word.text, "reading": word.reading, "pinyin": word.pinyin}
    return record | {"check": True} if word.check else record


@app.command(epilog="Example: flashcards quiz speech.md --count 20 --versions 2 --paper us-letter")
def quiz(
    sources: o.Sources,
    kind: Annotated[str, typer.Option(help="Kinds of questions, with commas: cloze.")] = "cloze",
    format: Annotated[str, typer.Option(help="Formats of the sheets, with commas: pdf.")] = "pdf",
    versions: Annotated[int, typer.Option(min=1, max=26, help="How many versions, shuffled differently.")] = 1,
    seed: Annotated[int | None, typer.Option(help="Shuffles; the same seed gives the same quiz.")] = None,
    count: Annotated[int | None, typer.Option(min=5, help="The most questions (default: the recipe's, 30).")] = None,
    paper: Annotated[str, typer.Option(help="a4 or us-letter (default: the recipe's, a4).")] = "",
    split: o.Split = "",
    longest: o.Longest = None,
    threshold: o.Threshold = None,
    out: o.Folder = None,
    source_format: o.Format = "",
    dictionary: o.Dictionary = None,
    force: o.Force = False,
    strict: o.Strict = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Make quizzes to print, with an answer key on a page of its own."""
    from flashcards import build as pipeline
    from flashcards import files
    from flashcards.recipe import PAPERS

    recipe, paths, home = recipe_of(sources, source_format)
    recipe = replace(
        adjusted(recipe, split, longest, threshold),
        seed=recipe.seed if seed is None else seed,
        questions=recipe.questions if count is None else count,
        paper=one_of(paper, PAPERS, "paper") if paper else recipe.paper,
    )
    with Progress(quiet) as report:
        lexicon = lexicon_of(dictionary)
        lesson = pipeline.lesson_of(paths, recipe, lexicon, format=source_format, report=report)
        report("setting the quiz")
        kinds, formats = some_of(kind, "kind"), some_of(format, "format")
        sheets = pipeline.quiz_files(lesson, recipe, lexicon, kinds, formats, versions)
    folder = out or home / recipe.id
    files.write_results(folder, sheets, recipe.id, source=source_of(sources), force=force)
    if not quiet:
        for name in sheets:
            print(terminal(str(folder / name)))
    finish(lesson, recipe.threshold, quiet, verbose, strict)
