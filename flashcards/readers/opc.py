"""Office's packages: documents that are parts in a zip archive, each with a list of those that it refers to."""

import posixpath
from dataclasses import dataclass

from flashcards.errors import InputError
from flashcards.files import open_archive
from flashcards.readers import xml


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another refers to: what it is for ("styles", "worksheet", ...), and its path."""

    kind: str
    path: str


class Package:
    """The parts of an Office document by their paths; capitals in paths do not matter, as some programs mix them."""

    def __init__(self, data: bytes, source: str, what: str) -> None:
        """Open a package.

        Args:
            data: the file's bytes.
            source: its name, for errors.
            what: the kind of document that it is taken for, such as "DOCX".

        Raises:
            InputError: it is no such file, damaged, protected by a password, or of before 2007.
        """
        self._archive = open_archive(data, source, what)
        self._source = source
        self._what = what
        self._names = {name.casefold(): name for name in self._archive.names}

    def __contains__(self, path: str) -> bool:
        return path.casefold() in self._names

    def read(self, path: str) -> bytes:
        """The bytes of a part.

        Raises:
            InputError: it is missing or damaged.
        """
        return self._archive.read(self._names.get(path.casefold(), path))

    def parse(self, path: str) -> xml.Element:
        """The root of a part.

        Raises:
            InputError: it is missing, damaged, or not well-formed XML.
        """
        return xml.parse(self.read(path), f"{self._source} ({path})")

    def main(self, usual: str) -> str:
        """The path of the part with the document itself, such as the usual one, "word/document.xml".

        Raises:
            InputError: there is none, or the list that names it is damaged.
        """
        relations = self.relations("")
        path = next((part.path for part in relations.values() if part.kind == "officeDocument"), usual)
        if path not in self:
            raise InputError(f"{self._source} is not a {self._what} file ({usual} is missing)", "get or save it again")
        return path

    def relations(self, path: str) -> dict[str, Relation]:
        """The parts that a part refers to, by the ids that it gives them.

        Raises:
            InputError: the list is damaged.
        """
        folder, name = posixpath.split(path)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self:
            return {}
        return {
            element.get("Id", ""): Relation(
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in self.parse(listed)
            if xml.name(element) == "Relationship" and element.get("TargetMode") != "External"
        }
