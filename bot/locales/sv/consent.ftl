start-welcome = Hej! Jag är Grannbro. Jag hjälper grannar, butiker, polis och kommun att hjälpas åt i chatten.

    { $question }
start-welcome-area = Hej! Jag är Grannbro. Jag skriver till dig här när något händer i { $area }.

    { $question }
start-welcome-group = Hej! Jag är Grannbro, och du kommer från en grupp:

    { $group }

    { $question }
start-area = Vill du bevaka { $area }? Då skriver jag till dig här när något händer där.
start-group = **{ $group }** · { $area }

    { $purpose }

    { $access ->
        [locked] Det som skrivs i gruppen stannar där.
       *[open] Gruppens rapporter når också de som bevakar { $area }.
    } Ansvarar för personuppgifterna: { $controller }.
start-again = Hej igen! Vad vill du göra?
menu-start = Börja om
menu-subscribe = Bevaka mitt område
menu-report = Rapportera något
menu-tip = Tipsa i det tysta
menu-help = Så funkar det
menu-choices = Mina val
menu-subscriptions = Mina bevakningar
menu-privacy = Mina uppgifter
menu-language = Språk · Language

consent-ask-reports = För att ta emot rapporter och skicka varningar behöver jag spara det du skriver, vilka områden du följer och i vilken chatt du finns. En rapport raderas efter { $kept_for }, eller direkt när du skriver /glom. Är det okej?
consent-kept-for = { $is_range ->
    [yes] { $least }–{ $most } dagar
   *[no] { $most } dagar
}
consent-ask-first = Det du skrev väntar på ditt svar, högst ett dygn.

    { $question }
consent-ask-anew = Texten du har sagt ja till säger mer nu, så jag frågar igen. Tills du svarar fortsätter allt som förut.

    { $question }
consent-declined-anew = Då slutar jag med det.
consent-ask-after-red = Din röda rapport gick ut direkt. Får jag spara det du skriver och i vilken chatt, så att du kan ändra och avsluta den? Svarar du inte ja inom 24 timmar raderas rapporten.
consent-ask-place = Får jag använda din position? Jag sparar bara en ungefärlig punkt, på ett par hundra meter när: i två timmar, eller så länge du bevakar runt den. Aldrig den exakta.
consent-ask-name = Får jag visa ditt namn för grannarna? Annars heter du Granne och en siffra.
consent-ask-campaigns = Får jag påminna dig om grannkampanjer några gånger om året?
consent-ask-surveys = Får jag ställa en kort fråga då och då om hur det känns i området?
consent-yes = Ja, det är okej
consent-no = Nej tack
consent-read-more = Läs mer
consent-more = Det här gäller:

    Jag sparar dina rapporter, dina bevakningar och vad du har sagt ja till. Det ligger krypterat med en egen nyckel för just dig.
    Grannarna ser “Granne” och en siffra, inte ditt namn, om du inte vill något annat.
    Röda rapporter raderas efter { $red_days } dagar, gula efter { $yellow_days } och gröna efter { $green_days }.
    Delar du din plats sparar jag bara en ungefärlig punkt, i två timmar eller så länge du bevakar runt den.
    Du ser allt med /integritet, får det som fil med /exportera och tar bort det med /glom.

    Är det okej?
consent-thanks = Tack! Då är vi igång. Valen här under är frivilliga: tryck på det du vill, nu eller senare med /samtycke.
consent-thanks-but = Tack! Då återstår en sak, innan jag kan ta emot något från dig.

    { $question }
consent-declined = { $about ->
    [place] Det är helt okej. Då använder jag inte din plats. Skriv namnet på området i stället.
   *[reports] { $is_out ->
        [yes] Det är helt okej. Din röda rapport raderas inom 24 timmar, eller direkt när du skriver /glom. Annat sparar jag inte.
       *[no] Det är helt okej. Då sparar jag inget av det du skriver. Bär jag en rad mellan gruppens rum minns jag bara var den står, så att /glom når den. Du kan läsa i grupperna som vanligt, och ändra dig när du vill.
    }
}
consent-withdrawn = Då tar jag inte emot fler rapporter från dig, och dina bevakningar är avslutade. Det du redan har skrivit raderas efter { $kept_for }, eller nu om du vill.
consent-circles-ended = { $number ->
    [one] Då är bevakningen runt din plats avslutad.
   *[other] Då är dina { $number } bevakningar runt platser avslutade.
} Områden och grupper bevakar du som förut.
consent-choices = Det här har du valt. Tryck för att ändra.
consent-reports-on = ✅ Spara mina rapporter
consent-reports-off = ⬜ Spara mina rapporter
consent-name-on = ✅ Visa mitt namn
consent-name-off = ⬜ Visa mitt namn
consent-place-on = ✅ Använd min plats
consent-place-off = ⬜ Använd min plats
consent-campaigns-on = ✅ Påminn mig om kampanjer
consent-campaigns-off = ⬜ Påminn mig om kampanjer
consent-surveys-on = ✅ Fråga mig ibland
consent-surveys-off = ⬜ Fråga mig ibland
name-on-lines = Nya rader bär “Granne” och en siffra. { $number ->
    [one] 1 rad som jag redan burit vidare bär ditt namn.
   *[other] { $number } rader som jag redan burit vidare bär ditt namn.
} Orden sparar jag inte, så jag kan inte skriva om dem, men jag kan ta bort dem ur de andra rummen.
name-remove-lines = Ta bort dem
name-leave-lines = Låt dem stå
name-lines-removed = Klart. Raderna tas bort ur de andra rummen.
name-lines-left = Då får de stå. /glom når dem om du ändrar dig.
