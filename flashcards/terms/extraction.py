"""From aligned pairs to ranked terms with their renderings and definitions."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import plain_glosses
from flashcards.links.model1 import word_links
from flashcards.links.prior import TranslationPrior
from flashcards.model import Finding, Gloss, Pair, Rendering, Term, TermCorrection, Word, term_id
from flashcards.terms import definitions, ranking
from flashcards.terms.candidates import Candidate, candidates, cut_out, units, wanted
from flashcards.terms.citations import Casing, citation
from flashcards.terms.english import English, make_english
from flashcards.terms.forest import Forest
from flashcards.terms.learner import Learner, left_out, level_bonus, parts_suffice
from flashcards.terms.ranking import Rendered, Surroundings
from flashcards.terms.renderings import Searcher, Tally, vouched
from flashcards.terms.weights import Weights, trained
from flashcards.terms.wordclass import WordClasses

_LEAST_TERM = -3.0
"""The log-odds under which a candidate is no term, however few there are: hardly any of such are marked in texts."""

_PROMISING = 800
"""So many candidates are given renderings, or four times the limit: few of the rest reach the first ranks."""

_OVERRULED = 0.5
"""What is left of the confidence of a rendering when a human names another: no card shows it any more."""

_REMEDY = "check its text; only sure pairs have terms"
_LEAST_SURE = 0.2
"""The confidence under which a rendering is none."""


@dataclass(frozen=True)
class Sources:
    """What the terms are made with: the dictionary, and how the units of a term are spelled.

    `read` takes the units and their syllables, one a character, as they are read in the sentences; () if they are in
    none.
    """

    lexicon: Lexicon
    read: Callable[[Sequence[str], Sequence[str]], tuple[Word, ...]]


@dataclass(frozen=True, eq=False)
class Material:
    """What a lesson has to choose from: the units of its sentences, their English, and the candidates by their text."""

    chinese: Sequence[Sequence[str]]
    english: Sequence[English]
    found: Mapping[str, Candidate]
    classes: WordClasses
    lexicon: Lexicon

    def shapes(self, forest: Forest) -> dict[str, float]:
        """How much each candidate looks like a term by its shape, its frequency and its words; higher is better."""
        return dict(zip(self.found, forest(list(self.shape_features.values())), strict=True))

    @cached_property
    def shape_features(self) -> dict[str, dict[str, float]]:
        """The features of each candidate's shape."""
        around, pairs = self.surroundings, len(self.chinese)
        return {
            text: ranking.shape_features(candidate, around, self.lexicon, self.classes, pairs)
            for text, candidate in self.found.items()
        }

    @cached_property
    def surroundings(self) -> Surroundings:
        """Which candidates contain which."""
        return Surroundings(self.found)

    @cached_property
    def searcher(self) -> Searcher:
        """Looks for renderings, by word links over the whole lesson."""
        prior = TranslationPrior(self.lexicon)
        links = word_links(self.chinese, [side.tokens for side in self.english], prior)
        support = vouched(links, self.chinese, self.english, prior)
        return Searcher(self.chinese, self.english, links, support, self.lexicon, self.classes)

    def rank_features(
        self, tallies: Mapping[str, Tally], sure: Mapping[str, Mapping[str, float]]
    ) -> dict[str, dict[str, float]]:
        """The features of each candidate's shape and of its renderings, for ranking.

        Args:
            tallies: what the occurrences of each candidate say.
            sure: for each candidate the confidences of its renderings, the best first, by their stems.
        """
        best = {text: next(iter(sure[text].items()), ("", 0.0)) for text in tallies}
        rendered = {text: _rendered(tallies[text], *best[text]) for text in tallies}
        same = Counter(key for key, _ in best.values() if key)
        return ranking.compared({
            text: self.shape_features[text]
            | ranking.rendering_features(
                self.found[text], rendered[text], self.surroundings, rendered, same[best[text][0]] - 1, self.lexicon
            )
            for text in tallies
        })

    def ranks(self, features: Mapping[str, dict[str, float]], first: Forest, joint: Forest) -> dict[str, float]:
        """How probable, in log-odds, it is that each candidate is a term: by itself, and beside the others."""
        alone = dict(zip(features, first(list(features.values())), strict=True))
        beside = ranking.joint_features(alone, self.found)
        both = joint([features[text] | beside[text] for text in features])
        return {text: (alone[text] + rank) / 2 for text, rank in zip(features, both, strict=True)}


