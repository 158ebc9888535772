"""The program: runs a command, and tells what went wrong in one line and an exit code."""

import errno
import gc
import io
import os
import signal
import sys
from contextlib import suppress

# Our arrays are small: threads inside numpy cost more than they bring. It reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

INTERRUPTED = 130
INTERNAL = 70    # sysexits' EX_SOFTWARE: the fault is ours


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(1_000_000)    # what a run makes it keeps to its end: looking for garbage finds none
    if hasattr(signal, "SIGPIPE"):    # whoever reads our output may stop when they have seen enough
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        print("flashcards: interrupted", file=sys.stderr)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
    os._exit(code)    # taking apart, object by object, all that a build has made would be a tenth of its time


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; everything that stops it becomes one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):    # Windows' pipes are in a code page without hanzi
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    import typer

    from flashcards.cli import app
    from flashcards.errors import FlashcardsError, InputError, OutputError
    from flashcards.markup import terminal

    debug = "--debug" in arguments
    try:
        code = typer.main.get_command(app)(arguments or ["--help"], prog_name="flashcards", standalone_mode=False)
        sys.stdout.flush()
    except FlashcardsError as error:
        if debug:
            raise
        print(f"flashcards: {terminal(str(error))}".replace("\n", " "), file=sys.stderr)
        return error.exit_code
    except typer.TyperException as error:
        message = str(getattr(error, "format_message", error.__str__)()).replace("\n", " ")
        print(f"flashcards: {terminal(message)} (flashcards --help tells more)", file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except MemoryError:
        print("flashcards: not enough memory for this text: split it into chapters", file=sys.stderr)
        return InputError.exit_code
    except Exception as error:
        if debug:
            raise
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:    # on standard output
            print("flashcards: no space is left for the output: free some, or write elsewhere", file=sys.stderr)
            return OutputError.exit_code
        text = f"{type(error).__name__}: {error}".replace("\n", " ")
        remedy = "please report it with what flashcards --debug prints"
        print(f"flashcards: an error of the program itself ({terminal(text)}): {remedy}", file=sys.stderr)
        return INTERNAL
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
