"""Standard SQL, for databases that have no file of their own here."""

from __future__ import annotations

from journeyman.deployment.sql.dialect import Dialect

DIALECT = Dialect()
