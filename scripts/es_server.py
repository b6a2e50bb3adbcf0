#!/usr/bin/env python3
"""A real Elasticsearch for tests: fetches it once, starts it on loopback, stops it by its pid.

::

    scripts/es_server.py run [--port N] [--tls] [--data DIR]   prints its URL; ends on SIGINT or SIGTERM
    scripts/es_server.py check                                 exit status 0 when it can be started here

The server is the `integ-test-zip` distribution of Elasticsearch, fetched by Maven into a cache
folder and never part of the project. It needs Java 21 or newer; as root it is run as the user
`nobody`, because Elasticsearch refuses to run as root. A test uses `Server` as a context manager.
"""

import argparse
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from base64 import b64encode
from pathlib import Path
from types import TracebackType

VERSION = "9.5.3"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
JAVA_AT_LEAST = 21
START_SECONDS = 120
STOP_SECONDS = 30
RUN_AS = "nobody"


class Unavailable(RuntimeError):
    """Elasticsearch cannot be started here; the message says what is missing."""


def java_home() -> Path:
    """The home of a Java that is new enough, preferring ES_JAVA_HOME and JAVA_HOME."""
    named = [Path(h) for v in ("ES_JAVA_HOME", "JAVA_HOME") if (h := os.environ.get(v))]
    on_path = shutil.which("java")
    if on_path:
        named.append(Path(on_path).resolve().parent.parent)
    installed = sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in [*named, *installed]:
        java = home / "bin" / "java"
        if not java.is_file():
            continue
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        version = re.search(r'version "(\d+)', told.stderr)
        if version and int(version[1]) >= JAVA_AT_LEAST:
            return home
    raise Unavailable(f"needs Java {JAVA_AT_LEAST} or newer (set ES_JAVA_HOME)")


def fetch() -> Path:
    """The unpacked server in the cache folder; Maven fetches it at the first call."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pickup"
    home = cache / f"elasticsearch-{VERSION}"
    if home.is_dir():
        return home
    if not shutil.which("mvn"):
        raise Unavailable("needs Maven (mvn) to fetch the server")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        copied = subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}"]
            + [f"-DoutputDirectory={work}"],
            capture_output=True,
            text=True,
            check=False,
        )
        archives = list(Path(work).glob("*.zip"))
        if copied.returncode or not archives:
            raise Unavailable(f"Maven could not fetch {ARTIFACT}: {copied.stdout[-300:]}")
        with zipfile.ZipFile(archives[0]) as archive:
            archive.extractall(work)
        for program in Path(work).glob("elasticsearch-*/bin/*"):
            program.chmod(0o755)
        next(Path(work).glob("elasticsearch-*/")).rename(home)
    return home


def free_port() -> int:
    """A TCP port that nothing listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


