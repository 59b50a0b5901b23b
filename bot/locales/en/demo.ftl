demo-rooms = Groups and desk
demo-private = In private with Grannbro
demo-with-bot = { $about } · in private with Grannbro
demo-you-are = You are
demo-play = Play the day
demo-pause = Pause the day
demo-again = Play the day once more
demo-speed = Speed × { $speed }
demo-begin = A day in Alby and Gamla stan begins. Watch, or choose a room and write yourself.
demo-calm = Calm just now. Reports that matter show here and on the map.
demo-mail = 📬 The demo sends no mail. This is what would have come to { $to }:

    {""}**{ $subject }**
    { $text }
