"""Writing: a draft becomes a note, its fields HTML in the order of its note type."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path
from typing import Literal

from flashcards.cards.drafts import Blank, Draft, SentenceDraft, TermDraft, asked, occurrences
from flashcards.cards.notetypes import KINDS, CardChoice, note_type
from flashcards.markup import anki_ruby, anki_text, level_name, pinyin_line
from flashcards.model import Gloss, Note, Pair, Place, Span, Word, stable_id

_LONG = {"longer": 9, "long": 6}
"""From how many characters on a headword has a smaller size, to stay on one line of a phone of 360 px."""
_UNSPOKEN = re.compile(r"[][<>{}\\]+")
_CLOZE_NUMBER = re.compile(r"\{\{c(\d+)::")
_KEY = re.compile(rf"(\S+) (?:{'|'.join(KINDS)}) \S+")
Script = Literal["zh-Hans", "zh-Hant"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the notes of one deck have in common.

    `meanings` are what the dictionary says of words, by their text, for sentences without a translation; `audio` sound
    files by the Chinese text that they read; `topics` are tags.
    """

    deck_id: str
    cards: CardChoice
    script: Script
    meanings: Mapping[str, str]
    audio: Mapping[str, Path]
    topics: tuple[str, ...] = ()

    @property
    def toned(self) -> bool:
        """Whether each character is marked with its tone."""
        return self.cards.tones != "none"

    def look(self, headword: str = "") -> str:
        """The classes of what has pinyin.

        They say by which scheme tones are coloured, whether pinyin is shown at once, and how long a headword is.
        """
        tones = self.cards.tones if self.toned else ""
        shown = "shown" if self.cards.pinyin_shown else ""
        size = next((name for name, least in _LONG.items() if len(headword) >= least), "")
        return " ".join(filter(None, (tones, shown, size)))


def write_note(draft: Draft, identity: str, numbers: Mapping[str, int], setting: Setting, due: int) -> Note:
    """The note for a draft.

    Args:
        draft: what the note is about.
        identity: the id that the note keeps.
        numbers: for a cloze, the number of each term that it hides, by the term's id.
        setting: what it shares with the deck's other notes.
        due: its place in the order of new cards, from 1.
    """
    values = (
        _term_fields(draft, setting)
        if isinstance(draft, TermDraft)
        else _sentence_fields(draft, numbers, setting)
    )
    level = draft.term.level if isinstance(draft, TermDraft) else 0
    values |= {
        "Key": _key(setting.deck_id, draft.kind, identity),
        "Spoken": spoken(draft.zh),
        "Audio": f"[sound:{setting.audio[draft.zh].name}]" if draft.zh in setting.audio else "",
        "Script": setting.script,
        "Look": setting.look(draft.zh if isinstance(draft, TermDraft) else ""),
    }
    cards = asked(draft, setting.cards)
    kind = note_type(draft.kind)
    values |= {card.flag: "yes" for card in kind.cards if card.flag and card.name.lower() in cards}
    return Note(
        id=identity,
        kind=draft.kind,
        fields=tuple((name, values.get(name, "")) for name in kind.fields),
        cards=cards,
        tags=_tags(setting, draft.kind, level),
        due=due,
    )


def _key(deck_id: str, kind: str, identity: str) -> str:
    return anki_text(f"{deck_id} {kind} {identity}")


def is_of_deck(fields: Sequence[str], deck_id: str) -> bool:
    """Whether the fields of a note in Anki, of which the first is its key, are those of a note of this deck."""
    return any(field.startswith(_key(deck_id, kind, "")) for field in fields[:1] for kind in KINDS)


def deck_of(key: str) -> str:
    """The deck's id in a key, as HTML like the key; "" if this is no key of ours."""
    match = _KEY.fullmatch(key)
    return match[1] if match else ""


def beginnings(deck: str) -> tuple[str, ...]:
    """How the keys of a deck begin, one of each kind; `deck` is its id as `deck_of` gives it."""
    return tuple(f"{deck} {kind} " for kind in KINDS)


