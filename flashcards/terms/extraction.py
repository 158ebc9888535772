"""From aligned pairs to ranked terms with their renderings and definitions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flashcards.lexicon import Lexicon
from flashcards.links.english import tokens
from flashcards.links.model1 import Links, word_links
from flashcards.links.prior import TranslationPrior
from flashcards.model import Finding, Pair, Rendering, Term, TermCorrection, Word, term_id
from flashcards.terms import definitions, ranking
from flashcards.terms.candidates import Candidate, candidates, cut_out, units, wanted
from flashcards.terms.learner import Learner, left_out, level_bonus, parts_suffice
from flashcards.terms.renderings import English, Match, best_match, citation, settled, vouched
from flashcards.terms.wordclass import WordClasses

_SUPPORT, _NO_RENDERING = 1.5, -1.0
"""What a rendering that is sure, and one that is missing, add to a candidate's score (set as in `ranking`)."""

_CANDIDATES = 3
"""How many times the limit of candidates are given renderings: the rest cannot reach the first ranks."""


@dataclass(frozen=True)
class Sources:
    """What the terms are made with: the dictionary, and how the units of a term are spelled.

    `read` takes the units and their syllables, one a character, as they are read in the sentences; () if they are in
    none.
    """

    lexicon: Lexicon
    read: Callable[[Sequence[str], Sequence[str]], tuple[Word, ...]]


def find_terms(
    pairs: Sequence[Pair],
    sentences: Sequence[Sequence[Word]],
    sources: Sources,
    limit: int = 100,
    corrections: Sequence[TermCorrection] = (),
    learner: Learner | None = None,
) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """The key terms of a lesson.

    Args:
        pairs: the pairs that may give terms.
        sentences: for each pair the words of its Chinese side.
        sources: the dictionary and the reader.
        limit: the most terms to return, those that a human added not counted.
        corrections: what a human added, dropped or rendered.
        learner: whom the terms are for; what they know is left out, unless a human added or rendered it.

    Returns:
        The terms, the best first, and a finding for each correction that matches nothing.
    """
    lexicon = sources.lexicon
    learner = learner or Learner(lexicon)
    classes = WordClasses(lexicon)
    asked = [c.text for c in corrections if not c.drop]
    chinese = [units([word.text for word in sentence], lexicon) for sentence in sentences]
    for text in asked:
        chinese = [cut_out(sentence, text) for sentence in chinese]
    found = candidates(chinese, lexicon, classes)
    findings = _unmatched(corrections, found, chinese)
    found |= {text: candidate for text in asked if (candidate := wanted(chinese, text))}
    for correction in corrections:
        if correction.drop:
            found.pop(correction.text, None)
    shaped = {text: own + level_bonus(text, learner) for text, own in ranking.scores(found, lexicon, classes).items()}
    skipped = left_out(found, learner)
    taught = [text for text in found if text in asked or text not in skipped]
    promising = sorted(taught, key=lambda text: (text not in asked, -shaped[text]))[: _CANDIDATES * limit + len(asked)]

    prior = TranslationPrior(lexicon)
    english = [English(pair.en, tokens(pair.en)) for pair in pairs]
    links = word_links(chinese, [side.tokens for side in english], prior)
    links, supports = vouched(links, chinese, english, prior)
    renderings = {
        text: _renderings(
            found[text], pairs, english, links, supports, definitions.by_stems(definitions.senses(text, lexicon))
        )
        for text in promising
    }
    for correction in corrections:
        if correction.render and correction.text in renderings:
            first = pairs[found[correction.text].occurrences[0].pair]
            renderings[correction.text] = (_set_by_hand(correction.render, first), *renderings[correction.text])

    def score(text: str) -> float:
        best = renderings[text][:1]
        return shaped[text] + (_SUPPORT * best[0].confidence - 0.6 if best else _NO_RENDERING)

    total = {text: score(text) for text in promising}
    ranked = sorted(promising, key=lambda text: (-total[text], text))
    ranked = [text for text in ranked if text in asked or not parts_suffice(text, learner, renderings[text])]
    chosen = ranking.without_repetition(ranked, found, lexicon)[:limit]
    chosen = [text for text in ranked if text in chosen or text in asked]
    terms = tuple(
        _term(found[text], renderings[text], total[text], chosen, pairs, sentences, english, sources, learner)
        for text in chosen
    )
    return terms, findings


