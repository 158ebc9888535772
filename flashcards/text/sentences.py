"""From blocks to sentences, the units that are aligned and learnt."""

from collections.abc import Iterable
from itertools import pairwise

from flashcards.model import Block, Language, Sentence
from flashcards.text.chinese_sentences import chinese_boundaries
from flashcards.text.english_sentences import english_boundaries

_BOUNDARIES = {"zh": chinese_boundaries, "en": english_boundaries}


def sentences(text: str, lang: Language) -> list[str]:
    """The sentences of a paragraph, without the white space between them; nothing else is lost.

    >>> sentences("“What now?” “Dr. Who knows.” He left.", "en")
    ['“What now?”', '“Dr. Who knows.”', 'He left.']
    >>> sentences("“察势者明，趋势者智。”人类生活在同一个地球村。", "zh")
    ['“察势者明，趋势者智。”', '人类生活在同一个地球村。']
    """
    cuts = [0, *_BOUNDARIES[lang](text), len(text)]
    return [sentence for start, end in pairwise(cuts) if (sentence := text[start:end].strip())]


def split(blocks: Iterable[Block]) -> tuple[Sentence, ...]:
    """The sentences of the blocks; headings stay whole."""
    return tuple(
        Sentence(text, block.lang, block.where, block.row, block.group)
        for block in blocks
        for text in ([block.text] if block.kind == "heading" else sentences(block.text, block.lang))
    )


def units(blocks: Iterable[Block]) -> tuple[Sentence, ...]:
    """Every block as one sentence, for a text whose lines are already the units wanted."""
    return tuple(Sentence(block.text, block.lang, block.where, block.row, block.group) for block in blocks)
