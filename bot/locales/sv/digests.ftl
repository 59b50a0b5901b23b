# En samlad avisering
digest-head = { $number ->
    [one] Det här har hänt sedan sist:
   *[other] Det här har hänt sedan sist, { $number } saker:
}
digest-area = **{ $area }**
digest-line = { $emoji } #{ $id } { $kind } · { $time }{ $has_text ->
    [yes] {": "}{ $text }
   *[no] {""}
}{ $state ->
    [resolved] {" · ✅ löst"}
    [false] {" · ✖ stämde inte"}
    [duplicate] {" · samma sak som en annan rapport"}
    [withdrawn] {" · ↩ tillbakadragen"}
    [hidden] {" · borttagen av en moderator"}
    [expired] {" · avslutad av sig själv"}
   *[open] {""}
}{ $is_answered ->
    [yes] {" · "}{ $official }
   *[no] {""}
}
digest-notice = { $emoji } { $title } · { $time }{ $has_text ->
    [yes] {" · "}{ $text }
   *[no] {""}
}{ $state ->
    [recalled] {" · ↩ återkallat"}
    [held] {" · ⏸ stoppat"}
    [expired] {" · gäller inte längre"}
   *[sent] {""}
}
digest-more = och { $number } till
digest-empty = Allt som stod här är borta nu.
digest-show = Visa #{ $id }
digest-change = Ändra
digest-pause = Pausa 7 dagar
digest-stop = Sluta bevaka
digest-shown-already = Kortet för #{ $id } har du redan här ovanför.
privacy-held-alerts = { $number ->
    [one] • 1 rapport som väntar på att du ska få den, för att du valde när
   *[other] • { $number } rapporter som väntar på att du ska få dem, för att du valde när
}
