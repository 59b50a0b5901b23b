"""Run by alembic: works on the connection that bot.storage.migrate hands over."""

from alembic import context
from sqlalchemy import Connection

from bot.storage.dialect import begin_writing


def run() -> None:
    """Take all steps in one transaction: a crash leaves the database as it was."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes["target"],
        render_as_batch=True,
        transactional_ddl=True,
    )
    # The connections begin nothing by themselves, so that the writer can group transactions.
    connection.exec_driver_sql(begin_writing(connection.dialect))
    with context.begin_transaction():
        context.run_migrations()


run()
