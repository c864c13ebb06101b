"""What a mail costs step by step, beside the least that each step could cost.

CPU of this process alone; the server that swallows the mails is a process of its own.
"""

import base64
import multiprocessing
import socket
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from typing import NamedTuple

from models.notice import Reason
from models.obligation import Role
from models.policy import NoticeKind
from notifications.channels.smtp import SmtpChannel, Tls
from notifications.digest import Digest, Item, PlanHead, Row
from notifications.message import Message, Sender
from notifications.mime import build
from notifications.render import Rendered, render

MAILS = 1000
ROWS = 10
REPEATS = 5

_SENDER = Sender("duban@bench.example", "督办专班", "duban.bench.example", "bench.example")
_SENT_AT = datetime(2024, 10, 15, 1, tzinfo=UTC)
_PLAN = PlanHead(
    id="bench",
    title="促进残疾人就业三年行动方案(2022-2024年)",
    document_number="府办函〔2023〕1号",
    issued_on=date(2023, 3, 7),
    coordinator="市残联",
    coordinator_phone="0000-0000001",
    coordinator_address="office@bench.example",
)


class Cost(NamedTuple):
    """Microseconds a mail: of CPU in this process, and by the clock."""

    cpu: float
    wall: float


def digest(number: int) -> Digest:
    """A reminder of ten rows to one of many units, with one calendar entry."""
    unit = f"第{number}单位"
    item = Item(
        obligation=f"bench/final-summary/{unit}",
        kind=NoticeKind.REMINDER,
        reason=Reason.DUE_SOON,
        step="reminder-3",
        unit=unit,
        title="推动落实《行动方案》终期工作总结",
        to="市残联",
        due_on=date(2024, 10, 20),
        days_left=5,
        working_days_left=3,
        text="分别于2023年12月15日前、2024年10月20日前向市残联报送中期、终期工作总结",
        rows=tuple(
            Row(str(row), "实施残疾人高校毕业生就业帮扶行动", Role.RESPONSIBLE)
            for row in range(1, ROWS + 1)
        ),
        dated=(),
        plan=_PLAN,
        last_workday=date(2024, 10, 18),
    )
    address = f"liaison-{number}@bench.example"
    answers = ("电话答复：请与联系单位联系。",)
    return Digest(
        f"bench/{number}", date(2024, 10, 15), address, f"{unit} 联络员", (item,), answers
    )


def measured(work: Callable[[], object]) -> Cost:
    """The median of several repeats of work on all mails, after one to warm up."""
    work()
    costs = []
    for _ in range(REPEATS):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        costs.append(Cost(cpu / MAILS * 1e6, wall / MAILS * 1e6))
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
    )


def _serve(peer: socket.socket) -> None:
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    peer.sendall(b"220 bench\r\n")
    with peer, peer.makefile("rb") as lines:
        while line := lines.readline():
            if line[:4].upper() == b"DATA":
                peer.sendall(b"354 go on\r\n")
                while lines.readline() != b".\r\n":
                    pass
            peer.sendall(b"250 OK\r\n")


def sink(report: Connection) -> None:
    """Swallow mails on loopback, one connection after the other; the port goes into ``report``."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        report.send(listener.getsockname()[1])
        while True:
            _serve(listener.accept()[0])


def send_all(port: int, messages: list[Message]) -> None:
    """Send over the channel that the daily run uses."""
    with SmtpChannel("127.0.0.1", port, Tls.NONE, greet_as="bench.example") as channel:
        for message in messages:
            channel.send(message)


def push_all(port: int, messages: list[Message]) -> None:
    """Send with nothing but a socket: the same bytes, the same waiting for each answer."""
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.recv(100)
        for message in messages:
            sender, recipient = message.sender.encode(), message.recipient.encode()
            for words in (
                b"MAIL FROM:<%b>\r\n" % sender,
                b"RCPT TO:<%b>\r\n" % recipient,
                b"DATA\r\n",
                message.data + b".\r\n",
            ):
                wire.sendall(words)
                wire.recv(100)


def encode_all(pages: list[Rendered]) -> None:
    """What no builder is spared: UTF-8 and base64 of the two bodies."""
    for page in pages:
        base64.encodebytes(page.text.encode())
        base64.encodebytes(page.html.encode())


def join_all(pages: list[Rendered]) -> None:
    """What no renderer is spared: putting the lines of the two bodies together."""
    for page in pages:
        "\n".join(page.text.split("\n"))
        "\n".join(page.html.split("\n"))


def line(name: str, cost: Cost, limit: Cost) -> str:
    """One row of the table: the step, its least cost, and how many times as dear it is."""
    ratio = cost.cpu / limit.cpu
    return f"{name:8} {cost.cpu:8.0f} {limit.cpu:8.0f} {ratio:7.1f} {cost.wall:8.0f}"


def main() -> None:
    """Print microseconds a mail for rendering, building and sending, each beside its limit."""
    digests = [digest(number) for number in range(MAILS)]
    pages = [render(each) for each in digests]

    def build_all() -> list[Message]:
        return [
            build(page, each, _SENDER, _SENT_AT) for page, each in zip(pages, digests, strict=True)
        ]

    messages = build_all()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=sink, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    rendered = measured(lambda: [render(each) for each in digests])
    built = measured(build_all)
    sent = measured(lambda: send_all(port, messages))
    pushed = measured(lambda: push_all(port, messages))
    server.terminate()
    server.join()
    print(f"{MAILS} digests of {ROWS} rows with a calendar entry, {len(messages[0].data)} bytes")
    print(f"{'us/mail':8} {'CPU':>8} {'limit':>8} {'ratio':>7} {'clock':>8}")
    print(line("render", rendered, measured(lambda: join_all(pages))))
    print(line("build", built, measured(lambda: encode_all(pages))))
    print(line("send", sent, pushed))
    print(f"{'all':8} {rendered.cpu + built.cpu + sent.cpu:8.0f}")


if __name__ == "__main__":
    main()
