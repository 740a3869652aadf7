"""Secrets of other servers, which we must be able to say again: locked, so that a copy of the database opens nothing.

What others show to us is kept as a hash instead (people/tokens, passwords).
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

PURPOSE = b"one ledger: secrets kept in the database\0"


def lock(secret: str) -> str:
    """Encrypted and signed (Fernet) under a key made from SECRET_KEY, which is never in the database."""
    return _box().encrypt(secret.encode()).decode()


def unlock(locked: str) -> str | None:
    """None: it was locked under another SECRET_KEY, or is not what `lock` gave."""
    try:
        return _box().decrypt(locked.encode()).decode()
    except InvalidToken:
        return None


def _box() -> Fernet:
    key = hashlib.sha256(PURPOSE + str(current_app.secret_key).encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
