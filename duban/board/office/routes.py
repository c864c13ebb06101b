"""All pages of the office."""

from fastapi import APIRouter

from duban.board.office import admin, files, items, ledger, mails, queue, signing


def router() -> APIRouter:
    """The routes under ``/office``."""
    found = APIRouter()
    for part in (signing, queue, items, files, mails, ledger, admin):
        found.include_router(part.ROUTER)
    return found
