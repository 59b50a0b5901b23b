web-welcome = Hello! Here you chat with neighbours, shops, police and municipality. You come in with your personal link. Don't have one? Ask the contact person of the group.
web-storage-busy = I can't save anything just now. Please wait a moment and try again. If it is urgent: call 112.
web-picture = Picture
web-edited = edited
web-more = More
web-reply = Reply
web-edit = Edit
web-delete = Delete
web-write = Write a message, or /red and what is happening
web-send = Send
web-attach = Attach a picture or file
web-share-place = Share your place
web-place = 📍 { $known ->
    [yes] { $area }
   *[no] A place off the map
}
web-no-place = The browser won't tell where you are. Write the name of the area instead.
web-file-rejected = That file is too large. At most 20 MB is fine.
web-replying = You are replying to: { $text }
web-editing = You are changing your message.
web-attached = Attached: { $name }
web-tab-rooms = Rooms
web-tab-talk = Chat
web-tab-map = Map
web-people = { $number ->
    [one] 1 person
   *[other] { $number } people
}
web-empty = It is calm here. Say hello, or write /red and what is happening.
web-quiet = Nothing written yet
web-unread = unread
web-new-red = new red report
web-cancel = Cancel
web-link-ended = That link is no longer valid. Ask the contact person of the group for a new one, and you will soon be in.
web-connection-lost = No connection just now.
web-trying-to-reconnect = I am trying again. What you wrote is kept. If it is urgent: call 112.
