"""LibreOffice, where it is installed, turns older formats into those that are read."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from duban.importer.formats import limits
from duban.importer.formats.kinds import SAVE_AS, Kind
from duban.importer.formats.refusal import FormatRefused

TARGETS = {Kind.DOC: "docx", Kind.RTF: "docx", Kind.ODT: "docx", Kind.ODS: "xlsx"}
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{}</oor:items>
"""
ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>\n"
)
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    # A proxy on a port where nobody listens: links in a document lead nowhere.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def converted(content: bytes, kind: Kind, program: str | None = None) -> bytes:
    """Return a file as docx or xlsx; refused without LibreOffice, or when that takes too long."""
    program = program or shutil.which("soffice")
    if program is None:
        raise FormatRefused(
            "needs-libreoffice",
            f"a {kind} file is read through LibreOffice, which is not installed",
            f"{SAVE_AS}, or install LibreOffice",
        )
    with tempfile.TemporaryDirectory(prefix="duban-import-") as folder:
        source = Path(folder, f"document.{kind}")
        source.write_bytes(content)
        _write_profile(Path(folder, "profile"))
        _run(_command(program, folder, source, TARGETS[kind]), folder)
        made = Path(folder, "made", f"document.{TARGETS[kind]}")
        if not made.is_file() or made.stat().st_size > limits.FILE_BYTES:
            raise FormatRefused("damaged", f"LibreOffice cannot read the {kind} file", SAVE_AS)
        return made.read_bytes()


def _command(program: str, folder: str, source: Path, target: str) -> list[str]:
    profile = Path(folder, "profile").as_uri()
    options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}"]
    return [program, *options, "--convert-to", target, "--outdir", f"{folder}/made", str(source)]


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "".join(ITEM.format(*setting) for setting in SETTINGS)
    text = PROFILE.format(items)
    (profile / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _run(command: list[str], folder: str) -> None:
    """Run LibreOffice in a session of its own, for it starts another process that does the work."""
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(limits.OFFICE_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise FormatRefused(
                "too-costly", "LibreOffice takes too long to convert the file", SAVE_AS
            ) from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
