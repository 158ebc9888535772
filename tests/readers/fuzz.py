"""Damaged files: cut off, and with bytes that are not what they were; seeded."""

import contextlib
import random
from collections.abc import Callable

from flashcards.errors import InputError
from flashcards.model import Document, Finding

Reader = Callable[[bytes, str], tuple[Document, tuple[Finding, ...]]]


def damaged(data: bytes, count: int, seed: int) -> list[bytes]:
    """Versions of a file: every other one is cut off somewhere, and in all of them some bytes are changed."""
    chance = random.Random(seed)
    versions = []
    for number in range(count):
        version = bytearray(data[: chance.randrange(len(data))] if number % 2 else data)
        for _ in range(chance.randrange(1, 9)):
            if version:
                version[chance.randrange(len(version))] = chance.randrange(256)
        versions.append(bytes(version))
    return versions


def assert_robust(read: Reader, data: bytes, count: int, seed: int = 1) -> None:
    """Whatever the damage, a reader gives a document or says what is wrong."""
    for version in damaged(data, count, seed):
        with contextlib.suppress(InputError):
            assert isinstance(read(version, "a")[0], Document)
