"""The command line: options in, a function of the library, results out."""

import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from flashcards import __version__
from flashcards.errors import OutputError, UsageError
from flashcards.markup import pinyin_line, terminal
from flashcards.readers import READERS

if TYPE_CHECKING:
    from flashcards.build import Product, Report
    from flashcards.cards import Lock
    from flashcards.lexicon import Lexicon
    from flashcards.model import Finding, Lesson, Word
    from flashcards.recipe import Recipe

Choice = TypeVar("Choice", bound=str)

app = typer.Typer(
    name="flashcards",
    help="Anki decks, printed quizzes and word lists from a bilingual Chinese-English text.",
    epilog="Example: flashcards build corpus/speech.md",
    rich_markup_mode=None,    # plain help: rich alone would take longer to import than the help to print
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sources = Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Texts, or a recipe (.toml); - for stdin.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")]
Folder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write into this folder.")]
Dictionary = Annotated[
    Path | None, typer.Option("--dict", metavar="FILE", help="A newer CC-CEDICT (.txt or .txt.gz).")
]
Format = Annotated[
    str, typer.Option("--from", metavar="FORMAT", help=f"The sources' format, if it is not told: {', '.join(READERS)}.")
]
Split = Annotated[
    str, typer.Option("--split", help="What a pair is: sentences, clauses or lines (default: the recipe's, sentences).")
]
Longest = Annotated[
    int | None,
    typer.Option(
        "--max-characters", metavar="N", min=0,
        help="With clauses: divide pairs of more hanzi (default: the recipe's, 40).",
    ),
]  # fmt: skip
Threshold = Annotated[
    float | None,
    typer.Option(
        "--threshold", metavar="P", min=0, max=1,
        help="A pair less sure than this is doubtful and gives nothing to learn (default: the recipe's, 0.8).",
    ),
]  # fmt: skip
Hsk = Annotated[
    int | None,
    typer.Option("--hsk", metavar="N", help="The learner knows the words up to this HSK level: they are no terms."),
]
HskLists = Annotated[
    str, typer.Option("--hsk-list", metavar="LIST", help="The list: 2.0, 2021 or 2025 (default: the recipe's, 2025).")
]
Known = Annotated[
    list[Path] | None,
    typer.Option("--known", metavar="FILE", help="Words that the learner knows, one a line; may be given again."),
]
KnownFromAnki = Annotated[
    str,
    typer.Option(
        "--known-from-anki", "--known-in-anki", metavar="QUERY",
        help="What the learner has studied in this deck, or by this search, of a running Anki (with AnkiConnect).",
    ),
]  # fmt: skip
Field = Annotated[
    str,
    typer.Option(
        "--field", metavar="NAME",
        help="With --known-from-anki: the notes' field that has the words (default: the recipe's, or the first that "
        "is Chinese and nothing else).",
    ),
]  # fmt: skip
CardOrder = Annotated[
    str,
    typer.Option(
        "--order", help="The order of the cards: importance, appearance or fewest-new (default: the recipe's)."
    ),
]  # fmt: skip
Audio = Annotated[
    str,
    typer.Option(
        metavar="SOURCE",
        help="Who reads the cards out: anki (its own voice), espeak, edge (online) or command:PROGRAM... (default: "
        "the recipe's, anki).",
    ),
]  # fmt: skip
PartsSuffice = Annotated[
    bool, typer.Option("--parts-suffice", help="No terms that say no more than their parts, which the learner knows.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Tell all that was noticed.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there are warnings.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that flashcards did not write.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Anki decks, printed quizzes and word lists from a bilingual Chinese-English text."""
    # `--debug` is read in `__main__`, before there is anything to catch.


@app.command(epilog="Example: flashcards build lesson.md --only deck,quiz")
def build(
    sources: Sources,
    out: Folder = None,
    only: Annotated[
        str, typer.Option(help="The parts to make: deck, quiz, glossary, tables, report; with commas.")
    ] = "",
    split: Split = "",
    longest: Longest = None,
    threshold: Threshold = None,
    hsk: Hsk = None,
    hsk_list: HskLists = "",
    known: Known = None,
    known_from_anki: KnownFromAnki = "",
    field: Field = "",
    parts_suffice: PartsSuffice = False,
    order: CardOrder = "",
    audio: Audio = "",
    format: Format = "",
    dictionary: Dictionary = None,
    force: Force = False,
    json: Json = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make everything from one text: the Anki deck, the quiz, the glossary, the tables of pairs and terms."""
    from flashcards import build as pipeline
    from flashcards import cards, files
    from flashcards.model import ORDERS

    recipe, paths, home = _recipe(sources, format)
    recipe = _adjusted(recipe, split, longest, threshold)
    recipe = _for_learner(recipe, hsk, hsk_list, known, known_from_anki, field, parts_suffice)
    recipe = replace(
        recipe, order=_one_of(order, ORDERS, "order") if order else recipe.order, audio=audio or recipe.audio
    )
    parts = _names(only) or pipeline.PARTS
    folder = out or home / recipe.id
    lock_path = _lock_path(sources, recipe, folder)
    lock = _lock(lock_path, folder / f"{recipe.id}.lock")
    with _Progress(quiet or json) as report:
        report("opening the dictionary")
        product = pipeline.build(
            recipe, paths, _lexicon(dictionary), lock, int(time.time()),
            only=parts, format=format, report=report,
        )  # fmt: skip
    if product.deck and not (lock.notes or lock_path.exists()) and files.has_written(folder, f"{recipe.id}.apkg"):
        product = replace(product, lesson=_with_lost_lock(product.lesson, lock_path))
    locks = {lock_path: cards.write_lock(product.lock)} if product.deck else {}
    made = pipeline.file_names(recipe, parts)
    files.write_results(
        folder, product.files, recipe.id, source=_source(sources), also=locks, obsolete=made, force=force
    )
    if json:
        _print_json(pipeline.summary(product, recipe.threshold))
    elif not quiet:
        _print_summary(product, folder, recipe.threshold)
    _finish(product.lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards align speech.md -o pairs.tsv")
def align(
    sources: Sources,
    output: Output = None,
    split: Split = "",
    longest: Longest = None,
    threshold: Threshold = None,
    format: Format = "",
    dictionary: Dictionary = None,
    force: Force = False,
    json: Json = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the sentence pairs of a text as TSV, CSV, JSON, JSONL or TMX, or as DOCX or HTML to look them over.

    Without -o they are printed as TSV.
    """
    from flashcards import build as pipeline
    from flashcards import tables

    if output is not None:
        tables.require_format(tables.PAIRS, output.suffix)    # refused before the work, not after it
    recipe, paths, _ = _recipe(sources, format)
    recipe = _adjusted(recipe, split, longest, threshold)
    with _Progress(quiet or not output) as report:
        lesson = pipeline.lesson_of(
            paths, recipe, _lexicon(dictionary), format=format, with_terms=False, report=report
        )
    suffix = _suffix(output, json)
    data = tables.write(tables.PAIRS, suffix, lesson.beads, pipeline.about(lesson, recipe.threshold))
    _deliver(data, output, tables.mark(tables.PAIRS, suffix), paths, force)
    if not quiet:
        facts = pipeline.alignment(lesson, recipe.threshold)
        alone = f"the text is in Chinese alone: {facts['untranslated']} sentences; " if facts["untranslated"] else ""
        print(
            f"{alone}{facts['pairs']} pairs, {facts['doubtful']} doubtful (under {recipe.threshold:g}); "
            f"without translation: {facts['omissions_zh']} Chinese, {facts['omissions_en']} English sentences",
            file=sys.stderr,
        )
    _finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards terms speech.md -o glossary.pdf")
def terms(
    sources: Sources,
    output: Output = None,
    limit: Annotated[int | None, typer.Option(min=0, help="The most terms (default: the recipe's, 100).")] = None,
    order: Annotated[
        str, typer.Option(help="best, text (as they appear in it) or pinyin (default: best; for a PDF text).")
    ] = "",
    tbx_2008: Annotated[
        bool, typer.Option("--tbx-2008", help="A .tbx as OmegaT and Weblate read it: in the edition of 2008, not 2019.")
    ] = False,
    paper: Annotated[str, typer.Option(help="Of a glossary: a4 or us-letter (default: the recipe's, a4).")] = "",
    split: Split = "",
    longest: Longest = None,
    threshold: Threshold = None,
    hsk: Hsk = None,
    hsk_list: HskLists = "",
    known: Known = None,
    known_from_anki: KnownFromAnki = "",
    field: Field = "",
    parts_suffice: PartsSuffice = False,
    format: Format = "",
    dictionary: Dictionary = None,
    force: Force = False,
    json: Json = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
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
    chosen = _one_of(order, tables.ORDERS, "order") if order else None
    recipe, paths, _ = _recipe(sources, format)
    recipe = _for_learner(recipe, hsk, hsk_list, known, known_from_anki, field, parts_suffice)
    recipe = replace(
        _adjusted(recipe, split, longest, threshold),
        key_terms=recipe.key_terms if limit is None else limit,
        paper=_one_of(paper, PAPERS, "paper") if paper else recipe.paper,
    )
    with _Progress(quiet or not output) as report:
        lesson = pipeline.lesson_of(paths, recipe, _lexicon(dictionary), format=format, report=report)
    suffix = _suffix(output, json)
    data = pipeline.terms_table(suffix, lesson, recipe, chosen, "2008" if tbx_2008 else "2019")
    if suffix.casefold() == ".pdf":
        lesson = pipeline.with_unprintable(lesson, recipe.threshold)
    _deliver(data, output, pipeline.terms_mark(suffix), paths, force)
    _finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards cards speech.md -o speech.csv")
def cards(
    sources: Sources,
    output: Output = None,
    split: Split = "",
    longest: Longest = None,
    threshold: Threshold = None,
    hsk: Hsk = None,
    hsk_list: HskLists = "",
    known: Known = None,
    known_from_anki: KnownFromAnki = "",
    field: Field = "",
    parts_suffice: PartsSuffice = False,
    order: CardOrder = "",
    format: Format = "",
    dictionary: Dictionary = None,
    force: Force = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
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
    recipe, paths, home = _recipe(sources, format)
    recipe = _adjusted(recipe, split, longest, threshold)
    recipe = _for_learner(recipe, hsk, hsk_list, known, known_from_anki, field, parts_suffice)
    recipe = replace(recipe, order=_one_of(order, ORDERS, "order") if order else recipe.order)
    results = home / recipe.id
    lock_path = _lock_path(sources, recipe, results)
    lock = _lock(lock_path, results / f"{recipe.id}.lock")
    with _Progress(quiet or not output) as report:
        lesson, deck, lock = pipeline.deck_of(
            paths, recipe, _lexicon(dictionary), lock, int(time.time()), format=format, report=report
        )
        suffix = _suffix(output, json=False)
        data = anki.export(suffix, deck, lock)
    locks = {lock_path: anki.write_lock(lock)} if _is_recipe(sources[0]) else {}
    _deliver(data, output, anki.mark(suffix, data), paths, force, locks)
    _finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards report speech.md -o report.html")
def report(
    sources: Sources,
    output: Output = None,
    split: Split = "",
    longest: Longest = None,
    threshold: Threshold = None,
    format: Format = "",
    dictionary: Dictionary = None,
    force: Force = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a page (HTML) that shows every pair, how sure it is, and all that was noticed; on stdout without -o."""
    from flashcards import build as pipeline
    from flashcards.report import MARK

    recipe, paths, _ = _recipe(sources, format)
    recipe = _adjusted(recipe, split, longest, threshold)
    with _Progress(quiet or not output) as progress:
        lesson = pipeline.lesson_of(
            paths, recipe, _lexicon(dictionary), format=format, report=progress
        )
    _deliver(pipeline.make_report(lesson, recipe.threshold), output, MARK, paths, force)
    _finish(lesson, recipe.threshold, quiet, verbose, strict)


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
    dictionary: Dictionary = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Print the pinyin of Chinese text, a line for each line."""
    from flashcards import chinese
    from flashcards.model import Finding, Place

    if by not in ("words", "syllables"):
        raise UsageError(f'"{by}" is neither words nor syllables', "give --by words or --by syllables")
    spelling = chinese.Spelling(_one_of(style, chinese.STYLES, "style"), by == "syllables", sandhi, read_numbers)
    analyser = chinese.Analyser(_lexicon(dictionary), spelling=spelling, taiwan=taiwan)
    source = "stdin" if text == "-" else text if len(text) < 80 else "the text"
    for number, line in enumerate(_lines(text), 1):
        zh, _, english = line.partition("\t") if pairs else (line, "", "")
        words = analyser.words(analyser.cut(zh, english), english)
        if json:
            _print_json({"text": zh, "words": [_reading(word) for word in words]})
        else:
            # A line with a stop is running text; one without may be a word.
            print(terminal(pinyin_line(words, begins=re.search("[。！？!?.]", zh) is not None)))
        if unread := "".join(dict.fromkeys(chinese.unread(words))):
            message = f"no reading is known of {unread}, so the characters stand as they are"
            if not quiet:
                print(_line(Finding("pinyin", Place(source, number), "warning", message)), file=sys.stderr)


def _reading(word: "Word") -> dict[str, Any]:
    """A word as `pinyin --json` prints it; "check" only where a human should look at its reading."""
    record = {"text": word.text, "reading": word.reading, "pinyin": word.pinyin}
    return record | {"check": True} if word.check else record


@app.command(epilog="Example: flashcards quiz speech.md --count 20 --versions 2 --paper us-letter")
def quiz(
    sources: Sources,
    kind: Annotated[str, typer.Option(help="Kinds of questions, with commas: cloze.")] = "cloze",
    format: Annotated[str, typer.Option(help="Formats of the sheets, with commas: pdf.")] = "pdf",
    versions: Annotated[int, typer.Option(min=1, max=26, help="How many versions, shuffled differently.")] = 1,
    seed: Annotated[int | None, typer.Option(help="Shuffles; the same seed gives the same quiz.")] = None,
    count: Annotated[int | None, typer.Option(min=5, help="The most questions (default: the recipe's, 30).")] = None,
    paper: Annotated[str, typer.Option(help="a4 or us-letter (default: the recipe's, a4).")] = "",
    split: Split = "",
    longest: Longest = None,
    threshold: Threshold = None,
    out: Folder = None,
    source_format: Format = "",
    dictionary: Dictionary = None,
    force: Force = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make quizzes to print, with an answer key on a page of its own."""
    from flashcards import build as pipeline
    from flashcards import files
    from flashcards.recipe import PAPERS

    recipe, paths, home = _recipe(sources, source_format)
    recipe = replace(
        _adjusted(recipe, split, longest, threshold),
        seed=recipe.seed if seed is None else seed,
        questions=recipe.questions if count is None else count,
        paper=_one_of(paper, PAPERS, "paper") if paper else recipe.paper,
    )
    with _Progress(quiet) as report:
        lexicon = _lexicon(dictionary)
        lesson = pipeline.lesson_of(paths, recipe, lexicon, format=source_format, report=report)
        report("setting the quiz")
        sheets = pipeline.quiz_files(lesson, recipe, lexicon, _some(kind, "kind"), _some(format, "format"), versions)
    folder = out or home / recipe.id
    files.write_results(folder, sheets, recipe.id, source=_source(sources), force=force)
    if not quiet:
        for name in sheets:
            print(terminal(str(folder / name)))
    _finish(lesson, recipe.threshold, quiet, verbose, strict)


@app.command(epilog="Example: flashcards new lesson.md")
def new(
    sources: Sources,
    output: Output = None,
    force: Force = False,
) -> None:
    """Write a recipe for a text: its deck's id, options, and room for corrections."""
    import os

    from flashcards import build as pipeline
    from flashcards import files, recipe

    if _is_recipe(sources[0]):
        raise UsageError(f"{sources[0]} is a recipe already", "name the text that it is to be made for")
    if "-" in sources:
        raise UsageError("a recipe needs a file to read again", "save the text first")
    document, _ = pipeline.read_sources([Path(source) for source in sources])
    id = files.slug(Path(sources[0]).stem)
    path = output or Path(f"{id}.toml")
    if not _is_recipe(str(path)):
        raise UsageError(f"{path} would not be known as a recipe", "give a name that ends in .toml")
    if path.exists() and not force:
        raise OutputError(f"{path} is there already", "choose another name with -o, or give --force")
    relative = tuple(Path(os.path.relpath(source, path.parent)).as_posix() for source in sources)
    files.write_all({path: recipe.new_recipe(id, relative, document.title or id).encode()})
    print(terminal(str(path)))


@app.command(epilog="Example: flashcards check decks/speech/speech.apkg")
def check(
    target: Annotated[Path, typer.Argument(metavar="DECK_OR_RECIPE", help="An .apkg file or a recipe.")],
    json: Json = False,
) -> None:
    """Look for mistakes in a deck or a recipe; exit with 1 if there are any."""
    from flashcards import decks

    findings = decks.check(target, int(time.time()))
    for finding in findings:
        if json:
            _print_json(_record(finding))
        else:
            print(_line(finding))
    if not findings and not json:
        print(terminal(f"{target}: no mistakes"))
    if findings:
        raise typer.Exit(1)


@app.command(epilog="Example: flashcards push my-lesson.toml")
def push(
    target: Annotated[
        Path, typer.Argument(metavar="DECK_OR_RECIPE", help="An .apkg file, or the recipe that it was built of.")
    ],
    json: Json = False,
    quiet: Quiet = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Tell how to find the notes that are in the deck no more.")
    ] = False,
) -> None:
    """Send a deck that was built to a running Anki (with the add-on AnkiConnect), and tell what that changed."""
    from flashcards import decks

    with _Progress(quiet or json) as report:
        report("sending the deck to Anki")
        pushed = decks.push(target, int(time.time()))
    for finding in pushed.findings if not quiet else ():
        print(_line(finding), file=sys.stderr)
    done = pushed.changes
    if json:
        _print_json({
            "deck": str(pushed.path), "id": pushed.deck_id, "notes": pushed.notes,
            "added": done.added, "updated": done.updated, "unchanged": done.unchanged, "missing": done.missing,
            "left": list(done.left), "warnings": len(pushed.findings),
        })  # fmt: skip
    elif not quiet:
        search = f": nid:{','.join(map(str, done.left))}" if verbose else ""
        lines = [
            (done.added, "added", ""),
            (done.updated, "updated", ""),
            (done.unchanged, "unchanged", ""),
            (done.missing, "missing", "not in Anki under their keys, which were changed there"),
            (len(done.left), "left", f"in the deck no more; they stay in Anki, with their reviews{search}"),
        ]
        print(terminal(pushed.deck_id))
        for count, what, remark in lines:
            if count or not remark:
                print(f"{count:>6} {what:<10} {remark}".rstrip())


def _is_recipe(source: str) -> bool:
    return Path(source).suffix.lower() == ".toml"


def _recipe(sources: Sequence[str], format: str) -> tuple["Recipe", list[Path | str], Path]:
    """The recipe, the files to read, and the folder where results go by default."""
    from flashcards import files, readers
    from flashcards.recipe import Recipe, load

    readers.require_format(format)
    if len(set(sources)) < len(sources):
        raise UsageError("a source is named twice", "name each once")
    if any(_is_recipe(source) for source in sources[1:]):
        raise UsageError("a recipe names its own sources", "give the recipe alone")
    if not _is_recipe(sources[0]):
        name = "stdin" if sources[0] == "-" else Path(sources[0]).stem
        return Recipe(files.slug(name), tuple(sources)), list(sources), Path()
    if len(sources) > 1:
        raise UsageError("a recipe names its own sources", "give the recipe alone")
    path = Path(sources[0])
    recipe = load(path)
    return recipe, [path.parent / source for source in recipe.sources], path.parent


def _adjusted(recipe: "Recipe", split: str, longest: int | None, threshold: float | None) -> "Recipe":
    """The recipe with what the command line says otherwise."""
    from flashcards.recipe import SPLITS

    return replace(
        recipe,
        split=_one_of(split, SPLITS, "split") if split else recipe.split,
        max_characters=recipe.max_characters if longest is None else longest,
        threshold=recipe.threshold if threshold is None else threshold,
    )


def _for_learner(
    recipe: "Recipe",
    hsk: int | None,
    hsk_list: str,
    known: Sequence[Path] | None,
    anki: str,
    field: str,
    parts_suffice: bool,
) -> "Recipe":
    """The recipe with what the command line says of the learner; known words come on top of the recipe's."""
    from flashcards.model import HSK_LISTS
    from flashcards.recipe import level_fault

    recipe = replace(
        recipe,
        hsk=recipe.hsk if hsk is None else hsk,
        hsk_list=_one_of(hsk_list, HSK_LISTS, "HSK list") if hsk_list else recipe.hsk_list,
        known=(*recipe.known, *map(str, known or ())),
        anki_known=anki or recipe.anki_known,
        anki_field=field or recipe.anki_field,
        parts_suffice=parts_suffice or recipe.parts_suffice,
    )
    if fault := level_fault(recipe):
        raise UsageError(*fault)
    if recipe.anki_field and not recipe.anki_known:
        raise UsageError("--field names a field of Anki's notes", "say which with --known-from-anki")
    return recipe


def _source(sources: Sequence[str]) -> str:
    """The text that results are made from: without a recipe two texts of one name are still two texts."""
    return "" if _is_recipe(sources[0]) else str(Path(sources[0]).absolute())


def _lock_path(sources: Sequence[str], recipe: "Recipe", folder: Path) -> Path:
    """Where the deck's lock belongs: beside its recipe; without a recipe with the results."""
    return Path(sources[0]).with_suffix(".lock") if _is_recipe(sources[0]) else folder / f"{recipe.id}.lock"


def _lock(own: Path, earlier: Path) -> "Lock":
    """The deck's lock; that of its builds without a recipe if it has none yet; else an empty one."""
    from flashcards import cards, files

    for path in (own, earlier):
        try:
            found = path.is_file()
        except (OSError, ValueError):    # no name that a file can have; writing will say so
            found = False
        if found:
            return cards.read_lock(files.read_bytes(path), str(path))
    return cards.Lock()


def _with_lost_lock(lesson: "Lesson", lock: Path) -> "Lesson":
    """The lesson with a warning that its deck has been built before, but its lock is not there any more."""
    from flashcards.model import Finding

    message = f"the deck has been built before, but {lock.name} is gone: to Anki, notes that were mended are new ones"
    remedy = "fetch it from a copy or from version control, and build again"
    return replace(lesson, findings=(*lesson.findings, Finding("cards", None, "warning", message, remedy)))


def _lexicon(dictionary: Path | None) -> "Lexicon":
    from flashcards.lexicon import open_lexicon

    return open_lexicon(dictionary)


def _one_of(name: str, known: Sequence[Choice], what: str) -> Choice:
    """The value of that name."""
    for each in known:
        if each == name:
            return each
    raise UsageError(f'no {what} is called "{name}"', f"there are {', '.join(known)}")


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _some(text: str, what: str) -> list[str]:
    names = _names(text)
    if not names:
        raise UsageError(f"no {what} is named", f"name one with --{what}")
    return names


def _lines(text: str) -> Iterable[str]:
    """The lines of the text itself, of the file that it names, or of stdin."""
    from flashcards import readers

    try:
        named = text == "-" or Path(text).exists()
    except (OSError, ValueError):    # too long for a file's name, or with a character that none can have
        named = False
    looks_named = re.fullmatch(r"[^\s]*[/\\][^\s]*|[\w.-]+\.(?:txt|md|markdown)", text) is not None
    return readers.lines(text) if named or looks_named else text.split("\n")


def _suffix(output: Path | None, json: bool) -> str:
    """Which format is wanted: that of the file, or of what is printed."""
    return output.suffix if output is not None else ".jsonl" if json else ".tsv"


def _deliver(
    data: bytes,
    output: Path | None,
    mark: bytes,
    sources: Sequence[Path | str],
    force: bool,
    also: Mapping[Path, bytes] | None = None,
) -> None:
    """A result on stdout, or in a file, unless a file that does not begin with the mark is there already.

    `also` are files that must change with it.
    """
    from flashcards import files

    if output is None:
        files.write_all(also or {})
        sys.stdout.buffer.write(data)
    else:
        files.write_result(output, data, mark, [Path(source) for source in sources], also=also, force=force)


class _Progress:
    """What is being done, on one line of a terminal; nothing where stderr is none."""

    def __init__(self, silent: bool) -> None:
        self._shown = sys.stderr.isatty() and not silent

    def __enter__(self) -> "Report":
        def report(what: str) -> None:
            if self._shown:
                print(f"\r\x1b[K{what}…", end="", file=sys.stderr, flush=True)

        return report

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _print_summary(product: "Product", folder: Path, threshold: float) -> None:
    from flashcards.build import summary

    facts = summary(product, threshold)
    rendered = f"{facts['sure_renderings']} with a sure rendering"
    lines = [
        *_pair_lines(facts, threshold),
        *_omission_lines(facts),
        (facts["terms"], "terms", rendered if facts["pairs"] or not facts["untranslated"] else "from the dictionary"),
    ]
    if product.deck:
        kinds = ", ".join(f"{count} {kind}" for kind, count in facts["cards"].items())
        lines.append((sum(facts["cards"].values()), "cards", kinds))
    if product.quiz and (product.quiz.items or not facts["untranslated"]):
        lines.append((facts["questions"], "questions", f"{len({i.options for i in product.quiz.items})} word banks"))
    print(terminal(facts["title"]))
    for count, what, remark in lines:
        print(f"{count:>6} {what:<10} {remark}".rstrip())
    for name in product.files:
        print(terminal(f"       {folder / name}"))
    if facts["english_would_add"]:
        print(f"       The text has no English; its English would add {facts['english_would_add']}.")


def _pair_lines(facts: Mapping[str, Any], threshold: float) -> list[tuple[int, str, str]]:
    """What the summary says of the pairs, and of the sentences of a text in Chinese alone."""
    untranslated, pairs = facts["untranslated"], facts["pairs"]
    doubtful = f"{facts['doubtful']} doubtful (under {threshold:g}): no cards from them, see pairs.tsv"
    lines = [(untranslated, "sentences", "without English")] if untranslated else []
    return [*lines, (pairs, "pairs", doubtful if facts["doubtful"] else "all sure")] if pairs or not lines else lines


def _omission_lines(facts: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """What the summary says of sentences that nothing translates: nothing if there are none."""
    zh, en = facts["omissions_zh"], facts["omissions_en"]
    return [(zh + en, "omissions", f"{zh} Chinese, {en} English sentences without translation")] if zh + en else []


def _finish(lesson: "Lesson", threshold: float, quiet: bool, verbose: bool, strict: bool) -> None:
    """Print the findings, all doubts if wanted, and leave with 1 if there are warnings that the user will not have."""
    from flashcards.build import doubts

    findings = [*lesson.findings, *(doubts(lesson, threshold) if verbose else ())]
    warnings = [finding for finding in findings if finding.level == "warning"]
    if not quiet:
        for finding in findings if verbose else warnings:
            print(_line(finding), file=sys.stderr)
    if strict and warnings:
        raise typer.Exit(1)


def _line(finding: "Finding") -> str:
    where = f"{finding.where}: " if finding.where else ""
    remedy = f" ({finding.remedy})" if finding.remedy else ""
    return terminal(f"{finding.level}: {where}{finding.message}{remedy}".replace("\n", " "))


def _record(finding: "Finding") -> dict[str, str]:
    return {
        "level": finding.level,
        "stage": finding.stage,
        "where": str(finding.where or ""),
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _print_json(value: object) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
