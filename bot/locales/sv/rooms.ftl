# Botens rum
room-foothold = { $foothold ->
    [gone] Jag är inte längre med i { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }). Övriga rum fortsätter. Lägg till mig igen, så går allt fram även där.
    [missing] Jag hittar inte längre ett rum i { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }). Det är borttaget eller har fått ett annat nummer. Övriga rum fortsätter. Skriver någon där igen går allt fram; annars kan du länka ett nytt rum med /link.
    [muted] Jag får inte längre skriva i { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }). Ge mig rätt att skriva, så går allt fram igen.
    [closed] Ämnet är stängt i { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }). Det som ska dit väntar i ordning och går fram när ämnet öppnas igen. Gör mig till administratör som får hantera ämnen, så kan jag skriva även när det är stängt.
   *[member] Jag är med i { $room } igen ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }).
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
        [matrix] Öppna mig i rummets medlemslista och gör mig till moderator (behörighet 50).
       *[other] Ge mig den rätten i rummet.
    }
}
room-setup-pins = { $done ->
    [yes] ✅ Jag kan fästa meddelanden.
   *[no] ◻️ **Låt mig fästa meddelanden**, så syns ett rött kort överst så länge det gäller. { $platform ->
        [telegram] På samma ställe slår du på “Fäst meddelanden”.
        [matrix] Det kan jag när jag är moderator.
       *[other] Ge mig den rätten i rummet.
    }
}
room-setup-group = { $done ->
    [yes] ✅ Rummet hör till { $serves }.
   *[no] ◻️ **Koppla rummet till en grupp.** Skriv /group new för att starta en. Finns gruppen redan skriver du /link i dess rum och får en kod. Skriv sedan /link och koden här.
}
platform-trouble-token_refused = { $platform ->
    [telegram] Telegram tar inte emot min token längre, så inget går fram där. Be den som sköter mig att hämta en ny hos @BotFather och lägga den i GRANNBRO_TELEGRAM__TOKEN. Det som väntar är sparat.
    [matrix] Jag släpps inte in på Matrix längre, så inget går fram där. Be den som sköter mig att leta i loggen efter matrix.token_refused, matrix.password_refused eller matrix.no_device. Där står vad som behövs. Det som väntar är sparat.
   *[other] Jag släpps inte in på webben längre, så inget går fram där. Be den som sköter mig att förnya mina uppgifter. Det som väntar är sparat.
}
platform-trouble-heard_elsewhere = { $platform ->
    [telegram] Ett annat program använder samma token på Telegram, så jag hör inte allt som skrivs där. Be den som sköter mig att stoppa det andra programmet, eller att byta token hos @BotFather.
   *[other] Ett annat program använder mitt konto på { $platform ->
        [matrix] Matrix
       *[web] webben
    }, så jag hör inte allt som skrivs där. Be den som sköter mig att stoppa det.
}
platform-trouble-sent_elsewhere = { $platform ->
    [telegram] Telegram lämnar det som skrivs till en annan adress, en webhook, så jag hör inget därifrån. Be den som sköter mig att anropa deleteWebhook, eller att ange GRANNBRO_TELEGRAM__WEBHOOK_URL.
   *[other] Det som skrivs på { $platform ->
        [matrix] Matrix
       *[web] webben
    } lämnas till en annan adress, så jag hör inget därifrån. Be den som sköter mig att ändra det.
}
platform-trouble-over = { $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] Webben
} fungerar igen: { $trouble ->
    [token_refused] jag är insläppt.
    [heard_elsewhere] inget annat program använder mitt konto.
   *[sent_elsewhere] det som skrivs kommer till mig.
}
room-rights = { $missing ->
    [none] Jag har de rättigheter jag behöver i { $room } nu ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }).
   *[some] I { $room } ({ $platform ->
        [telegram] Telegram
        [matrix] Matrix
       *[web] webben
    }: { $which }) saknar jag en rättighet: { $missing ->
        [deletes] jag får inte ta bort meddelanden.
        [reads_all] jag kan inte läsa allt som skrivs.
       *[both] jag kan inte läsa allt som skrivs, och inte ta bort meddelanden.
    } Listan i rummet visar hur den ges.
}

# Privata chattar som andra läser
shared-chat = Fler än du och jag läser i chatten där du skrev. Därför svarar jag här, där bara vi två är. Skriv hit i fortsättningen.
