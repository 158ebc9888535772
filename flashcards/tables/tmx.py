"""Sentence pairs as a translation memory, TMX 1.4."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from flashcards import __version__
from flashcards.errors import InputError
from flashcards.markup import xml_text
from flashcards.model import Bead

_HEADER = {
    "creationtool": "flashcards",
    "creationtoolversion": __version__,
    "segtype": "sentence",
    "o-tmf": "flashcards",
    "adminlang": "en",
    "srclang": "zh",
    "datatype": "plaintext",
}


def tmx(beads: Sequence[Bead]) -> bytes:
    """The beads with both sides as translation units, their confidence as a property.

    Raises:
        InputError: there are beads, but none with both sides.
    """
    if beads and not any(bead.zh and bead.en for bead in beads):
        remedy = "give the text with its English, or write the sentences as .tsv, .csv, .jsonl, .docx or .html"
        raise InputError("no sentence has a translation to put into a translation memory", remedy)
    root = ET.Element("tmx", version="1.4")
    ET.SubElement(root, "header", _HEADER)
    body = ET.SubElement(root, "body")
    for bead in beads:
        if not (bead.zh and bead.en):
            continue
        unit = ET.SubElement(body, "tu")
        ET.SubElement(unit, "prop", type="x-confidence").text = f"{bead.confidence:.3f}"
        for lang, text in (("zh", "".join(s.text for s in bead.zh)), ("en", " ".join(s.text for s in bead.en))):
            variant = ET.SubElement(unit, "tuv", {"xml:lang": lang})
            ET.SubElement(variant, "seg").text = xml_text(text)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()
