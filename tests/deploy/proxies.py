"""Real nginx and Caddy in front of `yizhan run`, with the files of `deploy/`, and WeChat before."""

import datetime
import http.client
import ipaddress
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wechat import Answer, Request

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
NAME = "bot.example.com"
PATIENCE = 30.0
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/yizhan.conf;
}}
"""

Change = Callable[[str], str]


class Proxy:
    """A server that listens for TLS under that name."""

    def __init__(self, port: int, certificate: Path) -> None:
        self.port = port
        self._context = ssl.create_default_context(cafile=str(certificate))

    def connect(self, timeout: float = 20.0) -> http.client.HTTPSConnection:
        """A connection to it, as if its name led to this machine."""
        connection = http.client.HTTPSConnection(NAME, self.port, timeout=timeout)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout)
        connection.sock = self._context.wrap_socket(plain, server_hostname=NAME)
        return connection

    def ask(self, request: Request, timeout: float = 20.0) -> Answer:
        """What it answers; it is hung up on after that time, as WeChat does after five seconds."""
        connection = self.connect(timeout)
        try:
            return send(connection, request)
        finally:
            connection.close()


def send(connection: http.client.HTTPSConnection, request: Request) -> Answer:
    """What it answers on this connection."""
    body = request.body or None
    connection.request(request.method, request.target, body, dict(request.headers))
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


def unchanged(text: str) -> str:
    return text


@contextmanager
def nginx(folder: Path, upstream: int, change: Change = unchanged) -> Iterator[Proxy]:
    """Nginx with `deploy/nginx/yizhan.conf`, but for ports and paths."""
    port, certificate, key = free_port(), *certificate_of(folder)
    text = replaced(
        change((DEPLOY / "nginx/yizhan.conf").read_text()),
        {
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
            "/etc/ssl/yizhan/fullchain.pem": str(certificate),
            "/etc/ssl/yizhan/privkey.pem": str(key),
            "/var/log/nginx/yizhan.error.log": str(folder / "yizhan.error.log"),
        },
    )
    (folder / "yizhan.conf").write_text(text)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    command = (found("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf"))
    with _running(command, folder, port):
        yield Proxy(port, certificate)


@contextmanager
def caddy(folder: Path, upstream: int, change: Change = unchanged) -> Iterator[Proxy]:
    """Caddy with `deploy/caddy/Caddyfile`, but for ports and with a certificate of the test's."""
    port, certificate, key = free_port(), *certificate_of(folder)
    text = replaced(
        change((DEPLOY / "caddy/Caddyfile").read_text()),
        {
            "\n\tservers {": "\n\tadmin off\n\tauto_https disable_redirects\n\tservers {",
            f"\n{NAME} {{": f"\nhttps://{NAME}:{port} {{\n"
            f"\tbind 127.0.0.1\n\ttls {certificate} {key}",
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
        },
    )
    (folder / "Caddyfile").write_text(text)
    command = (
        found("caddy"),
        "run",
        "--config",
        str(folder / "Caddyfile"),
        "--adapter",
        "caddyfile",
    )
    with _running(command, folder, port):
        yield Proxy(port, certificate)


PROXIES = {"nginx": nginx, "caddy": caddy}


def replaced(text: str, changes: dict[str, str]) -> str:
    """The text with each of these in the place of what must stand in it."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def found(program: str) -> str:
    """Where it is; Debian keeps servers out of people's PATH."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert path is not None, program
    return path


def is_there(program: str) -> bool:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


@contextmanager
def _running(command: tuple[str, ...], folder: Path, port: int) -> Iterator[None]:
    output = folder / "output.log"
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with output.open("wb") as stream:
        process = subprocess.Popen(
            command, env={**os.environ, **home}, stdout=stream, stderr=stream, cwd=folder
        )
        try:
            deadline = time.monotonic() + PATIENCE
            while not _listens(port):
                assert process.poll() is None, output.read_text()
                assert time.monotonic() < deadline, output.read_text()
                time.sleep(0.02)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1.0).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def certificate_of(folder: Path) -> tuple[Path, Path]:
    """A certificate for that name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName(
        [x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private
