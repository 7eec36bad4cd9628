"""A real office in processes of its own: database, server, and what is asked of both from outside."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "k" * 32  # a CSRF secret may be any 32 letters: cookie and header agree
PATIENCE = 60  # seconds for one answer


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Office:
    """The program as it runs in an office: its own data, granian with two workers, killed and started at will."""

    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.environment = {
            **os.environ,
            "OCOP_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "OCOP_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "PYTHONPATH": str(ROOT),
        }
        if address := os.environ.get("DATABASE_URL"):
            self.environment["DATABASE_URL"] = own_database(address)

    def call(self, *command: str) -> str:
        """What a command of the program prints; its words when it fails."""
        ran = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, f"{command}: {ran.stdout[-2000:]}{ran.stderr[-4000:]}"
        return ran.stdout

    def told(self, module: str, *arguments: str) -> Any:
        """The JSON that a module of these rehearsals prints on its last line."""
        return json.loads(self.call("-m", f"tests.rehearsals.{module}", *arguments).splitlines()[-1])

    def start(self) -> None:
        """Serve, and come back once the first answer is there."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
             "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error",
             "config.wsgi:application"],
            cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server did not start"
            try:
                Visitor(self, "").get("/dang-nhap/")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """SIGKILL to every process of the server: nothing gets to tidy up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def own_database(address: str) -> str:
    """A fresh database on the same server."""
    import psycopg

    name = f"rehearsal_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, the body."""

    status: int
    location: str
    body: str


@dataclass
class Visitor:
    """A signed-in browser reduced to its requests."""

    office: Office
    session: str

    def get(self, path: str, **headers: str) -> Answer:
        """A page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """A form."""
        return self._ask("POST", path, urlencode(fields).encode(), {})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        line = HTTPConnection("127.0.0.1", self.office.port, timeout=PATIENCE)
        told = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, **headers}
        if body is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, told)
            came = line.getresponse()
            return Answer(came.status, came.headers.get("Location", ""), came.read().decode("utf-8", "replace"))
        finally:
            line.close()
