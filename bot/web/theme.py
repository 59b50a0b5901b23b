"""How the pages look: calm paper, and nothing that shouts but red."""

from importlib.resources import files

from nicegui import ui


def apply_theme() -> None:
    """Dress the page that is being built."""
    ui.add_css(files("bot.web").joinpath("grannbro.css").read_text(encoding="utf-8"))
    ui.colors(primary="#2f6b4f", secondary="#5b6f66", accent="#c8372d")
    ui.query(".nicegui-content").classes("gb-page")