class Server:
    """One node on loopback, in a folder of its own.

    With `tls`, security is on: HTTPS with a certificate of its own (`ca`), the user `elastic` with
    `password`, and users of the file realm with the roles that `roles` (the text of a roles.yml)
    defines. `stop(kill=True)` ends it as a crash would; `start` brings it back with its data.
    """

    def __init__(
        self,
        *,
        port: int | None = None,
        tls: bool = False,
        roles: str = "",
        users: dict[str, tuple[str, str]] | None = None,
    ) -> None:
        self.port = port or free_port()
        self.tls = tls
        self.roles = roles
        self.users = users or {}
        self.password = secrets.token_hex(12)
        self.folder = Path(tempfile.mkdtemp(prefix="pickup-elasticsearch-"))
        self.ca = self.folder / "config" / "ca.pem" if tls else None
        self.process: subprocess.Popen[bytes] | None = None
        self._java = java_home()
        self._install(fetch())

    @property
    def url(self) -> str:
        """Without credentials."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start and wait until the cluster is at least yellow."""
        log = (self.folder / "stdout.log").open("ab")
        self.process = subprocess.Popen(
            [*self._as_user(), str(self.folder / "bin" / "elasticsearch")],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=self._environment(),
            start_new_session=True,
        )
        log.close()
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            if self._healthy():
                return
            time.sleep(0.3)
        tail = (self.folder / "stdout.log").read_text(errors="replace")[-2000:]
        self.stop(kill=True)
        raise Unavailable(f"Elasticsearch did not start:\n{tail}")

    def stop(self, *, kill: bool = False) -> None:
        """End the server by its pid: with SIGTERM, or with SIGKILL as a crash would."""
        if self.process is None or self.process.poll() is not None:
            return
        group = os.getpgid(self.process.pid)
        os.killpg(group, signal.SIGKILL if kill else signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self.process.wait(STOP_SECONDS)

    def _healthy(self) -> bool:
        request = urllib.request.Request(f"{self.url}/_cluster/health?wait_for_status=yellow")
        context = None
        if self.tls:
            login = b64encode(f"elastic:{self.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {login}")
            context = ssl.create_default_context(cafile=str(self.ca))
        try:
            with urllib.request.urlopen(request, timeout=5, context=context) as answer:
                return json.load(answer)["status"] in {"yellow", "green"}
        except (OSError, urllib.error.URLError, ValueError):
            return False

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "LANG"}}
        return kept | {
            "ES_JAVA_HOME": str(self._java),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
            "HOME": str(self.folder),
        }

    def _as_user(self) -> list[str]:
        if os.geteuid() != 0:
            return []
        user = pwd.getpwnam(RUN_AS)
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        return ["setpriv", *ids, "--"]

    def _install(self, home: Path) -> None:
        self.folder.chmod(0o755)
        for part in ("bin", "config"):
            shutil.copytree(home / part, self.folder / part)
        for part in ("lib", "modules"):
            if os.geteuid() == 0:
                shutil.copytree(home / part, self.folder / part, copy_function=_link_or_copy)
            else:
                (self.folder / part).symlink_to(home / part)
        for part in ("data", "logs", "plugins"):
            (self.folder / part).mkdir(exist_ok=True)
        settings = [
            "discovery.type: single-node",
            "network.host: 127.0.0.1",
            f"http.port: {self.port}",
            f"transport.port: {free_port()}",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            f"xpack.security.enabled: {str(self.tls).lower()}",
        ]
        if self.tls:
            settings += [
                "xpack.security.http.ssl.enabled: true",
                "xpack.security.http.ssl.key: node.key",
                "xpack.security.http.ssl.certificate: node.pem",
                "xpack.security.transport.ssl.enabled: false",
            ]
        (self.folder / "config" / "elasticsearch.yml").write_text("\n".join(settings) + "\n")
        if self.tls:
            self._secure()
        if os.geteuid() == 0:
            user = pwd.getpwnam(RUN_AS)
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)

    def _secure(self) -> None:
        config = self.folder / "config"
        make_certificate(config / "node.key", config / "node.pem", config / "ca.pem")
        if self.roles:
            (config / "roles.yml").write_text(self.roles)
        self._tool("elasticsearch-keystore", "create")
        self._tool("elasticsearch-keystore", "add", "-x", "bootstrap.password", told=self.password)
        for name, (password, role) in self.users.items():
            self._tool("elasticsearch-users", "useradd", name, "-p", password, "-r", role)

    def _tool(self, name: str, *words: str, told: str | None = None) -> None:
        done = subprocess.run(
            [str(self.folder / "bin" / name), *words],
            input=told,
            capture_output=True,
            text=True,
            env=self._environment(),
            check=False,
        )
        if done.returncode:
            raise Unavailable(f"{name} {words[0]} failed: {done.stdout}{done.stderr}")


def _link_or_copy(source: str, target: str) -> None:
    shutil.copy2(source, target)


def make_certificate(key: Path, certificate: Path, ca: Path) -> None:
    """Write a private CA's certificate and a node certificate for 127.0.0.1, by openssl."""
    work = key.parent
    ca_key = work / "ca.key"
    run = [
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        + ["-subj", "/CN=Pickup test CA", "-keyout", str(ca_key), "-out", str(ca)],
        ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1"]
        + ["-keyout", str(key), "-out", str(work / "node.csr")],
        ["openssl", "x509", "-req", "-in", str(work / "node.csr"), "-CA", str(ca)]
        + ["-CAkey", str(ca_key), "-CAcreateserial", "-days", "2", "-out", str(certificate)]
        + ["-extfile", str(work / "san.cnf")],
    ]
    (work / "san.cnf").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    for command in run:
        subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["run", "check"])
    parser.add_argument("--port", type=int)
    parser.add_argument("--tls", action="store_true")
    options = parser.parse_args()
    try:
        if options.what == "check":
            java_home()
            fetch()
            return 0
        with Server(port=options.port, tls=options.tls) as server:
            print(
                json.dumps({"url": server.url, "password": server.password if server.tls else None})
            )
            sys.stdout.flush()
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except Unavailable as reason:
        print(f"elasticsearch: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
