"""Terms as a term base: TBX, dialect TBX-Basic, as of 2019 (ISO 30042:2019, data categories as attributes) or of 2008.

What may stand where is taken from the published description of the dialect (https://www.tbxinfo.net/tbx-dialects/).
The edition of 2008 has other names for the same things. OmegaT and Weblate read only that one.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from itertools import chain, repeat

from flashcards.markup import cell, level_name, pinyin_line, xml_text
from flashcards.model import Pair, Rendering, Term
from flashcards.tables import About

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_MADE_BY = "<!-- Made by flashcards. -->"
_CREDIT = (
    "Definitions are from CC-CEDICT (https://www.mdbg.net/chinese/dictionary?page=cc-cedict), licensed under CC BY-SA "
    "4.0 (https://creativecommons.org/licenses/by-sa/4.0/): whoever passes them on does so under the same licence."
)
_NAMES_OF_2008 = {
    "tbx": "martif",
    "tbxHeader": "martifHeader",
    "conceptEntry": "termEntry",
    "langSec": "langSet",
    "termSec": "tig",
}
_DOCTYPE_OF_2008 = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"


def tbx(terms: Sequence[Term], about: About) -> bytes:
    """A concept a term: its Chinese with pinyin, and the English that the text surely uses for it, each in context.

    The first of several renderings is the preferred one, the others are admitted. What the dialect has no data category
    for (pinyin, HSK level, confidence) stands in notes. Without terms the file is well-formed, but no term base: that
    has at least one concept.
    """
    root = ET.Element("tbx", {"xmlns": _NAMESPACE, "type": "TBX-Basic", "style": "dca", "xml:lang": "en"})
    _header(root, about)
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    pairs = {pair.id: pair for pair in about.pairs}
    for term in terms:
        _concept(body, term, pairs, about)
    head = ['<?xml version="1.0" encoding="UTF-8"?>', _MADE_BY]
    if about.edition == "2008":
        _make_older(root)
        head.append(_DOCTYPE_OF_2008)
    ET.indent(root)
    return "\n".join([*head, ET.tostring(root, encoding="unicode"), ""]).encode()


def _make_older(root: ET.Element) -> None:
    """Turn a term base into one of the edition of 2008."""
    del root.attrib["xmlns"], root.attrib["style"]
    _text(ET.SubElement(root[0], "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    for element in root.iter():
        element.tag = _NAMES_OF_2008.get(element.tag, element.tag)


def _header(root: ET.Element, about: About) -> None:
    description = ET.SubElement(ET.SubElement(root, "tbxHeader"), "fileDesc")
    if about.title:
        _text(ET.SubElement(description, "titleStmt"), "title", about.title)
    source = ET.SubElement(description, "sourceDesc")
    _text(source, "p", "Key terms of a bilingual text, with the English that the text itself uses for them.")
    _text(source, "p", _CREDIT)


def _concept(body: ET.Element, term: Term, pairs: Mapping[str, Pair], about: About) -> None:
    concept = ET.SubElement(body, "conceptEntry", id=f"t{term.id}")
    if term.definition:
        _description(concept, "definition", term.definition, "CC-CEDICT")
    renderings = term.sure_renderings(about.threshold)
    examples = [*(rendering.pair_id for rendering in renderings), *term.pair_ids]
    shown = next((pairs[id] for id in examples if id in pairs), None)

    section = _term(_language(concept, about.script), term.text)
    if part := _part_of_speech(term):
        _text(section, "termNote", part, type="partOfSpeech")
    if shown:
        _description(section, "context", shown.zh, about.title)
    _text(section, "note", f"Pinyin: {pinyin_line(term.words)}")
    if term.level:
        _text(section, "note", f"HSK level: {level_name(term.level)}")

    if renderings:
        _english(_language(concept, "en"), renderings, pairs, about)


def _english(
    language: ET.Element, renderings: Sequence[Rendering], pairs: Mapping[str, Pair], about: About
) -> None:
    for rendering, status in zip(renderings, chain([_PREFERRED], repeat(_ADMITTED)), strict=False):
        section = _term(language, rendering.citation)
        _text(section, "termNote", status, type="administrativeStatus")
        if rendering.pair_id in pairs:
            _description(section, "context", pairs[rendering.pair_id].en, about.title)
        _text(section, "note", f"Confidence: {rendering.confidence:.2f}")


def _language(concept: ET.Element, lang: str) -> ET.Element:
    return ET.SubElement(concept, "langSec", {"xml:lang": lang})


def _term(language: ET.Element, text: str) -> ET.Element:
    section = ET.SubElement(language, "termSec")
    _text(section, "term", text)
    return section


def _description(parent: ET.Element, kind: str, text: str, source: str) -> None:
    """A definition or a context, and where it is from ("" if that is not known)."""
    group = ET.SubElement(parent, "descripGrp")
    _text(group, "descrip", text, type=kind)
    if source:
        _text(group, "admin", source, type="source")


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = cell(xml_text(text))


def _part_of_speech(term: Term) -> str:
    """The part of speech where both the word list and the dictionary say so, else "".

    Nouns are told only if they are names: the list calls many words nouns that are none (可持续).
    """
    if len(term.words) > 1 or not term.senses:
        return ""
    tag = term.words[0].tag
    if tag[:1] == "v" and all(sense.startswith("to ") for sense in term.senses):
        return "verb"
    if tag in ("nr", "ns", "nt", "nz", "nrt", "nrfg") and all(sense[:1].isupper() for sense in term.senses):
        return "noun"
    return ""
