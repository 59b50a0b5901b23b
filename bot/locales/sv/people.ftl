# Områden och bevakningar
area-unknown = Jag hittar inget område som heter “{ $name }”. { $any_near ->
    [yes] Menade du { $near }?
   *[no] Skriv namnet på stadsdelen eller kommunen, eller dela din plats.
}
place-unknown = Jag hittar inget område som heter “{ $name }”. { $any_near ->
    [yes] Menade du { $near }? Skriv namnet igen eller dela din plats.
   *[no] Skriv namnet på stadsdelen eller kommunen, eller dela din plats.
}
place-outside = Där har jag inget område. { $any_near ->
    [yes] Närmast finns { $near }.
   *[no] Skriv namnet på ett område i stället.
}
place-by-postal-code = { $code } hör till { $area }. Längre in än kommunen säger ett postnummer inte: skriv områdets namn om du vill ha det närmare.
place-or-share = Eller dela din plats, så hittar jag området.
place-share = 📍 Dela min plats
place-known = Du är i { $area }. Jag minns området i två timmar. Vad vill du göra?
place-report = Rapportera härifrån
place-subscribe = Bevaka { $name }
follow-offer = Tack för att du berättade. Vill du få veta när något mer händer i { $area }?
subscribe-which = Vilket område vill du bevaka? Välj, skriv namnet eller dela din plats.
subscribe-share-place = Dela din plats med mig först, så vet jag var “här” är.
subscribe-red = Bara röda
subscribe-yellow = Röda och gula
subscribe-green = Alla
subscribe-stop = Sluta bevaka
subscribe-kinds = Vissa slag
kinds-ask = { $summary }

    { $place }: vad vill du höra om? Väljer du inget får du allt. Rött av okänt slag kommer alltid.
kind-on = ✅ { $kind }
kind-off = ⬜ { $kind }
kinds-all = Alla slag
kinds-done = Klart
circle-where = Dela din plats med mig, så bevakar jag runt den. Jag sparar bara en ungefärlig punkt, på ett par hundra meter när.
circle-radius = Välj mellan 200 m och 20 km, till exempel “/bevaka här 500 m” eller “/bevaka här 1 km”.
circle-is-rough = Jag sparar bara en ungefärlig punkt, på ett par hundra meter när. Aldrig den exakta.
circle-title = { $radius } { $unit } runt din plats{ $is_in ->
    [yes] {" i "}{ $name }
   *[no] {""}
}
group-button = Gruppen { $name }
menu-quiet = Tyst tid
menu-digest = Sammanfattning
menu-pause = Pausa
place-around-500 = 500 m härifrån
place-around-1000 = 1 km härifrån
subscriptions-list = { $summary }

    { $lines }
subscriptions-line = • { $place }: { $what }
subscriptions-change = Ändra { $name }
subscriptions-stop = Sluta bevaka { $name }
subscriptions-all = Allt jag bevakar
subscriptions-more = Bevaka ett till
unsubscribe-done = Du bevakar inte längre { $place }.
unsubscribe-all = Ja, sluta bevaka allt
unsubscribe-all-ask = { $summary }

    Vill du sluta bevaka allt? En paus tar slut av sig själv.
unsubscribe-all-done = Klart. Du bevakar inget längre.
unsubscribe-was-not = Du bevakade inte { $place }.
unsubscribe-undo = Bevaka igen

area-gone = { $area } finns inte längre på kartan, så därifrån kommer inget mer. { $any_there ->
    [yes] Vill du bevaka det som ligger där nu i stället? Jag minns din bevakning i { $days } dagar.
   *[no] Skriv /bevaka och ett namn för att bevaka något annat. Jag minns din bevakning i { $days } dagar.
}

areas-listed = { $where ->
    [group] { $group } hör till { $area }. Det här kan du följa:
    [named] { $area }, och det som ligger där:
   *[own] Det här finns nära dig:
}
    { $lines }
