"""The notes as a Markdown page to read or to print."""

from collections.abc import Iterable, Iterator, Mapping

from flashcards.cards.plain import blanked, lines, plain
from flashcards.markup import markdown_text
from flashcards.model import Deck

MARK = "[//]: # (flashcards notes)"
"""The first line: the definition of a link that is nowhere used, so that nothing of it is shown."""

_BLANK = "\uff3f" * 4    # full-width low lines, which are no markup

Fields = Mapping[str, str]
Item = tuple[str, ...]
"""The lines of an item of a list, as Markdown."""


def markdown(deck: Deck) -> bytes:
    """Terms, sentences and clozes, each in the order in which they are learnt, and the clozes' key at the end."""
    notes = sorted(deck.notes, key=lambda note: note.due)
    of_kind = {kind: [dict(n.fields) for n in notes if n.kind == kind] for kind in ("term", "sentence", "cloze")}
    clozes = [blanked(fields["Text"], _BLANK) for fields in of_kind["cloze"]]
    sections = {
        "Terms": map(_term, of_kind["term"]),
        "Sentences": map(_sentence, of_kind["sentence"]),
        "Blanks": (
            _lines(text, *lines(fields["English"])) for (text, _), fields in zip(clozes, of_kind["cloze"], strict=True)
        ),
        "Key to the blanks": (_lines("; ".join(answers)) for _, answers in clozes),
    }
    parts = [MARK, f"# {markdown_text(deck.name)}"]
    parts += [markdown_text(line) for line in lines(deck.description) if line != deck.name]
    parts += [part for title, items in sections.items() for part in _section(title, items)]
    return ("\n\n".join(parts) + "\n").encode()


def _term(fields: Fields) -> Item:
    english = "; ".join(plain(fields[name]) for name in ("Rendering", "OtherRenderings", "Definition") if fields[name])
    said = (_wrapped("**", fields["Hanzi"]), _wrapped("*", fields["Pinyin"]), markdown_text(english))
    return " · ".join(filter(None, said)), *_lines(plain(fields["Sentence"]), plain(fields["SentenceEnglish"]))


def _sentence(fields: Fields) -> Item:
    pinyin = filter(None, [_wrapped("*", fields["Pinyin"])])
    return *_lines(plain(fields["Hanzi"])), *pinyin, *_lines(*lines(fields["English"]))


def _lines(*texts: str) -> Item:
    return tuple(filter(None, map(markdown_text, texts)))


def _wrapped(stars: str, field: str) -> str:
    """The field's text emphasised; nothing if there is none, as stars alone would be a line across the page."""
    text = markdown_text(plain(field))
    return f"{stars}{text}{stars}" if text else ""


def _section(title: str, items: Iterable[Item]) -> Iterator[str]:
    """A heading and a numbered list; nothing if there are no items."""
    numbered = []
    for number, item in enumerate(items, 1):
        label = f"{number}. "
        numbered.append(label + ("\\\n" + " " * len(label)).join(item))
    if numbered:
        yield f"## {title}"
        yield "\n".join(numbered)
