"""The writers of the layouts, by the layouts' names, whose first word is the suffix of the files."""

from tests.layouts.writers import markdown, pages, plain
from tests.layouts.writers.kit import Writer

WRITERS: dict[str, Writer] = {**plain.WRITERS, **pages.WRITERS, **markdown.WRITERS}
