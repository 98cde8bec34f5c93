"""Alembic's entry: which database, which tables."""

from alembic import context

from qcdc_core.all_tables import metadata
from qcdc_core.config import settings
from qcdc_core.db import make_engine


def _run() -> None:
    engine = make_engine(context.config.attributes.get("url") or settings().database_url)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


_run()
