"""What a command prints and writes: results on stdout or in files, all else on stderr."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from flashcards.markup import terminal

if TYPE_CHECKING:
    from flashcards.build import Product, Report
    from flashcards.model import Finding, Lesson

def suffix_of(output: Path | None, json: bool) -> str:
    """Which format is wanted: that of the file, or of what is printed."""
    return output.suffix if output is not None else ".jsonl" if json else ".tsv"


def deliver(
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


class Progress:
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


def print_summary(product: "Product", folder: Path, threshold: float) -> None:
    """Tell in figures what a build has made, and where it lies."""
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


def finish(lesson: "Lesson", threshold: float, quiet: bool, verbose: bool, strict: bool) -> None:
    """Print the findings, all doubts if wanted, and leave with 1 if there are warnings that the user will not have."""
    from flashcards.build import doubts

    findings = [*lesson.findings, *(doubts(lesson, threshold) if verbose else ())]
    warnings = [finding for finding in findings if finding.level == "warning"]
    if not quiet:
        for finding in findings if verbose else warnings:
            print(told(finding), file=sys.stderr)
    if strict and warnings:
        raise typer.Exit(1)


def told(finding: "Finding") -> str:
    """A finding in one line."""
    where = f"{finding.where}: " if finding.where else ""
    remedy = f" ({finding.remedy})" if finding.remedy else ""
    return terminal(f"{finding.level}: {where}{finding.message}{remedy}".replace("\n", " "))


def record(finding: "Finding") -> dict[str, str]:
    """A finding as JSON has it."""
    return {
        "level": finding.level,
        "stage": finding.stage,
        "where": str(finding.where or ""),
        "message": finding.message,
        "remedy": finding.remedy,
    }


def print_json(value: object) -> None:
    """Print a value as JSON on one line."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
