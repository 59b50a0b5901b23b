# Letting one's lines stay
mute-relay-set = { $stays ->
    [yes] What you write in { $group } stays in the room where you write it. Reports reach everybody as before.
   *[no] What you write in { $group } goes to all rooms of the group.
}
mute-relay-which = In which group do you want to change this? If your lines stay in the room where you write them, only reports go to the other rooms.
mute-relay-in = { $stays ->
    [yes] { $group }: go to all rooms
   *[no] { $group }: stay in the room
}
mute-relay-change = { $stays ->
    [yes] Let them go to all rooms
   *[no] Let them stay in the room
}
mute-relay-stayed = What you write in { $group } stays in the room, as you chose. Do you want everybody to see it?
mute-relay-no-group = You have not written in any group yet. Write a line in the group's room, and you can choose here afterwards.
privacy-relay-mutes = • That what you write in { $names } stays in the room, because you chose so

# Lines that go round
relay-circles = In { $group } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] the web
}) the same line comes again and again, so I carry it no further. Probably another bot carries back what I write. Take it out of the room, or unlink the rooms.
relay-repeated = You wrote the same thing many times within a minute in { $group }. The last line stayed in the room. Write something more in a while, and it will arrive.

# Many lines at once
burst-head = 💬 **{ $number } messages** had gathered, { $first }–{ $last }. { $names }{ $others ->
    [0] {""}
    [one] {" "}and one more
   *[other] {" "}and { $others } more
} wrote. The last ones:
burst-foot = The button sends you all of them in private, for a day. They also stand in the room where they were written.
burst-show-all = Show all
burst-line = { $time } { $line }
burst-forgotten = { $number ->
    [one] One message, { $first }. It stands in the room where it was written.
   *[other] { $number } messages, { $first }–{ $last }. They stand in the room where they were written.
}
burst-too-old = I have forgotten those lines. They stand in the room where they were written.