def guid(deck_id: str, note: Note) -> str:
    """The id by which Anki knows the note in every collection: two decks never share one."""
    return stable_id("guid", deck_id, note.kind, note.id)


def spoken(text: str) -> str:
    """What a voice reads instead of a text with marks that it would name, or take for markup; "" for any other.

    >>> spoken("上海[1]精神"), spoken("上海精神")
    ('上海 1 精神', '')
    """
    said = _UNSPOKEN.sub(" ", text).replace("...", "…").strip()
    return anki_text(said) if said != text and any(map(str.isalnum, said)) else ""


def cloze_numbers(text: str) -> list[int]:
    """The numbers of the clozes in a field, each once, in order: each makes a card."""
    return sorted({int(number) for number in _CLOZE_NUMBER.findall(text)})


def count(note: Note) -> int:
    """The number of cards that the note makes."""
    return len(cloze_numbers(dict(note.fields)["Text"])) if note.kind == "cloze" else len(note.cards)


def _tags(setting: Setting, kind: str, level: int) -> tuple[str, ...]:
    """Anki parts tags at spaces and nests them at two colons."""
    tags = [f"flashcards::{setting.deck_id}", f"flashcards::{kind}"]
    if level:
        tags.append(f"HSK::{level_name(level)}")
    tags += (f"topic::{topic}" for topic in setting.topics)
    return tuple(dict.fromkeys(re.sub(r"\s+", "-", tag.strip()) for tag in tags))


def _term_fields(draft: TermDraft, setting: Setting) -> dict[str, str]:
    term, example = draft.term, draft.example
    values = {
        **_spelling(term.words, setting.toned),
        "Hanzi": anki_text(term.text),
        "Rendering": anki_text(draft.renderings[0].citation) if draft.renderings else "",
        "OtherRenderings": anki_text(", ".join(r.citation for r in draft.renderings[1:3])),
        "Definition": anki_text(term.definition) if term.says_more(draft.renderings) else "",
        "Senses": "<br>".join(map(anki_text, term.senses)) if set(term.senses) - {term.definition} else "",
        "Parts": "<br>".join(_part(part, setting.script) for part in term.parts),
        "Level": f"HSK {level_name(term.level)}" if term.level else "",
    }
    evidence = [f"rendering {_percent(draft.renderings[0].confidence)}"] if draft.renderings else []
    if example is not None:
        pair = example.pair
        shown = {r.citation.casefold() for r in draft.renderings}
        here = [r for r in term.renderings if r.pair_id == pair.id and r.citation.casefold() in shown]
        spans = tuple(occurrences(term.text, pair.zh))
        values |= {
            "Sentence": _marked(pair.zh, spans),
            "SentenceRuby": _ruby(example.words, spans, _in_mark, setting.toned),
            "SentenceEnglish": _marked(pair.en, _apart(span for rendering in here for span in rendering.spans)),
            "Source": _source(pair),
        }
        evidence = [*_evidence(pair), *evidence]
    return values | {"Evidence": anki_text(" · ".join(evidence))}


def _part(part: Gloss, script: Script) -> str:
    """What a part of the term is, how it is read, and what it means."""
    said = " · ".join(filter(None, (part.pinyin, part.gloss)))
    return f'<span lang="{script}">{anki_text(part.text)}</span> {anki_text(said)}'


def _sentence_fields(draft: SentenceDraft, numbers: Mapping[str, int], setting: Setting) -> dict[str, str]:
    pair, words = draft.line.pair, draft.line.words
    level = max((word.level for word in words), default=0)
    values = {
        **_spelling(words, setting.toned, begins=draft.line.pair.part <= 1),
        "Hanzi": anki_text(pair.zh),
        "English": anki_text(pair.en) or "<br>".join(_meanings(words, setting)),
        "Level": f"up to HSK {level_name(level)}" if level else "",
        "Source": _source(pair),
        "Evidence": anki_text(" · ".join(_evidence(pair))),
    }
    if draft.blanks:
        values["Text"] = _cloze(words, draft.blanks, numbers, setting.toned)
        values["English"] = _translation(pair.en, draft.blanks, numbers) or values["English"]
    return values


