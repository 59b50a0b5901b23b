# Meddelanden från organisationer och samordnare.
notice-title = Meddelande
notice-head = { $emoji } **{ $title }** · { $area } · { $time }
notice-text = { $text }
notice-corrected = ✏️ Rättat { $time }.
notice-until = Gäller till { $time }.
notice-ended = { $state ->
    [recalled] ↩ Återkallat { $time }. Det som stod här gäller inte.
    [cancelled] Inställt { $time }.
   *[expired] Gällde till { $time }.
}
notice-foot = — { $is_former ->
    [yes] tidigare { $organisation }
   *[no] { $organisation } ✔ verifierad
}{ $has_link ->
    [yes] {" · "}{ $link }
   *[no] {""}
}{ $has_id ->
    [yes] {" · "}{ $id }
   *[no] {""}
}
notice-stopped = ⏸ Stoppat. Den som skrev det har inte kvar sin roll, och organisationen ser över det.
notice-by-coordinators = Trygghetssamordningen
notice-news = { $state ->
    [held] { $id } är stoppat. Den som skrev det har inte kvar sin roll. Vänta tills organisationen har sagt mer.
    [recalled] { $id } är återkallat. Det som stod där gäller inte.
   *[sent] { $id } är rättat. Läs det igen.
}

# Att skriva ett
notice-ask-where = Vilka ska få det? { $any_chosen ->
    [yes] Hittills: { $chosen }.{" "}
   *[no] {""}
}Tryck, eller skriv områden och grupper med komma emellan.
notice-place = { $on ->
    [yes] ✓ { $name }
   *[no] { $name }
}
notice-places-done = Klart
notice-place-unknown = Jag hittar inget område och ingen grupp som heter "{ $name }" och som du kan nå. Skriv /areas så visar jag vilka områden som finns, eller skriv /notice och välj med knapparna.
notice-outside = { $area } ligger utanför det du kan skicka till. Välj ett område som din organisation ansvarar för, eller be trygghetssamordnaren.
notice-no-speaker = Ingen organisation som du är verifierad för ansvarar för alla de här platserna. Ta bort någon av dem, eller skicka två meddelanden.
notice-ask-words = { $language ->
    [sv] Vad ska det stå på svenska? Skriv det nu.
    [en] Vad ska det stå på engelska? Skriv det nu.
   *[any] Vad vill du meddela? Skriv det nu. Flera språk på en gång: börja varje text med sv: eller en: på en egen rad.
}
notice-ask-when = När ska det gå ut? Till exempel imorgon 08:00, fredag 17 eller 23/12 kl 9. Klockan är { $time } nu.
notice-ask-until = Hur länge gäller det? Till exempel 18:00, fredag eller 23/12. Då står det på kortet, och den som inte fått det än slipper.
notice-ask-picture = Skicka en bild, så följer den med. Den rensas från plats och kamera.
notice-only-pictures = Här kan du skicka en bild, eller välja med knapparna. Vill du ändra texten, tryck på språket.
notice-time-unclear = Jag förstår inte tiden "{ $said }", eller så har den varit. Skriv till exempel imorgon 08:00 eller 23/12 kl 9.
notice-now = Nu
notice-morning = I morgon 08:00
notice-no-end = Tills vidare
notice-no-picture = Ingen bild
notice-back = Tillbaka
notice-form-cancel = Avbryt
notice-noted = Tack, det är med.
notice-form-cancelled = Avbrutet. Inget har skickats.
notice-form-changed = Områdena, grupperna eller din roll har ändrats sedan du började. Titta igenom det igen här under.

# Förhandsvisning
notice-preview = { $number ->
    [one] Så här ser det ut:
   *[other] Så här ser det ut på varje språk. Var och en får sitt.
}
notice-preview-card = {""}
    { $language ->
    [sv] __På svenska__
    [en] __På engelska__
   *[other] __På ett annat språk__
}
    { $card }
notice-reach = Det går till { $rooms ->
    [0] inga rum
    [one] 1 rum
   *[other] { $rooms } rum
}{ $members ->
    [0] {""}
    [one] {" ("}1 person)
   *[other] {" ("}{ $members } personer)
} och till { $followers ->
    [one] 1 som bevakar
   *[other] { $followers } som bevakar
}.{ $any_platform ->
    [yes] {" "}{ $platforms }.
   *[no] {""}
}
notice-on-platform = { $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] Webben
}: { $rooms } rum{ $parted ->
    [yes] , där går texten vidare i ett meddelande under bilden
   *[no] {""}
}
notice-goes-out = Det går ut { $time }.
notice-send = Skicka
notice-schedule = Spara till sin tid
notice-text-in = { $language ->
    [sv] { $on ->
        [yes] Ändra svenska
       *[no] På svenska
    }
    [en] { $on ->
        [yes] Ändra engelska
       *[no] På engelska
    }
   *[other] { $on ->
        [yes] Ändra { $language }
       *[no] På { $language }
    }
}
notice-priority = Gör till { $emoji }
notice-where = Ställen
notice-picture = Bild
notice-when = Tid
notice-until-button = Gäller till
notice-speak-as = Som { $name }

