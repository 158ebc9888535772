"""What translators exchange: translation memories and XLIFF, a unit for every bead."""

from functools import partial
from xml.sax.saxutils import escape

from tests.layouts.writers.kit import Files, Writer, bead_rows
from tests.lesson_text import LessonText

_TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="test" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN"
 datatype="plaintext"/>
<body>
{units}
</body>
</tmx>
"""

_XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="lesson.txt" source-language="zh-CN" target-language="en-US" datatype="plaintext"><body>
{units}
</body></file>
</xliff>
"""

_XLIFF_2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN" trgLang="en-US">
<file id="f1">
{units}
</file>
</xliff>
"""

_TMX_SIDE = '<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'


def _tmx(lesson: LessonText) -> Files:
    units = []
    for zh, en in bead_rows(lesson):
        sides = {"zh-CN": zh, "en-US": en}
        filled = [_TMX_SIDE.format(lang=lang, text=escape(text)) for lang, text in sides.items() if text]
        units.append(f"<tu>{''.join(filled)}</tu>")
    return {"lesson.tmx": _TMX.format(units="\n".join(units)).encode()}


def _xliff(lesson: LessonText, template: str, unit: str) -> Files:
    units = [
        unit.format(number=number, zh=escape(zh), target=f"<target>{escape(en)}</target>" if en else "")
        for number, (zh, en) in enumerate(bead_rows(lesson), start=1)
    ]
    return {"lesson.xlf": template.format(units="\n".join(units)).encode()}


WRITERS: dict[str, Writer] = {
    "tmx units": _tmx,
    "xlf 1.2 units": partial(
        _xliff, template=_XLIFF_1, unit='<trans-unit id="{number}"><source>{zh}</source>{target}</trans-unit>'
    ),
    "xlf 2.0 units": partial(
        _xliff,
        template=_XLIFF_2,
        unit='<unit id="u{number}"><segment><source>{zh}</source>{target}</segment></unit>',
    ),
}
