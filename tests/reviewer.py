"""Cards as Anki's own reviewers show them: whole pages around what the real backend renders, and a browser for them.

Of Anki's desktop program the style sheets are taken as they are, from the package `aqt`. Of the phones' programs only
what decides about a card's colours and room is said here: their classes, and the rules that compete with a deck's own.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

Side = Literal["front", "back"]

_PLAY = (
    '<a class="replay-button soundLink" href="#" draggable="false"><svg class="playImage" viewBox="0 0 64 64">'
    '<circle cx="32" cy="32" r="29"/><path d="M24 20v24l20-12z"/></svg></a>'
)
"""Has the elements and classes that Anki puts in the place of a sound, but a shape of our own."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A program that shows cards. `html` and `body` are the attributes and classes by day, and what the night adds."""

    name: str
    html: tuple[str, str]
    body: tuple[str, str]
    css: str = ""
    content: str = '<div id="qa">{}</div>'


def desktop() -> Reviewer:
    """Anki's own reviewer.

    Raises:
        ModuleNotFoundError: the package `aqt` is not installed.
    """
    return Reviewer(
        "desktop",
        ('class="" dir="ltr" data-bs-theme="light"', 'class="night-mode" dir="ltr" data-bs-theme="dark"'),
        ("isLin fancy", "isLin nightMode night_mode fancy"),
        _desktop_css(),
        '<div id="_mark" hidden>&#x2605;</div><div id="_flag" hidden>&#x2691;</div><div id="qa" dir="auto">{}</div>',
    )


@cache
def _desktop_css() -> str:
    package = find_spec("_aqt")
    if package is None:
        raise ModuleNotFoundError("no package aqt, which has Anki's style sheets: pip install --no-deps aqt")
    folder = Path(next(iter(package.submodule_search_locations or ()))) / "data" / "web" / "css"
    standard = "body { background-color: var(--canvas) } html { font-family: sans-serif }"
    sheets = ((folder / "webview.css").read_text("utf-8"), standard, (folder / "reviewer.css").read_text("utf-8"))
    return "\n".join(sheets)


ANKIDROID = Reviewer(
    "AnkiDroid",
    ('class="mobile android linux js"',) * 2,
    ("", "night_mode nightMode ankidroid_dark_mode"),
    "body { margin: 0 0 30px; padding: 0 } #content { margin: .5em } #typeans { width: 100% }"
    "body.night_mode { color: white; background-color: black } body.ankidroid_dark_mode { background-color: #303030 }",
    '<div id="content"><div id="qa">{}</div></div>',
)
ANKIMOBILE = Reviewer("AnkiMobile", ('class="mobile iphone ios"',) * 2, ("", "nightMode"))


def page(card: Any, side: Side, reviewer: Reviewer, *, night: bool = False, typed: str = "") -> str:
    """The page on which the program shows a side of a card (of `anki.cards.Card`), `typed` being what was answered."""
    output = card.render_output()
    shown = output.question_and_style() if side == "front" else output.answer_and_style()
    shown = re.sub(r"\[anki:play:[^\]]*\]", _PLAY, shown)
    shown = re.sub(r"\[\[type:(.+?)\]\]", lambda match: _typing(card, side, match[1], typed), shown)
    classes = f"card card{card.ord + 1} {reviewer.body[night]}"
    return (
        f'<!doctype html><html {reviewer.html[night]}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<style>{reviewer.css}</style></head><body class="{classes}">{reviewer.content.format(shown)}</body></html>'
    )


def _typing(card: Any, side: Side, name: str, typed: str) -> str:
    """What stands for `{{type:Field}}`: a line to type in, and on the back the comparison that Anki makes."""
    field = next(field for field in card.note_type()["flds"] if field["name"] == name)
    font = f"font-family: '{field['font']}'; font-size: {field['size']}px"
    if side == "front":
        return f'<center><input type="text" id="typeans" value="{typed}" style="{font}"></center>'
    return f'<div style="{font}">{card.col.compare_answer(card.note()[name], typed)}</div>'


class Camera:
    """One page of one browser."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self._inspector = page.context.new_cdp_session(page)

    def show(self, html: str, width: int) -> None:
        """Open a page in a window of this width, in pixels of CSS."""
        if (self.page.viewport_size or {}).get("width") != width:
            self.page.set_viewport_size({"width": width, "height": 640})
        self.page.set_content(html)

    def tap(self) -> bool:
        """Open all that can be opened, with the mouse, and take the mouse away; whether there was anything."""
        closed = self.page.query_selector_all("details:not([open]) > summary:visible")
        for summary in closed:
            summary.click()
        self.page.mouse.move(0, 0)
        return bool(closed)

    def take(self, path: Path, size: tuple[int, int] | None = None) -> None:
        """Write the page as a PNG, the whole of it or as much as this width and height hold."""
        path.parent.mkdir(parents=True, exist_ok=True)
        clip = {"clip": {"x": 0, "y": 0, "width": size[0], "height": size[1]}} if size else {}
        self.page.screenshot(path=path, full_page=True, **clip)

    def texts(self) -> list[tuple[str, int]]:
        """Each text in the body that is more than white space, and the number by which `families` knows it."""
        self._inspector.send("DOM.enable")
        self._inspector.send("CSS.enable")
        root = self._inspector.send("DOM.getDocument", {"depth": -1})["root"]
        return [(node["nodeValue"], node["nodeId"]) for node in _texts(root)]

    def families(self, text: int) -> frozenset[str]:
        """The families of fonts that draw a text, as the browser says; none for what is not drawn."""
        used = self._inspector.send("CSS.getPlatformFontsForNode", {"nodeId": text})["fonts"]
        return frozenset(font["familyName"] for font in used)


def _texts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The text nodes in the body with more than white space, in the order of the document."""
    if node["nodeName"] in ("HEAD", "STYLE"):
        return
    if node["nodeType"] == 3 and node["nodeValue"].strip():
        yield node
    for child in node.get("children", ()):
        yield from _texts(child)


@contextmanager
def camera(scale: float = 1) -> Iterator[Camera]:
    """A headless Chromium, the system's own; `scale` is how many pixels of the picture a pixel of CSS has.

    Raises:
        FileNotFoundError: no Chromium is installed.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        try:
            yield Camera(browser.new_page(device_scale_factor=scale))
        finally:
            browser.close()
