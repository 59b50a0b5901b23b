"""How the bot presents itself when Telegram does not answer at first."""

from bot.bridges.telegram.introducing import Introducing
from bot.domain.introductions import Introduction, Offer
from tests.bridges.telegram.stage import Stage

SHOWN = Introduction(
    language="sv",
    about="Grannar hjälps åt.",
    in_short="Grannbro",
    in_private=(Offer(command="hjalp", says="Så funkar det"),),
    in_rooms=(),
    for_administrators=(),
)


async def test_menus_come_when_telegram_answers_again(stage: Stage) -> None:
    """Nobody starts the bot anew because of a menu."""
    stage.emulator.town.faults.fail(times=3)
    await Introducing(bot=stage.bridge.bot, introductions=(SHOWN,), clock=stage.clock).run()

    assert stage.anna.menu(stage.account) == ["hjalp"]
