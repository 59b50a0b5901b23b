# Kortet
card-head = { $emoji } **#{ $id } { $kind }** · { $area } · { $time }
card-call-112 = __Pågår det nu? Ring 112 först.__
card-text = { $text }
card-claim = __Uppgiften:__ { $text }
card-update = ↳ { $byline }{ $code } { $time }: { $text }
card-foot = — { $byline }{ $seen ->
    [0] {""}
   *[other] {" · sett av "}{ $seen }
}{ $here ->
    [0] {""}
   *[other] {" · "}{ $here } ser det också
}{ $called ->
    [0] {""}
   *[other] {" · "}{ $is_over ->
        [yes] {""}
       *[no] {"☎️ "}
    }112 ringt { $called_at }{ $called ->
        [one] {""}
       *[other] {" ("}{ $called })
    }
}{ $handled ->
    [0] {""}
   *[other] {" · "}{ $handled } säger att det är klart
}
card-state = { $state ->
    [confirmed] ✔ Bekräftad
    [resolved] ✅ Löst { $time }
    [false] ✖ Stämde inte ({ $time })
    [duplicate] Samma sak som en annan rapport
    [withdrawn] ↩ Tillbakadragen { $time }
    [expired] Avslutad av sig själv { $time }
   *[hidden] Borttagen av en moderator { $time }
}
card-same-as = ↔ Samma sak som #{ $id } · { $area } · { $time }{ $state ->
    [open] {""}
    [confirmed] {" · bekräftad"}
    [resolved] {" · löst "}{ $ended }
    [false] {" · stämde inte"}
    [expired] {" · avslutad "}{ $ended }
   *[other] {""}
}
mark-seen = Sett
mark-here = Ser det också
mark-called = 112 ringt
mark-handled = Klart
mark-flag = Flagga
mark-already-set = Det är redan noterat på #{ $id }. Ett tryck räcker.
mark-own-report = #{ $id } är din egen rapport, så den räknar redan dig. Har något hänt? Svara på kortet.
mark-handled-ask-author = En granne säger att #{ $id } är klart. Stämmer det?

# Nyheter till alla som fått kortet
news-resolved = Uppdatering av #{ $id }: det är löst. Tack till er som höll ögonen öppna.
news-false = #{ $id } stämde inte. Ingen fara.
news-withdrawn = #{ $id } är tillbakadragen av den som skrev, så kortet gäller inte längre. Ser du något själv? Skriv en ny rapport.
news-hidden = #{ $id } är borttagen av en moderator.
news-duplicate = #{ $id } är samma sak som #{ $root }. Det som händer med #{ $root } får du veta här.
news-apart = #{ $id } är inte samma sak som #{ $root }. Den gäller för sig själv igen.
news-moved = { $emoji } #{ $id } gäller nu { $area }, som du bevakar. Läs kortet igen.
news-raised = { $emoji } #{ $id } är nu mer bråttom. Läs kortet igen.

# Kvittot till den som skrev
report-reach = { $in_group ->
    [yes] { $group }{ $people ->
        [0] {""}
        [one] {" (1 person)"}
       *[other] {" ("}{ $people } personer)
    }
   *[no] { $rooms ->
        [0] {""}
        [one] grupperna i { $area }
       *[other] grupperna i { $area }
    }
}{ $in_area ->
    [yes] { $others ->
        [none] {""}
        [more] {", "}
       *[last] {" och "}
    }{ $followers ->
        [0] de som bevakar { $area } (ingen just nu)
        [one] 1 som bevakar { $area }
       *[other] { $followers } som bevakar { $area }
    }
   *[no] {""}
}{ $to_desks ->
    [several] {", "}{ $desks } och { $last_desk }
    [one] {" och "}{ $last_desk }
   *[none] {""}
}
report-receipt = { $priority ->
    [red] 🔴
    [yellow] 🟡
   *[green] 🟢
} #{ $id } är skickad. Den går till { $reached }. Du visas som { $byline }.
report-receipt-state = Din rapport #{ $id } { $state ->
    [open] är öppen.
    [confirmed] är bekräftad av andra.
    [resolved] är löst. Bra jobbat!
    [false] är avslutad: det stämde inte.
    [duplicate] hör ihop med en annan rapport.
    [withdrawn] är tillbakadragen.
    [expired] har tagit slut av sig själv. Pågår det fortfarande kan du öppna den igen.
   *[hidden] är borttagen av en moderator.
}
report-is-now = #{ $id } { $state ->
    [open] är öppen igen.
    [confirmed] är bekräftad.
    [resolved] är löst.
    [false] är avslutad: det stämde inte.
   *[withdrawn] är tillbakadragen.
}
report-erased-unanswered = Din röda rapport är raderad överallt, eftersom du inte svarade ja. Vill du rapportera igen är du välkommen.
report-undo = Ångra
report-undone = #{ $id } är borttagen överallt, som om den aldrig skickats.
report-resolve = Det är löst
report-withdraw = Dra tillbaka
report-reopen = Öppna igen
report-change-kind = Ändra sort
report-change-place = Ändra plats

