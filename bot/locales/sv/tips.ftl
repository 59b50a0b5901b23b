# Tips till en organisation
tip-ask-organisation = Vem vill du tipsa? Bara de som du väljer kan läsa det. Händer det nu? Ring 112 först.
tip-to = { $organisation }
tip-ask-text = Vad vill du berätta för { $organisation }? Skriv vad du såg, när och var. Du kan skicka bilder också; jag tar bort platsen ur dem.{ $photos ->
    [0] {""}
    [one] {" "}En bild är med. Skriv något till den.
   *[other] {" "}{ $photos } bilder är med. Skriv något till dem.
}
tip-ask-place = Var hände det? Välj, skriv ett område eller dela din plats. Jag sparar området, inte punkten.
tip-place-none = Hoppa över platsen
tip-place-unknown = Jag hittar inget område som heter “{ $name }”. Skriv ett annat, dela din plats eller hoppa över platsen.
tip-ask-who = Ska { $organisation } få veta vem du är? Är du anonym kan de ändå svara dig här.
tip-anonymous = Var anonym
tip-as-named = Visa mitt namn: { $name }
tip-before = Så här ser de det:
tip-group = { $removed ->
    [yes] Jag tog bort ditt meddelande i { $group }, så att bara { $organisation } får det. Vill du skicka det som tips?
   *[no] Jag får inte ta bort meddelanden i { $group }, så ditt står kvar där. Ta bort det själv om du kan. Vill du skicka det som tips till { $organisation }?
}
tip-group-no = Nej
tip-group-nobody = { $removed ->
    [yes] Jag tog bort ditt meddelande i { $group }, för tips är inte till för alla.
   *[no] Jag får inte ta bort meddelanden i { $group }, så ditt står kvar där. Ta bort det själv om du kan.
} Ingen tar emot tips här än. Ring 114 14 till polisen, eller 112 om det händer nu.
tip-group-words = Det här skrev du:
    { $text }
tip-group-kept = Jag försökte ta bort ditt meddelande i { $group }, men fick inte. Det står kvar där. Ta bort det själv om du kan, eller be den som administrerar rummet.
tip-group-stays = Någon har skrivit ett tips i { $group }, och jag får inte ta bort det. Det är ett meddelande som börjar med /tips. Ta bort det där, och ge mig rätten att ta bort meddelanden.
tip-preview = { $why }

    Tips till { $organisation }{ $has_area ->
        [yes] {" "}· { $area }
       *[no] {""}
    }
    { $text }
    { $sender }{ $photos ->
        [0] {""}
        [one] {" "}En bild är med.
       *[other] {" "}{ $photos } bilder är med.
    }

    Bara de som arbetar för { $organisation } ser det: inte gruppen, inte samordnare och inte moderatorer. { $readers } Hos en myndighet kan ett tips bli allmän handling. Min egen kopia raderas { $days } dagar efter att ärendet är avslutat, eller när du tar tillbaka det.
