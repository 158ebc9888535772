"""The lesson report: one page that shows every pair, how sure it is, and all that was noticed."""

from flashcards.report.page import MARK, write

__all__ = ["MARK", "write"]
