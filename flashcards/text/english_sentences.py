"""Where English sentences end.

A stop ends a sentence when what follows it can begin one. Lists of abbreviations say when a full stop is no stop, a
list of words that begin sentences decides after those that may stand at an end ("at 5 p.m. He left").
"""

import re

_CANDIDATE = re.compile(
    r"""
    (?P<stop> \.\s\.\s\. | [.!?…]+ | [—–](?=["'”’]) )
    (?P<closing> ["'”’)\]]* )
    (?: \s+ | (?<=[”’])(?=[“‘]) )
    (?P<opening> (?: ["'“‘(\[] | [—–-]+\s* )* )
    (?= (?P<next> \w[\w’'-]* | \S ) )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[\w'’-]+$")

_BEFORE_A_NAME = frozenset("""
    mr mrs ms messrs mme mlle dr prof st gen col maj capt cpt lt sgt cmdr adm rev fr hon sen rep gov pres amb supt
    vs v cf viz e.g i.e approx ca est mt ft
""".split())
_BEFORE_A_NUMBER = frozenset("""
    no nos vol vols p pp art arts sec secs ch chap fig figs para eq ed op pop tel ext
    jan feb mar apr jun jul aug sep sept oct nov dec
""".split())
_WITHIN_OR_AT_THE_END = frozenset("al jr sr inc ltd co corp bros dept univ ave blvd rd".split())
_SENTENCE_OPENERS = frozenset("""
    the a an this that these those it he she we they i you there here its his her our their my your
    in on at by for from with as if when while after before since until once although though because
    but and or so then thus therefore however moreover meanwhile instead nevertheless
    what who where why how which whose no not some many most all each every both another such
    now today yesterday tomorrow let do did does is are was were has have had can will may should
""".split())
_SPEECH_TAG = re.compile(
    r"""
    (?! (?: He | She | It | We | You | They ) \b )    # with a capital these begin a sentence; a name always has one
    (?: [A-Z][\w'’.-]*\s ){1,4}
    (?: said | says | asked | asks | replied | answered | cried | shouted | yelled | screamed | called | exclaimed
      | whispered | murmured | muttered | added | demanded | inquired | enquired | wondered | protested ) \b
    """,
    re.VERBOSE,
)


def english_boundaries(text: str) -> list[int]:
    """The positions in an English text, ascending, at which a new sentence begins (never 0 or the end)."""
    starts = [0]
    for candidate in _CANDIDATE.finditer(text):
        if _ends_a_sentence(candidate, text, starts[-1]):
            starts.append(candidate.start("opening"))
    return starts[1:]


def _ends_a_sentence(candidate: re.Match[str], text: str, start: int) -> bool:
    """Whether the candidate ends the sentence that began at `start`."""
    stop, following = candidate["stop"], candidate["next"]
    if following[0].islower() or following[0] in ",;:.)":
        return False
    quoted = any(mark in "\"'”’" for mark in candidate["closing"])
    word = _LAST_WORD.search(text[start : candidate.start("stop")].rstrip())
    if stop == ".":
        return quoted or word is None or _full_stop_ends(word[0], following, at_start=word.start() == 0)
    if stop in "—–":
        return quoted and bool(candidate["opening"])    # one speaker breaks off, another begins
    if quoted and _SPEECH_TAG.match(text, candidate.start("next")):
        return bool(candidate["opening"])
    if stop[0] in ".…" and word is not None:
        return not re.match(rf"{re.escape(word[0])}\b", following, re.IGNORECASE)    # a stammer: "I ... I don't know"
    return True


def _full_stop_ends(word: str, following: str, *, at_start: bool) -> bool:
    """Whether the full stop behind `word` ends a sentence, when `following` could begin one."""
    name = word.lower()
    if name in _BEFORE_A_NAME or (at_start and name.isdigit()):    # "1. First"
        return False
    if name in _BEFORE_A_NUMBER:
        return not following[0].isdigit()
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    if is_initial or "." in word or name in _WITHIN_OR_AT_THE_END:
        return following.lower() in _SENTENCE_OPENERS
    return True
