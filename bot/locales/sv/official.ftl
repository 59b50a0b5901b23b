# Koder på det som myndigheter skriver
check-button = Är det här äkta?
card-code = Äkta? Skriv /kolla { $code }
card-code-short = {" "}(/kolla { $code })

# /kolla
check-genuine = Ja, koden { $code } är äkta. **{ $organisation }** ({ $role ->
    [police] polis
    [municipality] kommun
    [fire_service] räddningstjänst
    [guard] väktare
    [landlord] hyresvärd
   *[volunteer] volontär
}) { $kind ->
    [report] rapporterade
    [update] skrev det på kortet #{ $id }
    [answer] svarade på #{ $id }
   *[notice] gick ut med det
} { $time } i { $area }. { $standing ->
    [stands] Det gäller fortfarande.
    [corrected] Det är ändrat { $changed }, så läs kortet igen.
    [over] Det är avslutat.
    [held] Det är stoppat och ses över, så vänta tills { $organisation } har sagt mer.
    [recalled] Det är återkallat och gäller inte längre.
   *[gone] Texten är raderad sedan dess.
}
check-text = Så här börjar det: “{ $text }” Står det något annat i det du har fått är det ändrat på vägen.
check-text-closed = Texten visar jag bara för dem som den gick till.
check-vouched-configured = Att avsändaren är den rätta intygar de som driver Grannbro här. Det gäller tills de ändrar det.{ $is_proved ->
    [yes] {" "}Adressen där visades senast { $proved }.
   *[no] {""}
}
check-vouched-granted = Rollen är kontrollerad och gavs { $granted }.{ $lasts ->
    [yes] {" "}Den gäller till { $until }.
    [over] {" "}Den gällde till { $until }, så personen skriver inte för dem längre.
   *[no] {""}
}{ $by ->
    [colleague] {" "}En redan verifierad kollega hos { $organisation } godkände den.
    [coordinators] {" "}Två samordnare godkände den.
   *[unknown] {""}
}{ $is_proved ->
    [yes] {" "}Adressen där visades senast { $proved }.
   *[no] {""}
}
check-vouched-ended = Avsändaren var kontrollerad när det skrevs, men har inte den rollen längre.
check-vouched-source = Det kommer från deras egen källa, som de som driver Grannbro här har kopplat in.
check-author = Skrivet av { $name }.
check-author-hidden = Personens namn visas inte.
check-unknown = Koden { $code } finns inte här, så jag kan inte säga att det är äkta. Lita inte på det. Ring 112 om det är bråttom, annars 114 14 till polisen.
check-neighbour = #{ $id } är skriven av en granne, inte av en myndighet.
check-line = Ja, raden är äkta. **{ $organisation }** ({ $role ->
    [police] polis
    [municipality] kommun
    [fire_service] räddningstjänst
    [guard] väktare
    [landlord] hyresvärd
   *[volunteer] volontär
}) skrev den { $time } i { $group }. Orden sparar jag inte. Lita på raden där den står, inte på en bild eller avskrift av den.
check-line-unmarked = { $number ->
    [one] Den raden är inte verifierad: den är skriven av någon i gruppen
   *[other] De raderna är inte verifierade: de är skrivna av personer i gruppen
}, inte för en myndighet.
check-line-unknown = Jag vet inte vem den raden talade för: den är för gammal, eller har stannat där den skrevs. Lita inte på den för märkets skull. Fråga hellre den som skrev, eller polisen på 114 14.
check-differs = Koden { $code } är äkta, men orden stämmer inte med det som **{ $organisation }** skrev. Lita inte på det du har fått.
check-added = Se upp: i det du har fått finns en länk, ett nummer eller en adress som inte stod där från början. Klicka, ring och betala inte efter den.
check-unseen = Koden { $code } finns, men jag ser inte hela det du svarade på. Jämför orden med dem här under, eller vidarebefordra det till mig i privat chatt.
check-no-code = Det du skickade är inte verifierat: där finns ingen kod från en myndighet. Äkta kort slutar med en kod, som /kolla K7F3. Är det en rad ur en grupp? Svara på den där med /kolla.
check-no-such = Det där är ingen kod. Den står på kortet, som /kolla K7F3. Finns det ingen kod är det inte verifierat.
check-unknown-report = Rapporten #{ $code } finns inte här, så jag kan inte säga att den är äkta. Lita inte på det du har fått. Ring 112 om det är bråttom, annars 114 14 till polisen.
check-how = Skriv koden som står på kortet, till exempel /kolla K7F3. Du kan också svara på kortet med /kolla, eller vidarebefordra det till mig. På en rad ur en annan chatt svarar du också med /kolla.

