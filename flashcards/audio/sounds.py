"""From texts to files: each sound is made once, kept in the cache, and named by what it is."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from flashcards.audio.formats import suffix_of
from flashcards.audio.providers import Provider, Spoken, quoted
from flashcards.errors import FlashcardsError, InputError, OutputError
from flashcards.files import write_all
from flashcards.model import stable_id

Report = Callable[[str], None]


def speak(texts: Mapping[str, Spoken], provider: Provider, cache: Path, report: Report) -> dict[str, Path]:
    """A sound file for each of the texts in which there is something to be heard.

    Every sound is kept as soon as it is there, so a run that was stopped goes on where it was.

    Args:
        texts: what is to be read out, by whatever name the caller has for it.
        provider: who reads.
        cache: the folder where sounds are kept; made if it is not there.
        report: is told how far it is.

    Returns:
        The files by the names of the texts. Anki never replaces a file of the same name, so a file's name has a hash
        of what was to be read and one of its bytes: fc-<8 digits>-<8 digits>.mp3.

    Raises:
        InputError: there was no sound of one of the texts.
        MissingError: something on this machine is missing.
        OutputError: the cache cannot be written to.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed  # builds without sound do not wait for it

    keys = {name: sound_key(provider, spoken) for name, spoken in texts.items() if provider.given(spoken)}
    found = {key: path for key in dict.fromkeys(keys.values()) if (path := _kept(cache / key))}
    missing: dict[str, Spoken] = {}
    for name, key in keys.items():
        if key not in found:
            missing.setdefault(key, texts[name])
    pool = ThreadPoolExecutor(provider.at_once)
    try:
        running = {pool.submit(provider.speak, spoken): key for key, spoken in missing.items()}
        for number, future in enumerate(as_completed(running), 1):
            key = running[future]
            # Only this thread writes: making a file ordinary changes the mask of the whole process for a moment.
            found[key] = _keep(cache / key, key, future.result(), missing[key])
            report(f"speaking {number} of {len(missing)}")
    except FlashcardsError as error:
        there = f"{len(found)} of {len(found | missing)} sounds are made and kept: the next run goes on from there"
        raise type(error)(error.message, "; ".join(filter(None, (error.remedy, there)))) from None
    finally:
        pool.shutdown(cancel_futures=True)
    return {name: found[key] for name, key in keys.items()}


def sound_key(provider: Provider, spoken: Spoken) -> str:
    """What names a sound: a hash of who reads, how, and what."""
    return stable_id("sound", *provider.settings, *provider.given(spoken))


def _kept(folder: Path) -> Path | None:
    """The whole sound in its folder, if there is one."""
    for path in sorted(folder.glob("fc-*")):
        if path.stem.endswith(f"-{_content(path.read_bytes())}"):
            return path
    return None


def _keep(folder: Path, key: str, data: bytes, spoken: Spoken) -> Path:
    suffix = suffix_of(data)
    if not suffix:
        what = "nothing" if not data else "something that is neither MP3 nor WAV nor OGG"
        raise InputError(f"{what} came as the sound of {quoted(spoken.text)}", "try its source of sound by hand")
    path = folder / f"fc-{key[:8]}-{_content(data)}{suffix}"
    try:
        write_all({path: data})
    except OutputError as error:
        raise OutputError(error.message, "name another folder for the cache with $FLASHCARDS_CACHE") from None
    return path


def _content(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
