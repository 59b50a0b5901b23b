# Så presenterar sig boten där plattformen visar det
introduction = Hej! Jag är Grannbro. Jag hjälper grannar, butiker, polis och kommun att hjälpas åt i chatten.

    Följ ditt område, berätta vad du ser och få veta när något händer. Tryck på Starta så går vi igenom det.

    Pågår ett brott eller är någon i fara? Ring 112 först.
introduction-short = Grannar, butiker, polis och kommun som hjälps åt. Är det bråttom: ring 112 först.
command-does-report = Rapportera steg för steg
command-does-red = 🔴 Bråttom: skriv vad som händer
command-does-yellow = 🟡 Håll ögonen öppna
command-does-green = 🟢 Bra att veta
command-does-tip = Tipsa polis, kommun eller andra i det tysta
command-does-subscribe = Bevaka ett område, en plats eller en grupp
command-does-subscriptions = Det jag bevakar
command-does-quiet = När det ska vara tyst
command-does-digest = Samla det som inte är bråttom
command-does-pause = Pausa allt en tid
command-does-areas = Områden att följa
command-does-help = Så funkar det
command-does-language = Byt språk
command-does-privacy = Vad som sparas om mig
command-does-consent = Mina val
command-does-mute_relay = Låt mina rader stanna i rummet
command-does-export = Hämta mina uppgifter
command-does-forget = Radera allt om mig
command-does-group = Om gruppen, eller starta en
command-does-link = Koppla ett rum till
command-does-unlink = Låt rummet lämna gruppen
