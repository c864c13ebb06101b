"""Small files of every kind: those that are taken as evidence, and those that are not."""

import io
import struct
import zipfile


def package(*parts: str, locked: bool = False) -> bytes:
    """A ZIP with these parts; ``locked`` marks each as encrypted."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(part, "x")
    content = bytearray(made.getvalue())
    if locked:
        at = content.find(b"PK\x01\x02")
        while at >= 0:
            content[at + 8] |= 1
            at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def ole(*streams: str) -> bytes:
    """An OLE file with a directory of these streams."""
    entries = [stream.encode("utf-16-le").ljust(128, b"\0") for stream in streams]
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"".join(entries)


def document(word: str = "word/document.xml") -> bytes:
    return package("[Content_Types].xml", word)


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
MP4 = b"\0\0\0\x18ftypmp42" + b"\0" * 32

TAKEN: list[tuple[str, str, bytes, str]] = [
    ("a PDF", "总结.pdf", PDF, "application/pdf"),
    ("a Word document", "总结.docx", document(), "wordprocessingml.document"),
    ("a sheet", "台账.xlsx", document("xl/workbook.xml"), "spreadsheetml.sheet"),
    ("slides", "汇报.pptx", document("ppt/presentation.xml"), "presentationml.presentation"),
    ("an OFD", "公文.ofd", package("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    ("an old Word document", "总结.doc", ole("Root Entry", "WordDocument"), "application/msword"),
    ("a WPS document", "总结.wps", ole("Root Entry", "WordDocument"), "application/msword"),
    ("an old sheet", "台账.xls", ole("Root Entry", "Workbook"), "application/vnd.ms-excel"),
    ("a photograph", "现场.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 16, "image/jpeg"),
    ("a picture", "图.png", PNG, "image/png"),
    ("a moving picture", "图.gif", b"GIF89a" + b"\0" * 16, "image/gif"),
    ("a web picture", "图.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    ("a telephone's photograph", "IMG.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 9, "image/heic"),
    ("a video", "现场.mp4", MP4, "video/mp4"),
    ("a telephone's video", "现场.mov", b"\0\0\0\x14ftypqt  " + b"\0" * 9, "video/quicktime"),
    ("a recording", "会议.mp3", b"ID3\x04\0\0\0\0\0\0", "audio/mpeg"),
    ("a telephone's recording", "会议.m4a", b"\0\0\0\x18ftypM4A " + b"\0" * 9, "audio/mp4"),
    ("a raw recording", "会议.wav", b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
    ("text in UTF-8", "说明.txt", "已办结".encode(), "text/plain"),
    ("text in GB18030", "说明.TXT", "已办结".encode("gb18030"), "text/plain"),
    ("a table as text", "名单.csv", "姓名,人数\n甲,1\n".encode(), "text/csv"),
    ("a PDF called a program", "总结.exe", PDF, "application/pdf"),
]

REFUSED: list[tuple[str, str, bytes, str]] = [
    ("nothing", "空.pdf", b"", "空文件"),
    ("a program called a PDF", "总结.pdf", b"MZ\x90\0" + b"\0" * 60, "不是可以接收的类型"),
    ("a program of another system", "run", b"\x7fELF" + b"\0" * 60, "不是可以接收的类型"),
    ("a page", "总结.txt", b"<!DOCTYPE html><html>", "网页或脚本"),
    ("a page called a picture", "图.jpg", b"  <html><script>", "网页或脚本"),
    ("a drawing with script", "图.svg", b'<svg onload="alert(1)">', "网页或脚本"),
    ("a script", "run.sh", b"#!/bin/sh\nrm -rf /\n", "网页或脚本"),
    ("a script of Windows", "run.bat", b"@echo off\r\ndel *\r\n", "不是可以接收的类型"),
    ("an archive", "材料.zip", package("总结.docx"), "解压"),
    ("an archive of another kind", "材料.rar", b"Rar!\x1a\x07\0", "解压"),
    ("a locked document", "总结.docx", package("[Content_Types].xml", locked=True), "取消密码"),
    ("a locked old document", "总结.docx", ole("Root Entry", "EncryptedPackage"), "取消密码"),
    (
        "a document with macros",
        "总结.docm",
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "宏",
    ),
    ("an old sheet with macros", "台账.xls", ole("Workbook", "_VBA_PROJECT"), "宏"),
    (
        "an archive inside a document",
        "总结.docx",
        package("[Content_Types].xml", "word/document.xml", "word/media/x.zip"),
        "夹带",
    ),
    ("an installer", "setup.doc", ole("Root Entry", "SummaryInformation"), "不是可以接收的类型"),
    ("half a document", "总结.docx", document()[:60], "已损坏"),
    (
        "a document whose list of parts would fill the memory",
        "总结.docx",
        document()[:-10] + struct.pack("<I", 2**31) + document()[-6:],
        "已损坏",
    ),
    ("text with a NUL", "说明.txt", b"abc\0def", "不是可以接收的类型"),
    ("bytes that are no text", "说明.txt", b"\xff\xfe\xfd\xfc" * 4, "不是可以接收的类型"),
]
