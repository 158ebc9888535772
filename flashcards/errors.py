"""What can stop a command: each error carries its message, its remedy and its exit code."""


class FlashcardsError(Exception):
    """The base of every error that a user is told about in one line.

    Args:
        message: what happened and where, without a final full stop.
        remedy: what the user can do about it; "" if nothing is sure to help.
    """

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}: {self.remedy}" if self.remedy else self.message


class UsageError(FlashcardsError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class InputError(FlashcardsError):
    """A source cannot be read, or there is nothing in it to work with."""

    exit_code = 3


class RecipeError(FlashcardsError):
    """A deck's recipe is not TOML, or says something that no recipe can say."""

    exit_code = 4


class MissingError(FlashcardsError):
    """A program or a package that the user has asked for is not installed."""

    exit_code = 5


class OutputError(FlashcardsError):
    """A result cannot be written where it was asked for."""

    exit_code = 6
