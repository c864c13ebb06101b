"""One table of rows as a file in each format; equal neighbours in ``merged`` become one cell.

``paragraphs`` stand above the table, the first of them as the title.
"""

import html
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx

Rows = Sequence[Sequence[str]]

HEADER = ("序号", "主要任务", "工作举措", "责任单位")
TASKS = (
    "优化政务服务流程", "推进水污染防治", "加强安全生产监管", "完善养老服务体系",
    "做好政务公开工作", "促进乡村产业发展", "改造老旧小区", "稳定和扩大就业",
)  # fmt: skip
MEASURES = (
    "建立工作台账，明确时间表和路线图，逐项抓好落实。",
    "2026年10月底前完成全部点位排查整治，整改率达到95%以上（含95%），对排查中发现的问题实行清单化管理，逐一明确整改措施和责任人。",
    "每季度组织一次联合检查；",
    "开展业务培训不少于3次，培训人员500人左右，提升基层经办人员的业务能力和服务水平。",
)
UNITS = (
    "市发展改革委、财政局",
    "市生态环境局、水利局，各镇人民政府、街道办事处",
    "市应急管理局牵头，市住房城乡建设局、交通运输局、市场监管局、消防救援支队配合",
    "市民政局",
)
PARAGRAPHS = (
    "示例市2026年重点工作任务分解方案",
    "为贯彻落实市委、市政府工作部署，确保年度重点工作任务全面完成，现结合实际制定如下分解方案，请各责任单位认真抓好落实。",
    "一、各责任单位要于2026年3月底前制定具体实施方案，报市政府办公室备案。",
)


def sample(count: int = 31) -> list[list[str]]:
    """Return a header and ``count`` rows, every task of which has one to three."""
    rows = [list(HEADER)]
    task = 0
    while len(rows) <= count:
        task += 1
        for at in range(min(task % 3 + 1, count + 1 - len(rows))):
            measure = f"（{'一二三'[at]}）{MEASURES[(task + at) % 4]}"
            rows.append([str(task), TASKS[task % 8], measure, UNITS[(task * 3 + at) % 4]])
    return rows


FEW_PARAGRAPHS = ("任务措施", "一、" + "措施单位，任务单位；" * 9 + "措施。")


def few_characters(count: int = 31) -> list[list[str]]:
    """Return rows like those of ``sample`` in few characters, so that a PDF's fonts are small."""
    rows = [["序号", "任务", "措施", "单位"]]
    for at in range(count):
        task = at // 3 + at // 5 + 1
        measure = "措施，" * (1 + at * 7 % 23) + "任务100%（含100%）。"
        rows.append([str(task), f"任务{task}，单位任务", measure, "任务单位、" * (at % 4) + "单位"])
    return rows


def spans(rows: Rows, merged: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield row, column and height of each cell, the header's not merged; all from 0.

    A column goes on only where every merged column before it does.
    """
    for column in range(len(rows[0])):
        at = 0
        while at < len(rows):
            height = 1
            while (
                column in merged
                and at
                and at + height < len(rows)
                and all(rows[at + height][c] == rows[at][c] for c in {*merged} if c <= column)
            ):
                height += 1
            yield at, column, height
            at += height


def to_docx(
    rows: Rows = (), paragraphs: Sequence[str] = PARAGRAPHS, merged: Sequence[int] = (0, 1)
) -> bytes:
    document = docx.Document()
    for at, text in enumerate(paragraphs):
        document.add_paragraph(text, style=None if at else "Heading 1")
    if rows:
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for at, column, height in spans(rows, merged):
            cell = table.cell(at, column)
            if height > 1:
                cell = cell.merge(table.cell(at + height - 1, column))
            cell.text = rows[at][column]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def to_html(
    rows: Rows = (),
    paragraphs: Sequence[str] = PARAGRAPHS,
    merged: Sequence[int] = (0, 1),
    charset: str = "utf-8",
    around: tuple[str, str] = ("", ""),
) -> bytes:
    """Return a page; ``around`` is what the site puts before and after the article."""
    body = "".join(
        f"<{'p' if at else 'h1'}>{html.escape(text)}</{'p' if at else 'h1'}>"
        for at, text in enumerate(paragraphs)
    )
    cells: list[list[str]] = [[] for _ in rows]
    for at, column, height in spans(rows, merged) if rows else ():
        text = html.escape(rows[at][column]).replace("\n", "<br>")
        cells[at].append((f'<td rowspan="{height}">' if height > 1 else "<td>") + text + "</td>")
    table = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    style = (
        "<style>body{font-family:sans-serif;font-size:12pt}p{text-indent:2em}"
        "table{border-collapse:collapse;width:100%}td{border:1px solid;padding:3px}</style>"
    )
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}">{style}</head><body>{around[0]}'
        f'<div class="article">{body}<table>{table}</table></div>{around[1]}</body></html>'
    )
    return page.encode(charset)


def to_markdown(rows: Rows, paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n\n".join([*paragraphs, "\n".join(lines)]).encode()


def to_pdf(page: bytes) -> bytes | None:
    """Return a page of HTML as a PDF; None where there is no Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="duban-test-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += ["--disable-pdf-tagging"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", source.as_uri()]
        subprocess.run(command, capture_output=True, timeout=60, check=False)
        return made.read_bytes() if made.exists() else None


def to_xlsx(
    rows: Rows = (), paragraphs: Sequence[str] = PARAGRAPHS, merged: Sequence[int] = (0, 1)
) -> bytes:
    """Return a workbook of one sheet; paragraphs stand in rows merged over the whole width."""
    width = len(rows[0]) if rows else 1
    grid = [[text] + [""] * (width - 1) for text in paragraphs] + [list(row) for row in rows]
    ranges = [f"A{at}:{letter(width - 1)}{at}" for at in range(1, len(paragraphs) + 1)]
    for at, column, height in spans(rows, merged) if rows else ():
        if height > 1:
            top = len(paragraphs) + at + 1
            ranges.append(f"{letter(column)}{top}:{letter(column)}{top + height - 1}")
            for below in range(top, top + height - 1):
                grid[below][column] = ""
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in ranges if width > 1)
    return workbook(
        {"Sheet1": sheet_xml(grid, f"<mergeCells>{merges}</mergeCells>" if merges else "")}
    )


def letter(column: int) -> str:
    """Return the letters of a column counted from 0."""
    first, last = divmod(column, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def sheet_xml(grid: Rows, after: str = "") -> str:
    rows = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{letter(column)}{at}" t="inlineStr"><is><t>{html.escape(text)}</t></is></c>'
            for column, text in enumerate(row)
            if text
        )
        + "</row>"
        for at, row in enumerate(grid, 1)
    )
    return sheet_of(f"<sheetData>{rows}</sheetData>{after}")


def sheet_of(content: str) -> str:
    return f'<worksheet xmlns="{SPREADSHEET}">{content}</worksheet>'


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(
    sheets: dict[str, str], extra: dict[str, bytes] | None = None, states: Sequence[str] = ()
) -> bytes:
    """Return sheets given as XML as a workbook, with further members."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"'
        + (f' state="{states[at - 1]}"/>' if len(states) >= at else "/>")
        for at, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet"'
        f' Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" '
            f'ContentType="{TYPE}.worksheet+xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{related}</Relationships>",
    }
    for at, xml in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = xml
    return zipped({name: text.encode() for name, text in parts.items()} | (extra or {}))


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_members(content: bytes, parts: dict[str, bytes]) -> bytes:
    """Return an archive with members added or replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zipped(old | parts)
