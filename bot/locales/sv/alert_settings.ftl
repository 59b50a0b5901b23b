# Hur någon vill bli varnad, i en mening
summary = Du får { $rest }.
summary-paused = Inget kommer före { $until }, inte ens rött, och sedan får du { $rest }.
summary-none = Du bevakar inget än.
summary-none-but = Du bevakar inget än, men det här är valt: { $wishes }.
summary-until = inget alls före { $until }
summary-gets = { $what } { $places }
summary-what = { $always ->
    [yes] {"alltid "}
   *[no] {""}
}{ $at_least ->
    [red] rött
    [yellow] rött och gult
   *[green] allt
}{ $any_kinds ->
    [yes] {" om "}{ $kinds }
   *[no] {""}
}
summary-from = från { $places }
summary-within = inom { $places }
summary-quiet = tyst { $hours }{ $red ->
    [breaks] {" utom för rött"}
    [held] {" även för rött"}
   *[told] {""}
}
summary-quiet-days = tyst { $red ->
    [breaks] {"utom för rött "}
    [held] {"även för rött "}
   *[told] {""}
}{ $hours }
summary-digest = allt utom rött i en sammanfattning { $days } kl. { $at }
summary-limit = högst { $most } i timmen utöver rött
summary-also-in-private = även det som redan står i dina grupper
clauses-last = { $first }, och { $last }
more-followed = mer från { $number ->
    [one] ett ställe till
   *[other] { $number } ställen till
}
more-places = { $number ->
    [one] ett ställe till
   *[other] { $number } ställen till
}
more-kinds = { $number } slag till
followed-area = { $name }
followed-whole_area = hela { $name }
followed-group = gruppen { $name }
followed-circle = { $radius } { $unit } från din plats{ $is_in ->
    [yes] {" i "}{ $name }
   *[no] {""}
}

quiet-piece = { $hours }
quiet-piece-on = { $hours } { $days }
quiet-from-to = { $begins }–{ $ends }
quiet-all-day = hela dygnet
quiet-a-day-from = ett dygn från kl. { $at }
days-every = varje dag
days-workdays = på vardagar
days-weekend = på helger
days-run = { $first }–{ $last }
days-some = på { $days }
weekday-short = { $day ->
    [monday] mån
    [tuesday] tis
    [wednesday] ons
    [thursday] tors
    [friday] fre
    [saturday] lör
   *[sunday] sön
}
weekday-plural = { $day ->
    [monday] måndagar
    [tuesday] tisdagar
    [wednesday] onsdagar
    [thursday] torsdagar
    [friday] fredagar
    [saturday] lördagar
   *[sunday] söndagar
}

about-theft_ring = stöldligor
about-theft = stölder
about-burglary = inbrott
about-vandalism = skadegörelse
about-graffiti = klotter
about-violence = våld
about-threat = hot
about-suspicious = misstänkta händelser
about-fire = bränder
about-traffic = trafik
about-missing_person = försvunna personer
about-wanted_vehicle = efterlysta fordon
about-safety_environment = utemiljön
about-lost_found = hittegods
about-information = sådant som är bra att veta

# Frågor om när, och svar
alerts-changed = Klart. { $summary }
alerts-left = Då får det vara som det är. { $summary }
alerts-leave = Låt det vara
quiet-ask = { $summary }

    När ska det vara tyst? Tryck, eller skriv till exempel “från 22 till 7” eller “vardagar 22–6, helger 23–9”.
quiet-unclear = Jag förstår inte riktigt vilka tider du menar. Skriv till exempel “från 22 till 7” eller “fre–sön 23–9”, eller tryck här.

    { $summary }
quiet-which = Menar du från kvällen eller från morgonen? Från morgonen blir det tyst nästan hela dygnet.
quiet-always = Då blir det tyst dygnet runt, alla dagar. Vill du pausa i stället? En paus tar slut av sig själv.
quiet-night = 22–07 varje natt
quiet-week = Vardagar 22–06, helger 23–09
quiet-red-yes = Låt rött komma ändå
quiet-red-no = Håll inne rött också
quiet-off = Ingen tyst tid
quiet-change = Ändra tyst tid
digest-ask = { $summary }

    Vill du ha allt utom rött samlat i ett meddelande? Tryck, eller skriv till exempel “varje dag kl. 18” eller “fredagar 17”.
digest-unclear = Jag förstår inte riktigt när du vill ha den. Skriv till exempel “varje dag kl. 18” eller “fredagar 17”, eller tryck här.

    { $summary }
digest-daily = Varje dag 18:00
digest-weekly = Söndagar 18:00
digest-off = Ingen sammanfattning
digest-times-change = Ändra sammanfattning
digest-is-silent = Sammanfattningen faller i din tysta tid, så den kommer utan ljud.
limit-ask = Hur många varningar vill du ha i timmen som mest? Rött räknas inte. Resten får du samlat.
limit-unclear = Skriv ett tal från 1 till 60, eller tryck här. Resten får du samlat, och rött räknas inte.
limit-3 = 3 i timmen
limit-6 = 6 i timmen
limit-off = Ingen gräns
limit-change = Högsta antal i timmen
limit-rest-comes-later = Blir det fler får du resten samlat en stund senare.
rooms-yes = Även det mina grupper visar
rooms-no = Inte det mina grupper visar
pause-ask = { $summary }

    Hur länge vill du pausa? Då kommer ingenting, inte heller rött. Tryck, eller skriv till exempel “tre dagar” eller “till fredag”.
pause-ask-until = Till när? Skriv en dag eller ett datum, till exempel “till fredag” eller “24/12”.
pause-unclear = Jag förstår inte riktigt hur länge, högst ett år. Skriv till exempel “7 dagar”, “till fredag” eller “24/12”, eller tryck här.

    { $summary }
pause-holds-red = Pausen håller inne allt, även rött. Det som fortfarande gäller får du samlat efteråt. Är någon i fara: ring 112.
pause-1 = 1 dag
pause-7 = 7 dagar
pause-until = Till …
pause-monday = Till måndag
pause-off = Avsluta pausen
