"""Where English sentences may be cut into clauses that can each be read by itself.

Cuts lie behind commas, semicolons and spaced dashes, never inside quotation marks or brackets. A clause that leads up
to the next one ("In recent years,", "He said that,") is not cut off from it, nor one that only completes what stands
before ("including ...", "than ..."). The members of a list are not cut apart.
"""

import re
from collections.abc import Iterable

from flashcards.text.breaks import breaks

_MARK = re.compile(r"(?:[,;]|(?<= )[–—]{1,2}) (?=\S)")
_WORD = re.compile(r"[A-Za-z0-9][\w’'.,%-]*")
_FEWEST_WORDS = 4
_LEADING = frozenset("""
    in on at by for from with without within as since during under through throughout given despite according after
    before until till while when whenever where if although though because unless once to whether amid among along
    besides beyond upon over above below behind between considering regarding like unlike based compared whatever
    whoever wherever however no not only neither both rather instead such thanks owing due apart aside except
""".split())
_ANNOUNCES = re.compile(
    r"\b(?:that|sa(?:y|ys|id)|thinks?|thought|believed?|knows?|knew|which|who|and|or|but|of|to|the|an?|is|are|was|were)"
    r"\W*$",
    re.IGNORECASE,
)
_FOLLOWS_ON = re.compile(
    r"""
      (?: (?:and|but|or)\s )?
      (?: of | in | on | at | by | from | for | with | about | into | through | under | over | during | after | before
        | since | until | among | between ) \b
    | (?: that | whose | whom | to\swhich | to\swhom | how | why | whether | when | if | unless | as\sif | as\sthough
        | including | such\sas | like | especially | particularly | namely | in\sparticular | for\sexample
        | or | nor | as\swell\sas | along\swith | together\swith | rather\sthan | no | not | than | but\salso
        | one | each | both | all | the | an? | these | those | its | our | their
        | is | are | was | were | be | have | has | had | do | does | did
        | will | would | can | could | shall | should | may | might | must ) \b
    | [\w’'-]+ \s    # the last members of a list, "supply and value chains": no verb with its object
      (?: (?! (?: the | an? | this | that | these | those | his | her | its | our | their | my | your | it | them | him
            | us ) \b )
          [\w’'-]+ \s ){0,3}
      (?: and | or ) \s
    | [\w.]+ \s (?: said | says | asked | replied | answered | cried | shouted | added | thought ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIST_BEGINS = re.compile(r":\s|[–—]")


def english_cuts(text: str, sentences: Iterable[int]) -> list[int]:
    """Where one or more English sentences, with a space between them, may be cut.

    Args:
        text: the sentences.
        sentences: the positions at which all sentences but the first begin.

    Returns:
        The positions, ascending, at which a clause may begin (never 0 or the end).
    """
    cuts = [0]
    sentence = 0
    for each in breaks(text, _MARK.finditer(text), sentences):
        if each.certain:
            sentence = each.following
        if each.certain or not (
            _LIST_BEGINS.search(text, sentence, each.stop)
            or _leads_up(text[each.start : each.stop], first=each.start == cuts[-1])
            or _FOLLOWS_ON.match(text, each.following)
            or len(_WORD.findall(text[each.following : each.end])) < _FEWEST_WORDS
        ):
            cuts.append(each.following)
    return cuts[1:]


def _leads_up(clause: str, *, first: bool) -> bool:
    """Whether a clause must be read together with the next one; `first` says that nothing stands before it."""
    words = _WORD.findall(clause)
    if len(words) < _FEWEST_WORDS or _ANNOUNCES.search(clause):
        return True
    opener = words[1] if words[0].lower() in ("and", "but", "so") else words[0]
    return first and (opener.lower() in _LEADING or opener.endswith(("ing", "ed")))
