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
