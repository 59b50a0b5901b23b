"""A real homeserver, and people on it who use no library of the bot's.

    async def test_something(people):
        anna, bo = await people.arrive("Anna", "Bo")
        room = await anna.opens("Torget", invites=[bo])
        await bo.joins(room)
        await anna.writes(room, "Hej")
        seen = await bo.sees(room, "Hej")
        await bo.reacts(room, seen.event_id, "👍")
        await anna.manages(room).empowers(bo.id, 50)

`synapse` is the server of this worker (`synapse.url`, `async with synapse.down()`, `with
synapse.frozen()`), `limited_synapse` one with Synapse's own limits; `people` are of one test.
`people.account("Granne")` is for a bot that signs in by itself, and `people.arrives_encrypting`
brings somebody with the same verbs whose app encrypts. Verbs end in s and wait for the server's
answer; `sees`, `waits` and `is_invited` wait for others, by long polls and no longer than ten
seconds.
"""
