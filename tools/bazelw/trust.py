"""The machine's certificate authorities as a Java key store, which Debian would make at
installation.
"""

import hashlib
import os
import re
import ssl
import struct
from pathlib import Path

#: Java's own password for its trust store; it protects nothing, and Java expects it.
_PASSWORD = "changeit"
_PEM = re.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


def host_certificates() -> list[bytes]:
    """The certificates (DER) that Python trusts on this machine; none if it has no bundle."""
    paths = ssl.get_default_verify_paths()
    candidates = [
        os.environ.get("SSL_CERT_FILE"),
        paths.cafile,
        "/etc/ssl/certs/ca-certificates.crt",
    ]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            text = Path(candidate).read_text(encoding="ascii", errors="replace")
            return [ssl.PEM_cert_to_DER_cert(block) for block in _PEM.findall(text)]
    return []


def key_store(certificates: list[bytes]) -> bytes:
    """A key store of format JKS, version 2, in which every certificate is trusted.

    The format is that of the JDK's sun.security.provider.JavaKeyStore: magic, version and count;
    for each entry its tag (2: trusted certificate), alias, date in milliseconds, type and DER
    bytes; at the end a SHA-1 over password (UTF-16, big endian), a fixed phrase and everything
    before.
    """
    body = struct.pack(">III", 0xFEEDFEED, 2, len(certificates))
    for index, certificate in enumerate(certificates):
        body += struct.pack(">I", 2) + _text(f"host-{index}") + struct.pack(">Q", 0)
        body += _text("X.509") + struct.pack(">I", len(certificate)) + certificate
    seal = hashlib.sha1(_PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + body)
    return body + seal.digest()


def _text(value: str) -> bytes:
    data = value.encode("utf-8")
    return struct.pack(">H", len(data)) + data