# När något inte går
report-too-long = Det blev { $length } tecken och { $most } får plats. Skriv det viktigaste: vad, var, när.
report-needs-words = Skriv med några ord vad som händer och var, så förstår alla.
report-no-group = Det här rummet hör inte till någon grupp än, så jag vet inte vem som ska få det. Skriv till mig privat i stället, så hjälper jag dig.
report-kind-restricted = Försvunna personer och efterlysta fordon lägger bara polisen ut. Ring 112 om det är bråttom, annars 114 14.
report-unknown = Jag hittar ingen rapport #{ $id }. Numret står överst på kortet.
delete-what = Vad vill du radera? { $any_report ->
    [yes] En rapport drar du tillbaka, och alla som fick den får veta. Allt om dig raderar du med /glom.
   *[no] Du har ingen öppen rapport. Allt om dig raderar du med /glom.
}
delete-report = Dra tillbaka #{ $id }
report-which = Vilken rapport menar du? Svara på kortet, eller skriv numret efter kommandot.
report-is-over = #{ $id } är redan avslutad. Händer det igen? Skriv en ny rapport.
report-is-gone = Rapporten finns inte kvar, så här finns inget mer att göra.
report-may-not-mark = #{ $id } går inte att ändra längre. Händer det igen? Skriv en ny rapport.
report-may-not-update = #{ $id } är avslutad sedan länge. Har det hänt igen? Skriv en ny rapport.
report-may-not-edit = Bara den som skrev #{ $id } kan ändra den. Vet du mer? Svara på kortet.
report-may-not-confirm = Bekräfta gör de som har en verifierad roll. Ser du det också? Tryck ➕ på kortet.
report-may-not-resolve = Bara den som skrev #{ $id }, eller någon med verifierad roll, kan avsluta den. Tryck ✅ på kortet, så frågar jag.
report-may-not-declare-false = Det avgör en moderator eller någon med verifierad roll. Tryck ⚑ på kortet, så tittar de.
report-may-not-withdraw = Bara den som skrev #{ $id } kan dra tillbaka den. Stämmer den inte? Tryck ⚑ på kortet, så tittar en moderator.
report-may-not-hide = Det avgör en moderator. Tryck ⚑ på kortet, så tittar de.
report-may-not-reopen = #{ $id } går inte att öppna igen. Har det hänt igen? Skriv en ny rapport.
report-may-not-change-priority = Bara den som skrev #{ $id }, eller någon med verifierad roll, kan ändra hur bråttom det är. Vet du mer? Svara på kortet.
report-may-not-move = Bara den som skrev #{ $id }, eller någon med verifierad roll, kan ändra var den är. Vet du bättre? Svara på kortet.
report-not-reached = #{ $id } har inte kommit till dig, så där kan jag inte lägga till något. Ser du något själv? Skriv en ny rapport.
report-edited = Klart. #{ $id } är ändrad hos alla som har fått den.
update-added = Tack! Det står nu på kortet #{ $id }.
move-ask = Var är det? #{ $id } står nu på { $area }. Välj, skriv namnet på området eller dela din plats.
move-done = Klart. #{ $id } står nu på { $area }. { $in_area ->
    [yes] De som bevakar { $area } får kortet, och de som redan har det ser ändringen.
   *[no] Alla som har kortet ser ändringen.
}
move-same = #{ $id } står redan på { $area }.
update-picture-alone = En bild ensam kan jag inte lägga på ett kort. Skriv med några ord vad du ser, eller gör en ny rapport med bilden.
update-picture-left = Det du skrev står nu på kortet #{ $id }, men bilden kan jag inte lägga dit. Gör en ny rapport med bilden om andra behöver se den.

report-may-not-link = Att två rapporter är samma sak avgör den som skrev #{ $id }, en moderator eller någon med verifierad roll. Ser du samma sak? Tryck ➕ på kortet.
report-may-not-be-linked-to = #{ $id } är avslutad sedan länge eller borttagen, så inget nytt kan höra ihop med den.

# Samma sak
duplicate-line = { $emoji } #{ $id } { $kind } · { $area } · { $time }
duplicate-ask = { $preview }

    { $number ->
        [one] Är det samma sak som den här?
       *[other] Är det samma sak som någon av de här?
    }
    { $others }
duplicate-yes = Ja, #{ $id }: jag ser det också
duplicate-no = Nej, min är en annan. Skicka
duplicate-counted = Tack. Du räknas nu på #{ $id }, och där får du veta hur det går. Inget nytt är skickat.{ $added ->
    [yes] {" "}Det du skrev står på kortet.
   *[no] {""}
}
duplicate-picture = En bild till #{ $id }.
duplicate-not-any-more = #{ $id } är över eller borta sedan jag frågade. Titta en gång till, och skicka din om den behövs.
duplicate-link = Samma som #{ $id }? Länka
duplicate-linked = #{ $id } är nu samma sak som #{ $root }. Alla som fick den får veta det.{ $raising ->
    [offered] {" "}#{ $id } var mer bråttom. Ska #{ $root } höjas?
    [asked] {" "}#{ $id } var mer bråttom, så jag frågar den som skrev #{ $root } om den ska höjas.
   *[no] {""}
}
duplicate-is = #{ $id } är samma sak som #{ $root }.
duplicate-offer = { $number ->
    [0] Jag ser inget som liknar #{ $id }. Vet du vilken den är samma sak som? Skriv /dubblett { $id } och det andra numret.
    [one] #{ $id } kan vara samma sak som den här:
   *[other] #{ $id } kan vara samma sak som någon av de här:
}
    { $others }
