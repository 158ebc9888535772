"""The cards can be read by day and by night, need nothing from the network, and never change unnoticed."""

import hashlib
import re
from importlib.resources import files

import pytest

from flashcards.cards.check import html_problems
from flashcards.cards.notetypes import KINDS, REVISION, CardChoice, note_type
from flashcards.model import TONES

CSS = files("flashcards.cards").joinpath("style.css").read_text("utf-8")
RULES = dict(re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)))
SCHEMES = [scheme for scheme in TONES if scheme != "none"]
COLOURS = {
    mode: dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", body))
    for mode, selector in {"day": r"^\s*\.card\s*$", "night": r"\.card\.nightMode"}.items()
    for rule, body in RULES.items()
    if re.search(selector, rule)
}


def luminance(colour):
    """WCAG 2's relative luminance."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["day", "night"])
@pytest.mark.parametrize(
    "colours",
    ["ink paper", "quiet paper", "accent paper", "accent tint"]
    + [f"{scheme}{tone} {ground}" for scheme in SCHEMES for tone in range(1, 6) for ground in ("paper", "tint")],
)
def test_text_has_contrast(mode, colours):
    ink, ground = colours.split()
    assert contrast(COLOURS[mode][ink], COLOURS[mode][ground]) >= 4.5


def test_the_night_changes_every_colour_and_colours_stand_nowhere_else():
    assert COLOURS["day"].keys() == COLOURS["night"].keys()
    assert all(COLOURS["day"][name] != COLOURS["night"][name] for name in COLOURS["day"])
    others = [body for rule, body in RULES.items() if "--paper:" not in body]
    assert not [body for body in others if re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", body)]
    used = set(re.findall(r"var\(--(\w+)", CSS))
    assert COLOURS["day"].keys() <= used


def test_nothing_is_loaded():
    assert not re.search(r"@import|@font-face|url\(", CSS)


@pytest.mark.parametrize("kind", KINDS)
def test_templates_are_whole_and_name_only_fields_there_are(kind):
    type_ = note_type(kind)
    for card in type_.cards:
        for side in (card.front, card.back):
            assert list(html_problems(side)) == []
            names = {tag.split(":")[-1].lstrip("#^/") for tag in re.findall(r"\{\{([^}]+)\}\}", side)}
            assert names <= set(type_.fields)
            assert sorted(re.findall(r"\{\{[#^](\w+)", side)) == sorted(re.findall(r"\{\{/(\w+)", side))
        if card.flag:
            on, off, _ = card.front.split("{{/" + card.flag + "}}")
            assert on.startswith("{{#" + card.flag), "a front without its flag would make a card on every note"
            assert off.strip().startswith("{{^" + card.flag)
            assert "{{" not in off.replace("{{^", "")


def test_classes_of_the_templates_and_the_style_agree():
    html = "".join(card.front + card.back for kind in KINDS for card in note_type(kind).cards)
    named = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()} - {"{{Look}}"}
    fields = {*SCHEMES, "shown", "long", "longer", *(f"t{n}" for n in range(1, 6)), *(f"b{n}" for n in range(1, 10))}
    used = named | fields
    styled = set(re.findall(r"\.([a-z][\w-]*)", " ".join(RULES)))
    ankis = {"card", *(f"card{n}" for n in range(1, 10)), "nightMode", "night_mode", "cloze", "hint", "replay-button"}
    assert used - styled == {"tappable"}, "only the phones' own class has no style"
    assert styled - used == ankis


def test_a_change_of_a_note_type_comes_with_a_new_revision():
    content = [(t.fields, t.cards, t.css) for t in map(note_type, KINDS)]
    digest = hashlib.sha256(repr(content).encode()).hexdigest()[:16]
    assert (REVISION, digest) == (5, "eb5ddee39ab5d8ae"), (
        "Anki takes only what is newer: add one to REVISION and write the new digest here "
        "(before the first release the digest alone will do)"
    )


def test_the_default_choice_names_cards_that_exist():
    for kind in KINDS:
        assert {name.capitalize() for name in CardChoice().of(kind)} <= {card.name for card in note_type(kind).cards}