def _meanings(words: Sequence[Word], setting: Setting) -> Iterator[str]:
    """What the dictionary says of the words, each once."""
    for word in dict.fromkeys(word.text for word in words):
        if word in setting.meanings:
            yield f'<span lang="{setting.script}">{anki_text(word)}</span> {anki_text(setting.meanings[word])}'


def _spelling(words: Sequence[Word], toned: bool, begins: bool = False) -> dict[str, str]:
    """The fields that say how the words are read; `begins`: whether a sentence begins with them, as no term does."""
    text = "".join(word.text for word in words)
    simplified = "".join(word.simplified for word in words)
    traditional = "".join(word.traditional for word in words)
    return {
        "Ruby": anki_ruby(words, toned),
        "Pinyin": anki_text(pinyin_line(words, begins)),
        "Zhuyin": anki_text(" ".join(word.zhuyin for word in words if word.zhuyin)),
        "Simplified": anki_text(simplified) if simplified != text else "",
        "Traditional": anki_text(traditional) if traditional != text else "",
    }


def _cloze(words: Sequence[Word], blanks: Sequence[Blank], numbers: Mapping[str, int], toned: bool) -> str:
    """The sentence as ruby, each blank as `{{c1::上海[shàng hǎi]}}`."""
    number = {span: numbers[blank.term.id] for blank in blanks for span in blank.spans}
    return _ruby(words, sorted(number), lambda span, ruby: f"{{{{c{number[span]}::{ruby}}}}}", toned)


def _translation(en: str, blanks: Sequence[Blank], numbers: Mapping[str, int]) -> str:
    """The translation, the English of each blank in a class of the blank's number: b1, b2, ..."""
    number = {span: numbers[blank.term.id] for blank in blanks for span in blank.english}
    return _marked(en, _apart(number), lambda span, html: f'<span class="b{number[span]}">{html}</span>')


def _ruby(words: Sequence[Word], spans: Sequence[Span], wrap: Callable[[Span, str], str], toned: bool) -> str:
    """The words as ruby, those that reach into one of the spans wrapped together."""
    ends = accumulate(len(word.text) for word in words)
    placed = [(word, _span_at(spans, end - len(word.text), end)) for word, end in zip(words, ends, strict=True)]
    out = ""
    for span, group in groupby(placed, key=lambda each: each[1]):
        ruby = anki_ruby((word for word, _ in group), toned)
        out += ruby if span is None else wrap(span, ruby)
    return out


def _span_at(spans: Sequence[Span], start: int, end: int) -> Span | None:
    return next((span for span in spans if span[0] < end and start < span[1]), None)


def _in_mark(_: Span, html: str) -> str:
    return f"<mark>{html}</mark>"


def _marked(text: str, spans: Iterable[Span], wrap: Callable[[Span, str], str] = _in_mark) -> str:
    """The text with the spans, sorted and apart from each other, marked."""
    out, position = "", 0
    for start, end in spans:
        out += anki_text(text[position:start]) + wrap((start, end), anki_text(text[start:end]))
        position = end
    return out + anki_text(text[position:])


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans from left to right, without those that overlap an earlier one."""
    position = 0
    for start, end in sorted(set(spans)):
        if start >= position:
            yield start, end
            position = end


def source_name(where: Place) -> str:
    """The source's name without its folders, which differ from one computer to the next."""
    return re.split(r"[/\\]", where.source)[-1]


def _source(pair: Pair) -> str:
    where = pair.bead.zh[0].where
    return anki_text(source_name(where) + (f", line {where.line}" if where.line else ""))


def _evidence(pair: Pair) -> list[str]:
    return [f"pair {pair.id[:6]}", f"alignment {_percent(pair.confidence)}" if pair.en else "no translation"]


def _percent(confidence: float) -> str:
    """A confidence as it is printed; nothing is ever called certain.

    >>> _percent(0.9996), _percent(0.82)
    ('99%', '82%')
    """
    return f"{min(int(100 * confidence + 0.5), 99)}%"