areas-line = • { $area }{ $followed ->
    [yes] {" ✓ du bevakar"}
    [around] {" ✓ ingår"}
   *[no] {""}
}
areas-page = **{ $area }** · { $kind }{ $has_around ->
    [yes] {" i "}{ $around }
   *[no] {""}
}{ $followed ->
    [yes] . Du bevakar det.
    [around] . Det ingår i ett område som du bevakar.
   *[no] {"."}
}{ $has_inside ->
    [yes] {" Här finns "}{ $number ->
        [one] ett område
       *[other] { $number } områden ({ $first }–{ $last })
    }:
    { $lines }
   *[no] {""}
}
areas-picture = Karta över { $area } och det som ligger runt om. Norr är uppåt.
areas-everything = Så här är kartan delad. Välj ett område för att se vad som finns där.
areas-before = ◀ Tidigare
areas-after = Fler ▶
areas-up = ⬆ { $area }
areas-top = ⬆ Hela kartan
areas-open = Visa { $area }
areas-all = Visa hela kartan
area-kind-county = län
area-kind-municipality = kommun
area-kind-district = stadsdel
area-kind-neighbourhood = område
area-kind-centre = centrum
areas-more = • … och { $number } till. Skriv /bevaka och ett namn.
areas-none = Jag vet inte var du är än. Skriv /omraden och namnet på en kommun eller ett område, eller dela din plats.

# Språk
language-which = Vilket språk vill du ha? Which language would you like?
language-button = { $code ->
    [sv] Svenska
   *[en] English
}
language-set = Då pratar vi svenska.

# Mina uppgifter
privacy-held = Det här har jag om dig, och varför:

    { $lines }
privacy-reports = • { $number ->
    [0] Inga rapporter
    [one] 1 rapport
   *[other] { $number } rapporter
}, så att de som berörs får veta och du kan ändra dem. Gröna raderas efter { $green_days } dagar, gula { $yellow_days } och röda { $red_days }
privacy-added = • { $number ->
    [0] Inget du lagt till på andras kort
    [one] 1 sak du lagt till på andras kort
   *[other] { $number } saker du lagt till på andras kort
}, så att alla ser samma läge
privacy-followed = • { $number ->
    [0] Inga bevakningar
    [one] 1 bevakning
   *[other] { $number } bevakningar
}, så att jag kan varna dig
privacy-alert-settings = • När du vill bli varnad: tyst tid, sammanfattning, paus och gräns, så att jag kan hålla det
privacy-waiting = • { $number ->
    [one] 1 rad som väntar på ditt svar eller på den som sköter mig
   *[other] { $number } rader som väntar på ditt svar eller på den som sköter mig
}, högst { $days } dagar
privacy-carried = • { $number ->
    [one] Var 1 rad står som jag burit mellan gruppens rum
   *[other] Var { $number } rader står som jag burit mellan gruppernas rum
}, så att de följer när du ändrar eller tar bort dem. Orden glömmer jag när de kommit fram, senast efter { $days } dagar
privacy-reactions = • { $number ->
    [one] 1 emoji du satt på en rad
   *[other] { $number } emoji du satt på rader
}, så att alla rum ser hur många som håller med, i { $days } dagar efter raden
privacy-notes = • { $number ->
    [one] 1 meddelande eller utkast från mig
   *[other] { $number } meddelanden och utkast från mig
}, så att knapparna fungerar, och { $days ->
    [one] en dag
   *[other] { $days } dagar
} till
privacy-decided = • { $number ->
    [one] 1 sak du bestämt
   *[other] { $number } saker du bestämt
}, utan innehåll, i { $days ->
    [365] ett år
    [730] två år
   *[other] { $days } dagar
}, för uppföljning
privacy-passer-by = • Du har inte sagt ja till något. Finns det inget annat av dig glömmer jag dig helt efter { $days } dagar
privacy-language = • Ditt konto ({ $accounts }), ditt språk, { $any_role ->
    [yes] din roll,{" "}
   *[no] {""}
}ditt nummer i grupperna och vad du sagt ja till, så att jag kan svara dig
privacy-name = • { $is_shown ->
    [yes] Ditt namn på det du rapporterar, för att du har valt det
   *[no] Inget namn och ingen adress
}
privacy-place = • { $is_known ->
    [yes] Att du är i { $area } och ungefär var, på ett par hundra meter när, i två timmar, för att du delade din plats
   *[no] Ingen plats
}
privacy-web = • { $number ->
    [0] Inget du skrivit i webbchatten
    [one] 1 rad du skrivit i webbchatten
   *[other] { $number } rader du skrivit i webbchatten
}, ditt namn där och vilka rum du är med i, så att grannarna kan läsa dig. Raderna tas bort efter { $days } dagar
forget-web = Ditt konto i webbchatten upphör. Vill du tillbaka ber du gruppens kontaktperson om en ny länk.
privacy-controllers = { $any_controller ->
    [yes] Ansvarig för grupperna du skriver i: { $names }.
   *[no] Du har inte skrivit i någon grupp.
}
privacy-export = Ladda ner
privacy-forget = Radera mig
export-here = Här är allt jag har om dig, som en fil.
forget-sure = Vill du att jag raderar allt om dig? Dina rapporter och allt jag har burit vidare tas bort överallt där det går. Det går inte att ångra.
forget-yes = Ja, radera allt
forget-no = Nej, behåll
forget-kept = Då behåller vi allt som det är.
forget-done = Klart. Raderat: { $reports ->
    [one] 1 rapport
   *[other] { $reports } rapporter
} och { $subscriptions ->
    [one] 1 bevakning
   *[other] { $subscriptions } bevakningar
}. { $written ->
    [0] {""}
    [one] Din rad i webbchatten är borta.{" "}
   *[other] Dina { $written } rader i webbchatten är borta.{" "}
}{ $copies ->
    [0] {""}
    [one] 1 kopia tas bort nu.{" "}
   *[other] { $copies } kopior tas bort nu.{" "}
}Välkommen tillbaka när du vill.

