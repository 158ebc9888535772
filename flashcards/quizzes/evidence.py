"""Which English of a pair stands for a word or a term, as far as the dictionary vouches for it."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from flashcards.links.english import content_stems, stem, tokens
from flashcards.model import Rendering, Word
from flashcards.quizzes.english import English
from flashcards.quizzes.senses import Sense, Senses
from flashcards.quizzes.wordclass import WordClass

_LONGEST_SENSE = 3
"""A sense of more content words describes its word; it does not translate it."""

_BACKED = 0.6
"""The share of a rendering's words that the dictionary must have for its term: what the extraction is sure of is not
enough, in fiction it often takes in the English of a neighbour."""

_WHOLE = 0.5
"""English with no more than this share of a sense's words is a part of the translation only (一无所知: "knew")."""

_SAME_STEM = 5
"""Stems that agree in so many letters are one word in two forms: industri, industrial."""

_STARTS_ANEW = frozenset("the a an i my me we our us you your he his him she her they their them its".split())
_LINKS = frozenset("of in on to for with from by at and or".split())
_EMPTY = frozenset("a an the to be of for one's sb sth".split())
_PARTICLES = frozenset("up out off away".split())
_WORD = re.compile(r"[a-z'-]+")


def rendering_passage(
    text: str, words: Sequence[Word], renderings: Sequence[Rendering], english: English, senses: Senses
) -> range | None:
    """Where a term's English stands, None unless it does exactly once and the dictionary vouches for it.

    The surest rendering comes first. What the dictionary does not have is cut off at its edges; of what is left it must
    have most, and each part of a compound must have a share in it.
    """
    parts = [text] if text in senses.lexicon else [word.text for word in words]
    known = [senses.stems(part) for part in parts]
    for rendering in sorted(renderings, key=lambda rendering: -rendering.confidence):
        passage = english.find([token.stem for token in tokens(rendering.citation)])
        passage = passage and _trimmed(passage, english, known)
        if passage and len(english.stems(passage)) <= len(text) and _is_backed(english.stems(passage), known):
            return _with_particle(passage, english)
    return None


def _trimmed(passage: range, english: English, known: Sequence[Collection[str]]) -> range | None:
    """The passage from its first word that the dictionary has for the term to its last one."""
    backed = [at for at in passage if english.tokens[at].is_content and _has(known, english.tokens[at].stem)]
    return range(backed[0], backed[-1] + 1) if backed else None


def _is_backed(stems: Sequence[str], known: Sequence[Collection[str]]) -> bool:
    covered = all(any(_has([own], each) for each in stems) for own in known)
    return covered and sum(_has(known, each) for each in stems) >= _BACKED * len(stems)


def _has(known: Iterable[Collection[str]], stem: str) -> bool:
    return any(_same(stem, other) for own in known for other in own)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _SAME_STEM and one[:_SAME_STEM] == other[:_SAME_STEM])


def _with_particle(passage: range, english: English) -> range:
    """The passage with the particle of a verb at its end: "reform and opening" of 改革开放 becomes "... opening up"."""
    end = passage.stop
    is_verb = english.tokens[end - 1].lower.endswith(("ing", "ed"))
    follows = end < len(english.tokens) and english.tokens[end].lower in _PARTICLES
    return range(passage.start, end + 1) if is_verb and follows else passage


def is_noun_phrase(
    passage: range, words: Sequence[Word], english: English, outside: Collection[str], senses: Senses
) -> bool:
    """Whether a compound's English is one whole noun phrase, built as the compound is.

    No article or pronoun stands in its middle (那|时节|医院: "time the hospital"); the words that touch it belong to
    others; and its head, the last word unless there is an "of", is what the compound's last word means (使命光荣, "a
    glorious mission", is a clause).

    Args:
        passage: where it stands.
        words: the compound's words.
        english: the English side.
        outside: the stems that the dictionary has for the other words of the sentence.
        senses: the dictionary.
    """
    inner = [english.tokens[at] for at in passage]
    if any(token.lower in _STARTS_ANEW and before.lower not in _LINKS for before, token in pairwise(inner)):
        return False
    beside = [english.tokens[at] for at in (passage.start - 1, passage.stop) if 0 <= at < len(english.tokens)]
    if any(token.is_content and not _has([outside], token.stem) for token in beside):
        return False
    turned = any(token.lower in _LINKS for token in inner)
    return turned or _has([senses.stems(words[-1].text)], inner[-1].stem)


def sense_passage(own: Sequence[Sense], kind: WordClass, english: English) -> range | None:
    """Where the longest sense of a word stands in the English, each of its stems exactly once; None if none does.

    A verb has the senses with "to", a noun those without: 穿着 is not "clothes" where it is worn.
    """
    fitting = [
        sense
        for sense in own
        if len(sense.stems) <= _LONGEST_SENSE and kind not in (("noun",) if sense.verbal else ("verb",))
    ]
    passages = (english.gather(sense.stems) for sense in sorted(fitting, key=lambda sense: -len(sense.stems)))
    passage = next((passage for passage in passages if passage is not None), None)
    return passage and _with_particle(passage, english)


def gloss(surface: str, own: Sequence[Sense]) -> str:
    """What to show as a key's meaning: the text's English, or the nearest sense if that is only a part of it.

    A word without senses has the text's English.
    """
    stems = {stem(word) for word in _WORD.findall(surface.casefold())}

    def share(sense: Sense) -> float:
        words = [stem(word) for word in _WORD.findall(sense.text.casefold()) if word not in _EMPTY]
        return sum(word in stems for word in words) / max(1, len(words))

    nearest = max(own, key=share, default=None)
    if nearest is None or share(nearest) > _WHOLE or not set(content_stems(surface)) & nearest.stems:
        return surface
    return nearest.text
