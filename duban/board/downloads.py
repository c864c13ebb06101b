"""Files going out: always to be saved, never shown, under the name they came with."""

from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from duban.service.workplace import Workplace
from duban.store import documents
from duban.store.database import Record

_MISSING = "这份材料的文件不在原处，已无法下载。请联系督办专班。"


def download(workplace: Workplace, row: Record) -> Response:
    """A piece of evidence as an attachment; its name goes into a header as RFC 5987 has it.

    Raises:
        HTTPException: 404 where the file is missing.
    """
    path = documents.path_of(workplace.evidence, row.content)
    if not path.is_file():
        raise HTTPException(404, _MISSING)
    return FileResponse(path, media_type=row.media_type, filename=row.file_name)
