demo-rooms = Grupper och desk
demo-private = Privat med Grannbro
demo-with-bot = { $about } · privat med Grannbro
demo-you-are = Du är
demo-play = Spela dagen
demo-pause = Pausa dagen
demo-again = Spela dagen en gång till
demo-speed = Hastighet × { $speed }
demo-begin = En dag i Alby och Gamla stan börjar. Titta på, eller välj ett rum och skriv själv.
demo-calm = Lugnt just nu. Rapporter som gäller visas här och på kartan.
demo-mail = 📬 I demon skickas ingen post. Så här hade mejlet till { $to } sett ut:

    {""}**{ $subject }**
    { $text }
