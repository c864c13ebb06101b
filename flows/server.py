"""``python -m flows.server PORT [temporary]``: a Prefect server on the loopback interface.

It ends on SIGTERM, and also when its standard input does: whoever started it is gone then, and
nobody would ever stop it. A temporary one has no scheduler and no pages.
"""

import os
import sys
import threading

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings

HOST = "127.0.0.1"


def _end_with_parent(server: uvicorn.Server) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    server.should_exit = True


def main() -> None:
    """Serve until told to stop."""
    port, is_temporary = int(sys.argv[1]), "temporary" in sys.argv[2:]
    app = create_app(final=True, ephemeral=is_temporary)
    config = uvicorn.Config(
        app,
        host=HOST,
        port=port,
        log_level=get_current_settings().server.logging_level.lower(),
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
    server.run()


if __name__ == "__main__":
    main()