tip-readers = { $platform ->
    [telegram] Telegram själv kan läsa det som skrivs i Telegram.
    [web] Den som driver webbchatten kan läsa det som skrivs där.
   *[matrix] I Matrix kan servern läsa det om rummet inte är krypterat.
}
tip-send = Skicka till { $organisation }
tip-change-text = Ändra text
tip-change-place = Ändra plats
tip-change-organisation = Till någon annan
tip-sent = Tack. Ditt tips { $id } är på väg till { $organisation }.
tip-received = Tack, { $organisation } har fått ditt tips ({ $id }). Bara de kan läsa det{ $is_named ->
    [yes] {", "}och de ser ditt namn.
   *[no] {", "}och de vet inte vem du är.
} Svarar de kommer det här. Hos en myndighet kan ett tips bli allmän handling.
tip-not-arrived = Ditt tips { $id } kommer inte fram till { $organisation } just nu: jag når inte deras rum. Ring 114 14 till polisen om det inte kan vänta, eller 112 om det händer nu. Når jag dem senare säger jag det här.
tip-add = Lägg till något
tip-reply = Svara
tip-take-back = Ta tillbaka
tip-ask-line = Skriv eller skicka en bild nu, så får { $organisation } det till { $id }.
tip-added = { $is_read ->
    [yes] Ditt svar till { $id } är på väg till { $organisation }.
   *[no] Jag når inte { $organisation } just nu. Det du skrev till { $id } är sparat och kommer fram när jag gör det. Ring 114 14 till polisen om det inte kan vänta, eller 112 om det händer nu.
}
tip-line-lost = Det du lade till i { $id } kommer inte fram till { $organisation } just nu: jag når inte deras rum. Ring 114 14 till polisen om det inte kan vänta, eller 112 om det händer nu. Jag försöker igen varje timme.
tip-back-sure = Ska jag ta tillbaka { $id }? Jag raderar det här och i deras rum. Det de redan har läst eller skrivit av kan jag inte ta tillbaka.
tip-back-yes = Ja, ta tillbaka
tip-back-no = Nej, behåll
tip-back-kept = { $id } är kvar.
tip-back-done = { $id } är tillbakataget och raderat.
tip-never-sent = Det du började skriva skickades inte, och jag har raderat det. Skriv /tips om du vill börja om.
tip-answer = { $organisation } svarar på ditt tips { $id }:
    { $text }{ $photos ->
        [0] {""}
        [one] {" "}(en bild)
       *[other] {" "}({ $photos } bilder)
    }
tip-closed = { $organisation } har avslutat ditt tips { $id }. Tack för att du hörde av dig. Min kopia raderas om { $days } dagar. Vet du mer? Svara här.
tip-unknown-organisation = Jag hittar ingen som heter “{ $name }”. Skriv /tips så visar jag vilka som tar emot tips.
tip-no-desk = { $organisation } har inget rum här än, så ingen skulle läsa ditt tips. { $has_phone ->
    [yes] Ring dem på { $phone }
   *[no] Ring 114 14 till polisen
}, eller skriv /tips så visar jag vilka som tar emot tips.
tip-nobody = Ingen tar emot tips här än. Ring 114 14 till polisen, eller 112 om det händer nu.
tip-too-long = Ditt tips är { $length } tecken. Skriv högst { $most } och lägg till resten när det är skickat.
tip-needs-words = Skriv med några ord vad du vill berätta.
tip-too-many-photos = Skicka högst { $most } bilder åt gången. Fler kan du lägga till när tipset är skickat.
tip-flood = Du har skickat { $most } tips på en timme, och någon ska hinna läsa dem. Lägg till det nya i ett av dem, eller vänta en stund. Händer det nu? Ring 112.
tip-lines-flood = Du har skrivit { $most } svar på en timme. Vänta en stund med nästa. Händer det nu? Ring 112.
tip-gone = { $id } finns inte kvar hos mig. Skriv /tips om du vill skicka ett nytt.

