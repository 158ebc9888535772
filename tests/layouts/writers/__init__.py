"""The writers of the layouts, by the layouts' names, whose first word is the suffix of the files."""

from tests.layouts.writers import exchange, markdown, office, pages, pdf, plain, subtitles, web
from tests.layouts.writers.kit import Writer

WRITERS: dict[str, Writer] = {
    **plain.WRITERS,
    **pages.WRITERS,
    **markdown.WRITERS,
    **web.WRITERS,
    **office.WRITERS,
    **exchange.WRITERS,
    **subtitles.WRITERS,
    **pdf.WRITERS,
}
