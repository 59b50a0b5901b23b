# The bot's rooms
room-foothold = { $foothold ->
    [gone] I am no longer in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }). The other rooms go on. Add me again, and everything arrives there too.
    [missing] I no longer find a room of { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }). It is removed, or has another number. The other rooms go on. When somebody writes there again, everything arrives; else you can link a new room with /link.
    [muted] I may no longer write in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }). Give me the right to write, and everything arrives again.
    [closed] The topic is closed in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }). What is for it waits in its order and arrives when the topic is opened again. Make me an administrator who may manage topics, and I can write there also while it is closed.
   *[member] I am back in { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }).
}
room-moved = { $room } has a new id. I have moved along. Write { $new } instead of { $old } in the config folder.
error-write-as-yourself = You write in the name of the group or of a channel, so I can’t ask you anything. Write as yourself, or to me in private.
room-setup = Hello! I am Grannbro. This is how the room gets ready:

    { $steps }

    The list changes when something is done.
room-setup-done = ✅ Everything is in place in { $serves }. This list goes away tomorrow.
room-setup-reads_all = { $done ->
    [yes] ✅ I can read what is written here.
   *[no] ◻️ **Let me read what is written.** { $platform ->
        [telegram] Make me an administrator. Or write /setprivacy to @BotFather, choose Disable, remove me from the group and add me again.
       *[other] Give me the right to read everything in the room.
    }
}
room-setup-deletes = { $done ->
    [yes] ✅ I can delete messages.
   *[no] ◻️ **Let me delete messages**, so cards take the place of lines and slips can go away. { $platform ->
        [telegram] Open the group’s settings, Administrators, Grannbro and turn on “Delete messages”.
        [matrix] Open me in the room’s list of members and make me a moderator (power level 50).
       *[other] Give me that right in the room.
    }
}
room-setup-pins = { $done ->
    [yes] ✅ I can pin messages.
   *[no] ◻️ **Let me pin messages**, so a red card stays on top as long as it matters. { $platform ->
        [telegram] In the same place you turn on “Pin messages”.
        [matrix] I can once I am a moderator.
       *[other] Give me that right in the room.
    }
}
room-setup-group = { $done ->
    [yes] ✅ The room belongs to { $serves }.
   *[no] ◻️ **Connect the room to a group.** Write /group new to start one. If there is a group already, write /link in its room to get a code. Then write /link and the code here.
}
platform-trouble-token_refused = { $platform ->
    [telegram] Telegram no longer takes my token, so nothing gets through there. Ask whoever runs me to get a new one from @BotFather and put it in GRANNBRO_TELEGRAM__TOKEN. What waits is kept.
    [matrix] Matrix no longer lets me in, so nothing gets through there. Ask whoever runs me to look in the log for matrix.token_refused, matrix.password_refused or matrix.no_device. It says what is needed there. What waits is kept.
   *[other] The web no longer lets me in, so nothing gets through there. Ask whoever runs me to renew my access. What waits is kept.
}
platform-trouble-heard_elsewhere = { $platform ->
    [telegram] Another program uses the same token on Telegram, so I don’t hear everything that is written there. Ask whoever runs me to stop the other program, or to change the token at @BotFather.
   *[other] Another program uses my account on { $platform ->
        [matrix] Matrix
       *[web] the web
    }, so I don’t hear everything that is written there. Ask whoever runs me to stop it.
}
platform-trouble-sent_elsewhere = { $platform ->
    [telegram] Telegram takes what is written to another address, a webhook, so I hear nothing from there. Ask whoever runs me to call deleteWebhook, or to set GRANNBRO_TELEGRAM__WEBHOOK_URL.
   *[other] What is written on { $platform ->
        [matrix] Matrix
       *[web] the web
    } is taken to another address, so I hear nothing from there. Ask whoever runs me to change that.
}
platform-trouble-over = { $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] The web
} works again: { $trouble ->
    [token_refused] I am let in.
    [heard_elsewhere] no other program uses my account.
   *[sent_elsewhere] what is written comes to me.
}
room-rights = { $missing ->
    [none] I have the rights that I need in { $room } now ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }).
   *[some] In { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] web
    }: { $which }) I lack a right: { $missing ->
        [deletes] I may not delete messages.
        [reads_all] I can’t read all that is written.
       *[both] I can’t read all that is written, and may not delete messages.
    } The list in the room shows how it is given.
}

# Private chats that others read
shared-chat = Others than you and me read the chat where you wrote. So I answer here, where there are only the two of us. Please write here from now on.
