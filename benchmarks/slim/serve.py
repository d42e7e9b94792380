"""Runs in a slim environment: starts the server beside, asks it, and prints its time and memory. ``serve.py RUN``."""

import contextlib
import fcntl
import json
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

#: From the system's headers: to read and to set an interface's flags, and that it is up.
READ, SET, UP = 0x8913, 0x8914, 1
REQUESTS = 1000


def bring_loopback_up() -> None:
    """Without a network, loopback is down too, until somebody says otherwise."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, READ, asked))[1]
        fcntl.ioctl(any_socket, SET, struct.pack("16sh14x", b"lo", flags | UP))


def megabytes(process: int, what: str) -> float:
    """What the system says of a process's memory, in 10^6 bytes."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) * 1024 / 1e6 if found else float("nan")


bring_loopback_up()
began = time.perf_counter()
command = [sys.executable, "-I", "-P", "-m", "journeyman.server", sys.argv[1], "--port", "0"]
server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
try:
    ready = json.loads(server.stdout.readline())
    seconds = time.perf_counter() - began
    client = HTTPConnection("127.0.0.1", int(re.search(r":(\d+)/", ready["url"])[1]), timeout=60)
    client.request("GET", "/example")
    row = client.getresponse().read()
    at_first = megabytes(server.pid, "VmRSS")
    taken = []
    for _ in range(REQUESTS):
        asked = time.perf_counter()
        client.request("POST", "/predict", row, {"Content-Type": "application/json"})
        answer = client.getresponse()
        answer.read()
        taken.append(time.perf_counter() - asked)
    many = json.dumps({"rows": [json.loads(row)] * 1000})
    client.request("POST", "/predict", many, {"Content-Type": "application/json"})
    is_well = client.getresponse().status == 200 == answer.status
    peak = megabytes(server.pid, "VmHWM")
finally:
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=30)
taken.sort()
json.dump(
    {
        "start_seconds": seconds,
        "answered": is_well,
        "exit": server.returncode,
        "one_row_milliseconds_p50": taken[len(taken) // 2] * 1e3,
        "one_row_milliseconds_p99": taken[len(taken) * 99 // 100] * 1e3,
        "resident_megabytes_at_first": round(at_first, 1),
        "peak_megabytes_after_a_thousand_requests_and_a_thousand_rows": round(peak, 1),
    },
    sys.stdout,
)
