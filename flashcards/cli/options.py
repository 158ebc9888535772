"""The options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from flashcards.readers import READERS

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