def gather(
    pairs: Sequence[Pair], sentences: Sequence[Sequence[Word]], lexicon: Lexicon, asked: Sequence[str] = ()
) -> Material:
    """What a lesson has to choose from; the texts that a human asked for are candidates wherever they stand."""
    classes = WordClasses(lexicon)
    chinese = [units([word.text for word in sentence], lexicon) for sentence in sentences]
    for text in asked:
        chinese = [cut_out(sentence, text) for sentence in chinese]
    found = candidates(chinese, lexicon, classes)
    if not any(pair.en for pair in pairs):    # nothing but the dictionary explains them
        found = {text: candidate for text, candidate in found.items() if text in lexicon}
    found |= {text: candidate for text in asked if (candidate := wanted(chinese, text))}
    return Material(chinese, make_english([pair.en for pair in pairs], lexicon), found, classes, lexicon)


def _rendered(tally: Tally, key: str, confidence: float) -> Rendered:
    if not key:
        return Rendered()
    seen = tally.best(key)
    pairs_with = int(seen.search.scene.everywhere[seen.span])
    return Rendered(seen.side.surface(seen.span, " "), key, confidence, pairs_with, seen.features)


def confidences(tally: Tally, text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The confidence of each rendering of a term, those that have less than the least left out, by their stems.

    The most frequent comes first.
    """
    found = {}
    for key in tally.ranked():
        score = ranking.weigh(tally.sureness_features(key, text), weights)
        sure = 1 / (1 + math.exp(-score))
        if sure >= _LEAST_SURE:
            found[key] = sure
    return found


def find_terms(
    pairs: Sequence[Pair],
    sentences: Sequence[Sequence[Word]],
    sources: Sources,
    limit: int = 100,
    corrections: Sequence[TermCorrection] = (),
    learner: Learner | None = None,
    weights: Weights | None = None,
) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """The key terms of a lesson.

    Args:
        pairs: the pairs that may give terms.
        sentences: for each pair the words of its Chinese side.
        sources: the dictionary and the reader.
        limit: the most terms to return; those that a human added, and that are not among the best, are not counted.
        corrections: what a human added, dropped, rendered or defined.
        learner: whom the terms are for; what they know is left out, unless a human added or rendered it.
        weights: what the features are worth; those that come with the program if None.

    Returns:
        The terms, the best first, and a finding for each correction that matches nothing.
    """
    weights = weights or trained()
    learner = learner or Learner(sources.lexicon)
    asked = [c.text for c in corrections if not c.drop]
    material = gather(pairs, sentences, sources.lexicon, asked)
    findings = _unmatched(corrections, material)
    skipped = {c.text for c in corrections if c.drop} | (set(left_out(material.found, learner)) - set(asked))
    shapes = {
        text: score + level_bonus(text, learner)
        for text, score in material.shapes(weights.shape).items()
        if text not in skipped
    }
    promising = sorted(shapes, key=lambda text: (-shapes[text], text))[: max(_PROMISING, 4 * limit)]
    promising += [text for text in asked if text in shapes and text not in promising]

    tallies = material.searcher.tallies([material.found[text] for text in promising], weights)
    tallies = {text: tallies.get(text, Tally(1)) for text in promising}
    sure = {text: confidences(tally, text, weights.sureness) for text, tally in tallies.items()}
    if any(pair.en for pair in pairs):
        ranks = material.ranks(material.rank_features(tallies, sure), weights.rank, weights.joint)
        scores = {text: rank + level_bonus(text, learner) for text, rank in ranks.items()}
        least = _LEAST_TERM
    else:    # the dictionary vouches for them
        scores, least = {text: shapes[text] for text in promising}, -math.inf
    casing = Casing(material.english, sources.lexicon)

    def rendered(text: str) -> tuple[Rendering, ...]:
        return make_renderings(tallies[text], sure[text], text, pairs, casing, sources.lexicon)

    ranked = sorted(promising, key=lambda text: (-scores[text], text))
    ranked = [text for text in ranked if text in asked or scores[text] >= least]
    if learner.parts_suffice:
        ranked = [text for text in ranked if text in asked or not parts_suffice(text, learner, rendered(text))]
    best = set(ranking.without_repetition(ranked, material.found, sources.lexicon)[:limit])
    chosen = [text for text in ranked if text in best or text in asked]

    renderings = {text: rendered(text) for text in chosen}
    by_hand = {c.text: c.render for c in corrections if c.render}
    for text in chosen:
        if text in by_hand:
            own = [pairs[at.pair] for at in material.found[text].occurrences]
            found = (replace(r, confidence=r.confidence * _OVERRULED) for r in renderings[text])
            renderings[text] = (*(_set_by_hand(part.strip(), own) for part in by_hand[text].split("|")), *found)
    terms = (
        _term(material, text, renderings[text], scores[text], chosen, pairs, sentences, sources, learner)
        for text in chosen
    )
    defined = {c.text: c.define for c in corrections if c.define}
    return tuple(replace(term, definition=defined.get(term.text, term.definition)) for term in terms), findings


def make_renderings(
    tally: Tally, sure: Mapping[str, float], text: str, pairs: Sequence[Pair], casing: Casing, lexicon: Lexicon
) -> tuple[Rendering, ...]:
    """A term's renderings, the most frequent first, each with its place in the pair that shows it best."""
    glosses = [gloss for entry in lexicon.entries(text) for gloss in plain_glosses(entry)]
    verbs = [gloss[3:].casefold() for gloss in glosses if gloss.startswith("to ") and " " not in gloss[3:]]
    names = {word for gloss in glosses for word in re.findall(r"[^\W\d_]+(?:['’]s)?", gloss) if word[0].isupper()}
    made = []
    for key, confidence in sure.items():
        seen = tally.best(key)
        sightings = sorted(tally.sightings[key], key=lambda sighting: -sighting.probability)
        form = citation([casing.plain(s.side, s.span, names) for s in sightings], verbs)
        if form:
            side, span = seen.side, seen.span
            made.append(Rendering(side.ranges(span), side.surface(span), form, pairs[seen.pair].id, confidence))
    return tuple(made)


def _unmatched(corrections: Sequence[TermCorrection], material: Material) -> tuple[Finding, ...]:
    """A finding for each correction of a term that is not there."""
    text = "\n".join("".join(sentence) for sentence in material.chinese)
    return tuple(
        Finding("terms", None, "warning", f'the correction of the term "{c.text}" matches nothing', _REMEDY)
        for c in corrections
        if (c.text not in material.found if c.drop else c.text not in text)
    )


def _set_by_hand(text: str, pairs: Sequence[Pair]) -> Rendering:
    """The rendering that a human gave; its place in the first of the pairs in whose English it stands, if it does."""
    whole = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
    for pair in pairs:
        if match := whole.search(pair.en):
            return Rendering((match.span(),), match.group(), text, pair.id, 1.0)
    return Rendering((), "", text, pairs[0].id, 1.0)


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
    material: Material,
    text: str,
    renderings: tuple[Rendering, ...],
    score: float,
    chosen: Sequence[str],
    pairs: Sequence[Pair],
    sentences: Sequence[Sequence[Word]],
    sources: Sources,
    learner: Learner,
) -> Term:
    candidate = material.found[text]
    where = sorted({at.pair for at in candidate.occurrences})
    reading = reading_in(text, (sentences[pair] for pair in where))
    words = sources.read((text,) if text in sources.lexicon else candidate.units, reading)
    own = definitions.senses(text, sources.lexicon, reading)
    told = definitions.said(renderings, [pairs[pair].en for pair in where], sources.lexicon)
    return Term(
        id=term_id(text),
        text=text,
        words=words,
        renderings=renderings,
        definition=definitions.definition(text, sources.lexicon, reading, told),
        senses=own,
        level=learner.level(text),
        count=len(candidate.occurrences),
        pair_ids=tuple(pairs[pair].id for pair in where),
        inside=tuple(term_id(other) for other in chosen if other != text and other in text),
        around=tuple(term_id(other) for other in chosen if other != text and text in other),
        score=score,
        parts=_parts(text, words, own, renderings, sources),
    )


def _parts(
    text: str,
    words: Sequence[Word],
    senses: Sequence[str],
    renderings: Sequence[Rendering],
    sources: Sources,
) -> tuple[Gloss, ...]:
    """What the parts of a term mean where its renderings, or else the dictionary's senses, are its English."""
    reading = [syllable for word in words for syllable in word.reading]
    ways = [sources.read(way, reading) for way in definitions.divisions(text, words, sources.lexicon)]
    told = definitions.said(renderings, [definitions.name_alone(sense) for sense in senses], sources.lexicon)
    return definitions.part_glosses(ways, told, definitions.is_name(text, sources.lexicon), sources.lexicon)
