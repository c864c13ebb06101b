"""``python -m duban.board [child]``: the pages, at the address that DUBAN_PAGES names.

It ends on SIGTERM; as a ``child`` also when its standard input does, for whoever started it is
gone then.
"""

import logging
import os
import sys
import threading

import uvicorn

from duban.board.app import create_app
from duban.board.server import server_for
from duban.errors import DubanError, InvalidSettings
from duban.service.opening import open_workplace, with_present_files
from duban.service.workplace import Workplace
from duban.settings import Settings


class PresentOffice:
    """The workplace with the office's files as they are now; they are edited while it is open."""

    def __init__(self, workplace: Workplace, settings: Settings) -> None:
        self._workplace = workplace
        self._settings = settings

    def __call__(self) -> Workplace:
        """Look again."""
        self._workplace = with_present_files(self._workplace, self._settings)
        return self._workplace


def pages(settings: Settings) -> uvicorn.Server:
    """The server of the pages.

    Raises:
        InvalidSettings: DUBAN_SECRET_FILE or DUBAN_BASE_URL is missing or cannot be used.
        InvalidOffice: the office's files cannot be read at all.
    """
    if not settings.secrets() or settings.base_url is None:
        raise InvalidSettings(
            "the pages need DUBAN_SECRET_FILE and DUBAN_BASE_URL",
            "docs/howto/answer-by-page.md says how to set them",
        )
    workplace = open_workplace(settings, sound_plans_only=True)
    app = create_app(workplace, settings, look=PresentOffice(workplace, settings))
    host, _, port = settings.pages.rpartition(":")
    return server_for(app, host.strip("[]"), int(port))


def _end_with_parent(server: uvicorn.Server) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    server.should_exit = True


def main() -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        server = pages(Settings.read())
    except DubanError as error:
        print(f"duban: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    if "child" in sys.argv[1:]:
        threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
    server.run()


if __name__ == "__main__":
    main()
