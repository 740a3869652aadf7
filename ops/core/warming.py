"""What the first people after a start would wait for is done before they come: statements are put together once.

Sixteen who press in the same moment would otherwise each compile the same statements.
"""

from flask import Flask
from sqlalchemy.exc import DatabaseError

from .db import db
from .ledger import Ledger


def warm(app: Flask) -> bool:
    """Reads, once, what each feature says is read most; False where the database has no tables yet."""
    ledger: Ledger = app.extensions["ledger"]
    with app.test_request_context():
        try:
            for read in (read for feature in ledger.features for read in feature.warming):
                read()
        except DatabaseError:
            return False
        finally:
            db.session.remove()
            db.engine.dispose()  # a worker that is made of this process opens connections of its own
    return True
