# Botens rum
room-foothold = { $foothold ->
    [gone] Jag är inte längre med i { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }). Övriga rum fortsätter. Lägg till mig igen, så går allt fram även där.
    [muted] Jag får inte längre skriva i { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }). Ge mig rätt att skriva, så går allt fram igen.
   *[member] Jag är med i { $room } igen ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }).
}
room-moved = { $room } har fått ett nytt id. Jag har flyttat med. Byt { $old } mot { $new } i config-mappen.
error-write-as-yourself = Du skriver i gruppens eller en kanals namn, så jag kan inte fråga dig något. Skriv som dig själv, eller privat till mig.
room-setup = Hej! Jag är Grannbro. Så här blir rummet klart:

    { $steps }

    Listan ändras när något är gjort.
room-setup-done = ✅ Allt är på plats i { $serves }. Listan försvinner i morgon.
room-setup-reads_all = { $done ->
    [yes] ✅ Jag kan läsa det som skrivs här.
   *[no] ◻️ **Låt mig läsa det som skrivs.** { $platform ->
        [telegram] Gör mig till administratör. Eller skriv /setprivacy till @BotFather, välj Disable, ta bort mig ur gruppen och lägg till mig igen.
       *[other] Ge mig rätt att läsa allt i rummet.
    }
}
room-setup-deletes = { $done ->
    [yes] ✅ Jag kan ta bort meddelanden.
   *[no] ◻️ **Låt mig ta bort meddelanden**, så tar korten radernas plats och det som blev fel kan försvinna. { $platform ->
        [telegram] Öppna gruppens inställningar, Administratörer, Grannbro och slå på “Radera meddelanden”.
       *[other] Ge mig den rätten i rummet.
    }
}
room-setup-pins = { $done ->
    [yes] ✅ Jag kan fästa meddelanden.
   *[no] ◻️ **Låt mig fästa meddelanden**, så syns ett rött kort överst så länge det gäller. { $platform ->
        [telegram] På samma ställe slår du på “Fäst meddelanden”.
       *[other] Ge mig den rätten i rummet.
    }
}
room-setup-group = { $done ->
    [yes] ✅ Rummet hör till { $serves }.
   *[no] ◻️ **Koppla rummet till en grupp.** Skriv /group new för att starta en. Finns gruppen redan skriver du /link i dess rum och får en kod. Skriv sedan /link och koden här.
}
