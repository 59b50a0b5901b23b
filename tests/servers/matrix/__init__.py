"""A real homeserver, and people on it who use no library of the bot's.

    async def test_something(people):
        anna, bo = await people.arrive("Anna", "Bo")
        room = await anna.opens("Torget", invites=[bo])
        await bo.joins(room)
        said = await anna.writes(room, "Hej")
        seen = await bo.sees(room, "Hej")
        await bo.reacts(room, seen.event_id, "👍")

`synapse` is the server of this worker (`synapse.url`); `people` are those of one test. Verbs end
in s and wait for the server's answer; `sees`, `waits` and `is_invited` wait for others, by long
polls and no longer than ten seconds.
"""
