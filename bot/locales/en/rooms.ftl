# The bot's rooms
room-foothold = { $foothold ->
    [gone] I am no longer in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }). The other rooms go on. Add me again, and everything arrives there too.
    [muted] I may no longer write in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }). Give me the right to write, and everything arrives again.
   *[member] I am back in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }).
}
room-moved = { $room } has a new id. I have moved along. Write { $new } instead of { $old } in the config folder.
error-write-as-yourself = You write in the name of the group or of a channel, so I can’t ask you anything. Write as yourself, or to me in private.
