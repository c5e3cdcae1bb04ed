"""Processes and data: serve, worker, migrate, seed-demo."""

import click

from redress.settings import settings


@click.command()
def serve() -> None:
    """Serve the public API and, on loopback, the action webhook, until stopped."""
    import asyncio

    from redress.bootstrap import assemble
    from redress.logs import configure
    from redress.web.app import LOOP
    from redress.web.app import serve as serve_both

    configure()
    asyncio.run(serve_both(assemble(settings())), loop_factory=LOOP)


@click.command()
def worker() -> None:
    """Do the worker's work until stopped: send what is due, ring the clocks, forget what is too old."""
    import signal
    import threading

    from redress.bootstrap import assemble
    from redress.logs import configure

    configure()
    parts, stopped = assemble(settings()), threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopped.set())
    parts.worker.start()
    stopped.wait()
    parts.worker.stop()
    parts.close()


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    from redress.store.engine import make_engine
    from redress.store.migrate import migrate as upgrade

    upgrade(make_engine(settings().database_url))


@click.command("seed-demo")
def seed_demo() -> None:
    """Put the five demo shops' orders into the database, their times relative to now. Safe to run again."""
    from redress.bootstrap import now
    from redress.demo import seed
    from redress.store.database import Database
    from redress.store.engine import make_engine
    from redress.store.orders import ShopOrders

    count = seed(ShopOrders(Database(make_engine(settings().database_url))), now())
    click.echo(f"{count} demo orders are in place; the e-mail address on each is buyer@example.com.")
