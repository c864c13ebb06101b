"""A sitecustomize module for child processes: what it hears of the network goes into a file."""

SITECUSTOMIZE = """
import os, sys

def _listen(event, args):
    if event == "socket.getaddrinfo":
        where = args[0]
    elif event in ("socket.connect", "socket.sendto"):
        where = args[1]
    else:
        return
    host = where[0] if isinstance(where, tuple) else where
    host = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    here = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0"}
    if host in here or str(host).startswith("/"):
        return
    with open(os.environ["HEARD"], "a", encoding="utf-8") as file:
        print(event, where, " ".join(sys.argv), file=file)

sys.addaudithook(_listen)
"""
