"""Certificates as authorities issue them: a root, an intermediate, and servers below it."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """A root that may be trusted, and an intermediate that signs; `root` is the root's file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root_key, self._key = key(), key()
        root = certificate("root", self._root_key, "root", self._root_key)
        self._intermediate = certificate("intermediate", self._key, "root", self._root_key)
        self.root = folder / "root.pem"
        self.root.write_bytes(pem(root))

    def context(
        self, *, whole: bool = True, name: str = "127.0.0.1", days: int = 2
    ) -> ssl.SSLContext:
        """A server's side of TLS: its certificate, and the intermediate if the chain is whole."""
        own = key()
        issued = certificate(name, own, "intermediate", self._key, days=days, server=True)
        chain = pem(issued) + (pem(self._intermediate) if whole else b"")
        path = self._folder / "server.pem"
        path.write_bytes(private(own) + chain)
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(path)
        return made


def certificate(
    name: str,
    own: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    days: int = 2,
    server: bool = False,
) -> x509.Certificate:
    """A certificate for that name which ends in so many days."""
    now = datetime.now(UTC)
    signed_by = x509.SubjectKeyIdentifier.from_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(common(name))
        .issuer_name(common(issuer))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=not server, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signed_by),
            critical=False,
        )
    )
    if server:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([alternative(name)]), critical=False
        )
    return builder.sign(issuer_key, hashes.SHA256())


def alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def common(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pem(issued: x509.Certificate) -> bytes:
    return issued.public_bytes(serialization.Encoding.PEM)


def private(own: ec.EllipticCurvePrivateKey) -> bytes:
    return own.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