# Hjälp och fel
help = Så här funkar det:

    Skriv **/rod**, **/gul** eller **/gron** och några ord: en rapport till dem som berörs. Eller tryck här under, så frågar jag steg för steg.
    Skriv **/bevaka** och ett område: du får veta när något händer där. **/bevaka här 500** gäller runt din plats.
    Du väljer när: **/tyst** på natten, **/sammanfattning** i stället för ett i taget, **/paus** när du är borta.
    Svara på ett kort för att lägga till något. Med knapparna på kortet visar du vad du har sett.
    Undrar du om något verkligen kommer från polisen? Tryck på knappen på kortet, eller skriv **/kolla** och koden som står där.
    Är något bara för polisen eller kommunen? Skriv **/tips** till mig här, så når det dem och ingen annan.
    Handlar två kort om samma sak? Skriv **/dubblett** och båda numren, om det ena är ditt.

    Pågår ett brott eller är någon i fara? Ring 112 först.
help-in-group = I { $group } skriver du /rod, /gul eller /gron och några ord, så får alla det som ett kort. Vanliga meddelanden går till alla gruppens rum. Pågår det nu? Ring 112 först.
not-understood = Jag förstår bäst korta kommandon och knappar. Vad vill du göra?
command-unknown = Kommandot “{ $typed }” känner jag inte till. Här är det jag kan:
command-near = Kommandot “{ $typed }” känner jag inte till. Menade du /{ $near }?
error-generic = Det gick inte. Försök igen om en stund.
error-not-permitted = Det får du inte göra här. Skriv /hjalp, så visar jag vad du kan göra.
error-button-expired = Den knappen gäller inte längre. Skriv /hjalp, så visar jag vad du kan göra.
error-button-used = Den knappen är redan använd. Titta på det senaste jag skrev.
error-button-not-yours = Den knappen är till någon annan. Skriv till mig privat, så får du egna.
error-kept-for-later = Det här kunde jag inte läsa just nu. Jag har sparat det och säger till den som sköter mig. Är det bråttom: ring 112, eller skriv igen med andra ord.
picture-unreadable = Den bilden går inte att öppna. Skicka den som JPEG eller PNG.
picture-too-large = Den bilden är för stor. Ta en mindre, högst 64 megapixel.
file-too-large = Den filen är för stor. Högst { $most } MB går bra.
file-gone = Filen gick inte att hämta. Skicka den en gång till.
file-left-out = Det du skrev kom med. { $why }