# Organisationens rum
tip-card-about = Gäller #{ $report }.
tip-card-head = 🔒 **Tips { $id }** · { $organisation }{ $has_area ->
    [yes] {" "}· { $area }
   *[no] {""}
} · { $time }
tip-card-text = { $text }
tip-card-from = { $is_named ->
    [yes] Från { $name }, som vill synas.
   *[no] Från någon som vill vara anonym.
}
tip-card-line = { $by_desk ->
    [yes] Ni
   *[no] Svar
} { $time }: { $text }{ $photos ->
    [0] {""}
    [one] {" "}(en bild)
   *[other] {" "}({ $photos } bilder)
}
tip-card-offered = Frågat om det får lämnas över till { $to }.
tip-card-foot = { $is_open ->
    [yes] Svara på kortet, så får den som tipsade ditt svar.
   *[no] Avslutat { $time }.
}
tip-line = { $by_desk ->
    [yes] Ert svar till { $id }:
   *[no] Nytt till { $id }:
} { $text }{ $photos ->
    [0] {""}
    [one] {" "}(en bild)
   *[other] {" "}({ $photos } bilder)
}
tip-card-closed = Texten { $photos ->
    [0] {""}
    [one] och en bild{" "}
   *[other] och { $photos } bilder{" "}
}visas här när en kollega har tryckt Läs och visat vem hen är. Det gäller i tolv timmar.{ $lines ->
    [0] {""}
    [one] {" "}En rad till hör till.
   *[other] {" "}{ $lines } rader till hör till.
}
tip-line-closed = Nytt till { $id }. Tryck Läs på kortet för att se det.
tip-desk-read = Läs
tip-opened = { $id } är öppnat.
tip-answer-waits = Ditt svar om { $id } har inte skickats. Svara på koden, och skriv sedan svaret igen på kortet.
tip-desk-ask = Fråga mer
tip-desk-close = Avsluta
tip-desk-hand = Lämna över
tip-ask-more = Vad vill du fråga om { $id }? Vill du skriva själv svarar du på kortet.
tip-asked = Frågat om { $id }: { $question }
tip-question-when = När hände det, och hur länge höll det på?
tip-question-where = Var hände det, så nära du kan säga?
tip-question-who = Hur såg de ut, och åt vilket håll gick de?
tip-question-vehicle = Fanns det något fordon, och hur såg det ut?
tip-question-still = Händer det fortfarande, eller har det hänt igen?
tip-question-reach = Får vi ringa dig? Skriv i så fall ett nummer här.
tip-hand-to = Till vem ska { $id } lämnas över? Den som tipsade bestämmer.
tip-hand-nobody = Ingen annan tar emot tips här, så { $id } stannar hos er.
tip-hand-asked = Jag har frågat om { $id } får lämnas över till { $to }. Svaret kommer här.
tip-hand-ask = { $organisation } tror att { $to } kan hjälpa bättre med ditt tips { $id }. Får de ta över det? Då ser { $organisation } det inte längre.
tip-hand-yes = Ja, lämna till { $to }
tip-hand-no = Nej, låt det vara
tip-hand-kept = { $id } stannar hos { $organisation }.
tip-hand-done = { $id } är hos { $organisation } nu.
tip-hand-over = Den frågan gäller inte längre. Det senaste om { $id } står längre ner.
tip-hand-refused = { $id } stannar hos er: den som tipsade vill inte lämna över det.
tip-handed = { $id } är överlämnat till { $to }.
tip-stays-at-desk = Det du svarade stannar i det här rummet: det kan höra till ett tips. Vill du svara den som tipsade, svara på kortet. Är det till gruppen, skriv det utan att svara på något.
tip-not-reached = Den som skickade { $id } går inte att nå just nu. Ditt svar kommer fram när de skriver till mig igen.

report-may-not-read-tip = { $id } är till för dem som är verifierade för { $organisation }. Är du det? Skriv /verify.
report-may-not-answer-tip = Bara den som är verifierad för { $organisation } svarar på { $id }. Är du det? Skriv /verify. Ditt svar har inte skickats.
report-may-not-close-tip = Bara den som är verifierad för { $organisation } avslutar { $id }, medan det är öppet. Är du det? Skriv /verify.
report-may-not-hand-over-tip = Bara den som är verifierad för { $organisation } lämnar över { $id }, medan det är öppet. Är du det? Skriv /verify.

privacy-tips = • { $number ->
    [0] Inga tips
    [one] Ett tips
   *[other] { $number } tips
} som du har skickat{ $answers ->
    [0] {""}
    [one] {" "}och ett svar som du har gett på andras
   *[other] {" "}och { $answers } svar som du har gett på andras
}, så att den du skrev till kan svara. De raderas { $days } dagar efter att de är avslutade; rör ingen dem på { $open_days } dagar avslutas de
forget-tips = { $number ->
    [one] Ditt tips tas bort
   *[other] Dina { $number } tips tas bort
} också hos dem som fick det. Har en myndighet redan skrivit av det gäller dess egna regler.