# Officiella svar
card-official = **{ $byline }**: **{ $verdict ->
    [true] Det stämmer.
    [false] Det stämmer inte.
    [partly] Det stämmer delvis.
   *[unknown] Det är inte känt om det stämmer.
}** { $text } · { $time }{ $told ->
    [0] {""}
   *[other] {" · "}svaret har gått till { $told } av { $saw } rum och personer som fått uppgiften
} · /kolla { $code }
official-news = #{ $id }, svar från **{ $byline }**: **{ $verdict ->
    [true] Det stämmer.
    [false] Det stämmer inte.
    [partly] Det stämmer delvis.
   *[unknown] Det är inte känt om det stämmer.
}** { $text } · /kolla { $code }
official-news-replaced = Svaret om #{ $id } är ändrat. Läs det nya här under, eller kortet.
official-which = Vad gäller för #{ $id }? Det du svarar går till alla som har fått den.
official-verdict-true = Det stämmer
official-verdict-false = Det stämmer inte
official-verdict-partly = Delvis
official-verdict-unknown = Inte känt än
official-text = Skriv det som gäller om #{ $id }, kort. Upprepa inte det som är fel.
official-preview = Så här läser de det:

    { $card }

    Det går till { $saw ->
        [0] kortet, som ingen har fått än
        [one] den som har fått #{ $id }
       *[other] de { $saw } som har fått #{ $id }
    }.
official-send = Skicka svaret
official-change-verdict = Ändra bedömning
official-change-text = Ändra text
official-sent = Svaret står på #{ $id } och går till { $saw ->
    [0] dem som får kortet
    [one] den som har fått det
   *[other] de { $saw } som har fått det
}. Ändra det med /official { $id }.
official-changed = Svaret om #{ $id } är ändrat på kortet{ $is_told ->
    [yes] , och alla som har fått det får veta.
   *[no] {" "}och hos alla som har fått det.
}
official-end-as-false = Avsluta #{ $id } som falsk
official-cancelled = Avbrutet. Inget svar är skickat.
report-may-not-answer-officially = Officiella svar ger den som har en verifierad roll där #{ $id } är. Vet du mer? Svara på kortet.
kind-claim = Uppgift
digest-official = { $organisation }: { $verdict ->
    [true] det stämmer
    [false] det stämmer inte
    [partly] det stämmer delvis
   *[unknown] inte känt än
}

# Efterlysningar och vittnen
appeal-not-yours = Efterlysa och söka vittnen gör bara polisen. Ring 112 om det är bråttom, annars 114 14.
appeal-text-missing_person = Beskriv personen: ålder, längd, kläder, när och var hen sågs sist. Inget personnummer. Du kan skicka med en bild.
appeal-text-wanted_vehicle = Beskriv fordonet: märke, färg, när och var det sågs sist, och vad den som ser det ska göra. Du kan skicka med en bild.
appeal-text-witnesses = Skriv vad som har hänt, när och var, och vad du vill veta. Inget som pekar ut någon.
appeal-end = När ska det sluta? Då raderas text och bilder, hos alla som har fått dem. Tidigare slutar det om du trycker Det är löst.
appeal-hours = { $hours ->
    [6] 6 timmar
    [24] Ett dygn
    [72] 3 dygn
   *[168] En vecka
}
appeal-change-end = Ändra slut
card-ends = Gäller till { $time }. Vet du något? Tryck på knappen, så når du bara { $organisation }.
card-emptied = Text och bilder är raderade.
appeal-tip = Jag vet något
appeal-not-linked = #{ $id } är en efterlysning och tar slut för sig, så den kan inte höra ihop med en annan.

# Namn som liknar en myndighet
impostor-seen = Någon i { $group } har ett namn som kan tas för en myndighet eller för mig. Jag visar hen som { $byline }. Titta i medlemslistan och fråga vänligt om det är fel.

# Mina uppgifter
privacy-official = • { $number ->
    [one] Att du har skrivit 1 gång för en organisation
   *[other] Att du har skrivit { $number } gånger för en organisation
}, så att alla kan kolla att det är äkta, i { $days } dagar