def _unmatched(
    corrections: Sequence[TermCorrection], found: Mapping[str, Candidate], chinese: Sequence[Sequence[str]]
) -> tuple[Finding, ...]:
    """A finding for each correction of a term that is not there."""
    text = "\n".join("".join(sentence) for sentence in chinese)
    return tuple(
        Finding("terms", None, "warning", f'the correction of the term "{c.text}" matches nothing', "check its text")
        for c in corrections
        if (c.text not in found if c.drop else c.text not in text)
    )


def _set_by_hand(text: str, pair: Pair) -> Rendering:
    """The rendering that a human gave; its place in the pair's English, if it stands there."""
    at = pair.en.casefold().find(text.casefold())
    spans = ((at, at + len(text)),) if at >= 0 else ()
    return Rendering(spans, pair.en[at : at + len(text)] if at >= 0 else "", text, pair.id, 1.0)


def _renderings(
    candidate: Candidate,
    pairs: Sequence[Pair],
    english: Sequence[English],
    links: Sequence[Links],
    supports: Sequence[Links],
    glosses: Mapping[tuple[str, ...], str],
) -> tuple[Rendering, ...]:
    """The candidate's different renderings, the one with most support first."""
    groups: defaultdict[str, list[Match]] = defaultdict(list)
    for at in candidate.occurrences:
        match = best_match(candidate, at, english[at.pair], links[at.pair], supports[at.pair], glosses)
        if match is not None:
            groups[match.key].append(match)
    ordered = sorted(groups.values(), key=lambda group: -sum(match.confidence for match in group))
    own = {at.pair for at in candidate.occurrences}
    return tuple(_rendering(group, own, pairs, english) for group in ordered)


def _rendering(
    group: Sequence[Match], own: Collection[int], pairs: Sequence[Pair], english: Sequence[English]
) -> Rendering:
    # A heading capitalises what running text does not: of equal renderings the one in small letters is the citation.
    best = max(group, key=lambda match: (not match.surface[:1].isupper(), match.confidence))
    side = english[best.pair]
    span = (side.tokens[best.start].start, side.tokens[best.end - 1].end)
    sure = settled(sum(match.confidence for match in group) / len(group), best.key, own, english)
    return Rendering((span,), best.surface, citation(best.surface), pairs[best.pair].id, sure)


def reading_in(text: str, sentences: Iterable[Sequence[Word]]) -> tuple[str, ...]:
    """How a term is read in most of the sentences that have it: one syllable a character; () if none has it.

    The sentences' readings know their context and their translation, which the term alone has not.
    """
    found: Counter[tuple[str, ...]] = Counter()
    for sentence in sentences:
        whole = "".join(word.text for word in sentence)
        syllables = [syllable for word in sentence for syllable in word.reading]
        start = whole.find(text)
        while start >= 0:
            found[tuple(syllables[start : start + len(text)])] += 1
            start = whole.find(text, start + len(text))
    return found.most_common(1)[0][0] if found else ()


def _term(
    candidate: Candidate,
    renderings: tuple[Rendering, ...],
    score: float,
    chosen: Sequence[str],
    pairs: Sequence[Pair],
    sentences: Sequence[Sequence[Word]],
    english: Sequence[English],
    sources: Sources,
    learner: Learner,
) -> Term:
    text = candidate.text
    own = definitions.senses(text, sources.lexicon)
    where = sorted({at.pair for at in candidate.occurrences})
    stems = {token.stem for pair in where for token in english[pair].tokens if token.is_content}
    return Term(
        id=term_id(text),
        text=text,
        words=sources.read(
            (text,) if text in sources.lexicon else candidate.units,
            reading_in(text, (sentences[pair] for pair in where)),
        ),
        renderings=renderings,
        definition=definitions.definition(own, stems),
        senses=own,
        level=learner.level(text),
        count=len(candidate.occurrences),
        pair_ids=tuple(pairs[pair].id for pair in where),
        inside=tuple(term_id(other) for other in chosen if other != text and other in text),
        score=score,
    )
