"""Zip archives and the XML in them, taken apart without letting them take the machine."""

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]

from duban.importer.formats import limits
from duban.importer.formats.refusal import FormatRefused

ASK_AGAIN = "ask the sender for the file again, or save it anew in Word, Excel or WPS"
SMALL = 1_000_000
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """A zip archive within the limits; its members are read one by one."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise damaged(str(error)) from error
        self.names = frozenset(self._zip.namelist())
        _check_members(self._zip.infolist())

    def read(self, name: str) -> bytes:
        """Return a member; never more of it than the archive's own table promised."""
        try:
            size = self._zip.getinfo(name).file_size
            with self._zip.open(name) as member:
                content = member.read(size + 1)
        except Exception as error:  # the zip module raises whatever the damage led to
            raise damaged(str(error)) from error
        if len(content) > size:
            raise damaged(f"{name} is larger than the archive says")
        return content

    def xml(self, name: str) -> etree._Element:
        """Return a member as XML; declared entities and document types are refused."""
        return parsed(self.read(name), name)

    def check_declarations(self) -> None:
        """Refuse the archive if any XML in it declares a document type or entities."""
        for name in self.names:
            if name.endswith((".xml", ".rels", ".vml")):
                check_declarations(self.read(name), name)


def damaged(fact: str) -> FormatRefused:
    """Return the refusal of a file that is broken."""
    return FormatRefused("damaged", f"the file is damaged ({fact})", ASK_AGAIN)


def declares(name: str) -> FormatRefused:
    """Return the refusal of what declares a document type or entities."""
    return FormatRefused(
        "xml-declarations", f"{name} declares a document type or entities", ASK_AGAIN
    )


def parsed(content: bytes, name: str) -> etree._Element:
    """Parse XML without entities, network or excessive depth."""
    check_declarations(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(f"{name}: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise declares(name)
    return root


def repacked(archive: Archive, replaced: Mapping[str, bytes], kept: re.Pattern[str]) -> bytes:
    """Return the members whose names match as a new archive, some of them replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(archive.names):
            if name in replaced:
                packed.writestr(name, replaced[name])
            elif kept.fullmatch(name):
                packed.writestr(name, etree.tostring(archive.xml(name), encoding="utf-8"))
    return buffer.getvalue()


def check_declarations(content: bytes, name: str) -> None:
    """Refuse XML that declares a document type or entities, in UTF-8 or UTF-16."""
    if DECLARES.search(content.replace(b"\0", b"")):
        raise declares(name)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MEMBERS:
        raise FormatRefused("too-many-members", f"the file has {len(members):,} parts", ASK_AGAIN)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise damaged("two of its parts bear the same name")
    if any(member.flag_bits & 1 for member in members):
        raise FormatRefused(
            "encrypted", "the file is protected by a password", "save it without a password"
        )
    unpacked = sum(member.file_size for member in members)
    packed = max((m for m in members if m.file_size > SMALL), key=_ratio, default=None)
    parsed_size = max((m.file_size for m in members if _is_xml(m.filename)), default=0)
    if unpacked > limits.UNPACKED_BYTES or parsed_size > limits.MEMBER_BYTES:
        raise FormatRefused(
            "too-large-unpacked",
            f"the file unpacks to {max(unpacked, parsed_size) / 1e6:,.0f} MB",
            "copy the plan alone into a new file and import that",
        )
    if packed is not None and _ratio(packed) > limits.RATIO:
        raise FormatRefused(
            "too-dense",
            f"{packed.filename} unpacks to {_ratio(packed):,.0f} times its size",
            "copy the plan alone into a new file and import that",
        )


def _ratio(member: zipfile.ZipInfo) -> float:
    return member.file_size / max(member.compress_size, 1)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".bin", ".rels", ".vml"))
