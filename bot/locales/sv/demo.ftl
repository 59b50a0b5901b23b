demo-rooms = Grupper och desk
demo-private = Privat med Grannbro
demo-with-bot = { $about } · privat med Grannbro
demo-you-are = Du är
demo-play = Spela eller pausa dagen
demo-speed = Hastighet
demo-begin = En dag i Alby och Gamla stan börjar. Titta på, eller välj ett rum och skriv själv.
demo-calm = Lugnt just nu. Inget att göra.
