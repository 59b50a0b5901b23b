demo-rooms = Groups and desk
demo-private = In private with Grannbro
demo-with-bot = { $about } · in private with Grannbro
demo-you-are = You are
demo-play = Play or pause the day
demo-speed = Speed
demo-begin = A day in Alby and Gamla stan begins. Watch, or choose a room and write yourself.
demo-calm = Calm just now. Nothing to do.