duplicate-undo = Inte samma sak
duplicate-undone = #{ $id } är inte längre samma sak som #{ $root }. Den är som den var.
duplicate-receipt = Din rapport #{ $id } är samma sak som #{ $root }. Du räknas där, och det som händer får du veta.
duplicate-raise = { $emoji } Höj #{ $id }
duplicate-ask-raise = Någon har rapporterat samma sak som din #{ $id }, som mer bråttom: { $emoji }. Ska den höjas?
duplicate-which = Skriv vilka som är samma sak, till exempel: /dubblett 7K3 7K1. Numren står överst på korten.
duplicate-already = #{ $id } är redan samma sak som #{ $root }. Skriv /dubblett { $id } om det är fel.
duplicate-one-only = #{ $id } är en och samma rapport. Skriv numret på den andra också, till exempel: /dubblett { $id } 7K1.
duplicate-itself = #{ $id } och #{ $other } är redan samma sak.
duplicate-other-readers = #{ $id } och #{ $root } har olika läsare, så de kan inte höra ihop. Behöver båda veta? Skriv det på båda korten.

# Flaggor
flag-thanks = Tack. En moderator tittar på #{ $id }.
flag-nobody = Tack. Jag har noterat flaggan på #{ $id }, men här finns ingen moderator än. Vet du att något är fel? Svara på kortet, så ser alla det.
flag-look = Någon har flaggat #{ $id } i { $area }:

    { $text }
flag-hide = Dölj
flag-leave = Låt vara
flag-hidden = #{ $id } är dold för alla.
flag-left = #{ $id } får stå kvar.

# Formuläret
form-priority = Hur bråttom är det?
form-kind = Vad gäller det?
till-kind = Vad händer? Ett tryck till, så går det ut som rött till { $group }.

    __Pågår det nu? Ring 112 först.__
till-words = Med egna ord
form-kind-more = Fler
form-kind-none = Något annat
form-place = Var händer det? Välj, skriv områdets namn eller dela din plats.{ $red_waits ->
    [yes] {" "}Din röda rapport väntar på det. Ring 112 om det pågår nu.
   *[no] {""}
}
form-area = { $name }
form-text = { $photos ->
    [0] Skriv vad som händer. Du kan skicka med en bild.
   *[other] Bilden är med. Skriv vad som händer.
}
form-text-none = Skicka utan mer text
form-audience = Vem ska se det?
form-audience-area = Alla i { $area }
form-audience-group = Bara { $group }
form-preview = Så här ser andra det:

    { $card }{ $photos ->
        [0] {""}
        [one] {" · 1 bild"}
       *[other] {" · "}{ $photos } bilder
    }

    Det går till { $reached }. Du visas som { $byline }.{ $may_add ->
        [yes] {" "}Skriv gärna mer om det här, eller skicka som det är.
       *[no] {""}
    }
form-send = Skicka
form-change-text = Ändra text
form-change-kind = Ändra sort
form-change-place = Ändra plats
form-cancel = Avbryt
form-cancelled = Avbrutet. Inget är skickat.
form-changed = Något har ändrats sedan du började. Titta en gång till på vem som ser det, och skicka sedan.
form-never-sent = Den här rapporten skickades aldrig, och jag har glömt det du skrev. Skriv /rod och vad som händer om det fortfarande gäller.
form-sent = Skickat. Kvittot kommer här under.

relay-by = **{ $byline }**{ $forwarded ->
    [named] {" "}(vidarebefordrat från { $origin }, inte verifierat)
    [unnamed] {" "}(vidarebefordrat, inte verifierat)
   *[no] {""}
}{ $late ->
    [yes] {" "}(skrivet { $written })
   *[no] {""}
}
relay-line = { $by }: { $text }{ $extra ->
    [poll] (Svara i rummet där frågan ställdes.)
    [unknown] Något som Grannbro inte kan visa. Det finns i rummet där det skrevs.
   *[none] {""}
}{ $where ->
    [area] 📍 { $place }
    [outside] 📍 En plats utanför området
   *[none] {""}
}{ $edited ->
    [yes] {" (ändrat)"}
   *[no] {""}
}
outbox-possible-repeat = (Kan vara en dubblett. I så fall är det den här som gäller.)
outbox-unshown = { $why ->
    [too_large] för stor att visa här, högst { $most } MB går fram.
    [unwanted] i det här rummet får jag inte skicka sådana filer.
   *[gone] filen finns inte kvar hos mig.
}
outbox-tombstone = [raderat]
