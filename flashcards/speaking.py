"""Having the cards read out: what is said, by whom, and where the sounds are kept."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from flashcards import audio, cards, chinese
from flashcards.lexicon import Lexicon, cache_folder
from flashcards.markup import pinyin_line
from flashcards.model import Word
from flashcards.recipe import Recipe


def speaker_of(recipe: Recipe, lexicon: Lexicon, report: Callable[[str], None]) -> cards.Speaker | None:
    """What gives texts their sounds, which are kept in the user's cache; None if the learner's own Anki reads.

    Raises:
        UsageError: there is no such provider, or no command for it.
        MissingError: what it needs is not installed.
    """
    if recipe.audio in ("", "anki"):
        return None
    provider = audio.provider(recipe.audio)
    spelling = chinese.Spelling("numbers", sandhi=True, numbers=True)
    analyser = chinese.Analyser(lexicon, spelling=spelling, taiwan=recipe.taiwan)

    def speak(texts: Mapping[str, Sequence[Word]]) -> Mapping[str, Path]:
        spoken = {text: audio.Spoken(text, spoken_pinyin(words, analyser)) for text, words in texts.items()}
        return audio.speak(spoken, provider, cache_folder() / "audio", report)

    return speak


def spoken_pinyin(words: Sequence[Word], analyser: chinese.Analyser) -> str:
    """How words are said, as `audio.Spoken` has it, by an analyser that spells so; they are read as they are.

    Foreign letters and digits come apart: H1N1 would be a syllable with its tone.
    """
    syllables = [syllable for word in words for syllable in word.reading]
    said = analyser.term([word.text for word in words], syllables)
    out = []
    before = ""    # the last character of a word that is as the text has it, full width or half
    for word in said:
        kept = unicodedata.normalize("NFKC", word.text) == word.pinyin
        out.append(replace(word, pinyin=_apart(before + word.pinyin)[len(before) :]) if kept else word)
        before = word.pinyin[-1:] if kept else ""
    return pinyin_line(out)


def _apart(text: str) -> str:
    """The text with a space between letters and digits.

    >>> _apart("H1N1"), _apart("COVID-19"), _apart("èrshí")
    ('H 1 N 1', 'COVID-19', 'èrshí')
    """
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", text)