# När det är skickat
notice-sent = { $id } är på väg. Här under ser du hur långt det har kommit.
notice-kept = Sparat.
notice-scheduled = { $id } går ut { $time }. Du hittar det med /notices.
notice-missed = { $id } gick inte ut. { $why ->
    [over] Tiden det gällde var redan slut.
    [gone] Ingen av grupperna finns kvar.
   *[role] Rollen det skulle skickas i gäller inte längre där, eller så har en grupp låsts.
} Skriv /notice om det behövs ändå.
notice-progress = { $state ->
    [held] { $id } är stoppat
    [sending] { $id } är på väg
    [changing] { $id } ändras överallt
    [recalling] { $id } tas tillbaka överallt
    [recalled] { $id } är återkallat
   *[done] { $id } är ute
}: { $rooms } av { $all_rooms } rum, { $people } av { $all_people } personer.
notice-progress-changes = { $left ->
    [0] Alla andra kopior är ändrade.
    [one] 1 kopia kvar att ändra.
   *[other] { $left } kopior kvar att ändra.
}{ $failed ->
    [0] {""}
    [one] {" "}1 gick inte att ändra.
   *[other] {" "}{ $failed } gick inte att ändra.
}
notice-progress-later = { $number } får det senare: tyst tid, paus eller sammanfattning.
notice-progress-lost = { $number } nåddes inte: de har stängt av boten, lämnat eller slutat bevaka.
notice-progress-spared = { $number } har inte fått det, och får det inte heller.
notice-progress-refused = { $number } nåddes inte: plattformen tog inte emot det.
notice-progress-rooms = { $number } rum nåddes inte:
notice-progress-refusal = • { $room } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] webben
}): { $reason }
notice-held = { $id } är stoppat, för den som skrev det talar inte längre för { $organisation }. Det har nått { $rooms } av { $all_rooms } rum och { $people } av { $all_people } personer, och där står nu "tidigare { $organisation }". Så här står det:
    { $text }
    Vad ska hända med det?
notice-go-on = Skicka resten utan märke
notice-sent-on = { $id } går ut till resten, utan märke.
notice-held-recalled = { $id } är återkallat.
notice-held-over = { $id } gäller inte längre, så resten skickas inte.
notice-not-held = Det är redan bestämt vad som händer med { $id }. Skriv /notices, så ser du hur det gick.
notice-correct = Rätta { $id }
notice-recall = Återkalla { $id }
notice-cancel = Ställ in { $id }

# Rätta och återkalla
notice-which = Vilket meddelande? Skriv numret, till exempel /correct N-12 och den rätta texten. Dina senaste finns under /notices.
notice-unknown = Jag hittar inget meddelande { $id }. Dina senaste finns under /notices.
notice-is-over = { $id } är redan återkallat. Skriv /notice om du vill skicka ett nytt.
notice-ask-correction = Hur ska { $id } lyda? Skriv hela texten. Nu står det: { $text }
notice-corrected-receipt = { $id } är rättat. { $state ->
    [scheduled] Det går ut med den nya texten.
   *[sent] Alla som har fått det ser den nya texten.
}{ $lacks ->
    [none] {""}
    [sv] {" "}Den svenska texten är borta tills du skriver den också.
    [en] {" "}Den engelska texten är borta tills du skriver den också.
   *[other] {" "}Ett språk är borta tills du skriver det också.
}
notice-ask-recall = { $state ->
    [scheduled] Ska { $id } ställas in?
   *[sent] Ska { $id } återkallas? Texten försvinner hos alla som har fått det, och det går inte att ångra.
}
notice-recall-yes = Ja
notice-recall-no = Nej
notice-left-alone = Då låter jag det vara.
notice-recalled-receipt = { $state ->
    [cancelled] { $id } är inställt. Ingen har fått det.
   *[recalled] { $id } är återkallat. Alla som har fått det ser att det inte gäller.
}
notice-needs-words = Skriv med ord hur det ska stå. Vill du ta tillbaka det, skriv /aterkalla.
notice-over-before = Det skulle vara slut innan det går ut. Ändra tiden eller hur länge det gäller.
notices-head = Dina senaste meddelanden:
notices-line = { $emoji } { $id } · { $place } · { $state ->
    [scheduled] går ut { $time }
    [held] stoppat
    [cancelled] inställt
    [recalled] återkallat
    [expired] { $time }, gäller inte längre
   *[sent] { $time }, { $rooms } rum och { $people ->
        [one] 1 person
       *[other] { $people } personer
    }
}{ $has_text ->
    [yes] {" · "}{ $text }
   *[no] {""}
}
notices-none = Du har inte skickat något meddelande än.
notices-new = Skriv ett meddelande
report-may-not-announce = Meddelanden till områden skickas av verifierade organisationer och trygghetssamordnare. Vill du berätta något för grannarna, skriv /gron och vad det gäller.
report-may-not-correct-notice = { $id } kan rättas av den organisation som skickade det och av trygghetssamordnare. Har du sett ett fel, säg till dem.
report-may-not-recall-notice = { $id } kan återkallas av den organisation som skickade det och av trygghetssamordnare. Har du sett ett fel, säg till dem.
privacy-notices = • { $number ->
    [one] 1 meddelande som du har skickat
   *[other] { $number } meddelanden som du har skickat
} i tjänsten: för att kunna rätta och återkalla. Raderas { $days } dagar efter att de gick ut.
forget-notices = Meddelanden som du har skickat i tjänsten står kvar, men utan koppling till dig. De som väntar på sin tid ställs in.
