"""Older formats go through LibreOffice; without it they are refused with what to do."""

import shutil
import stat
from pathlib import Path

import pytest

from duban.importer.formats.kinds import Kind, kind_of
from duban.importer.formats.office import converted
from duban.importer.formats.reader import read
from duban.importer.formats.refusal import FormatRefused

RTF = rb"{\rtf1\ansi\ansicpg936 \'d2\'bb\'a1\'a2\'d5\'fd\'ce\'c4\par}"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_kinds_are_told_by_content() -> None:
    assert kind_of(RTF) is Kind.RTF
    assert kind_of(OLE + "WordDocument".encode("utf-16-le") + b"\0\0") is Kind.DOC
    assert kind_of(OLE + "Workbook".encode("utf-16-le") + b"\0\0") is Kind.XLS


def test_a_program_that_makes_nothing_is_a_refusal(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(FormatRefused, match="LibreOffice cannot read the rtf file"):
        converted(RTF, Kind.RTF, str(program))


def test_libreoffice_converts_or_its_absence_is_told() -> None:
    if shutil.which("soffice") is None:
        with pytest.raises(FormatRefused, match="which is not installed") as refused:
            read("a.rtf", RTF)
        assert refused.value.code == "needs-libreoffice"
        pytest.skip("there is no LibreOffice here")
    document = read("a.rtf", RTF)
    assert (document.kind, document.lines) == ("rtf", ("一、正文",))
    assert any("LibreOffice" in note for note in document.notes)
