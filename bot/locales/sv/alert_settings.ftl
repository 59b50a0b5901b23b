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
