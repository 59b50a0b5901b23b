# Grupper och rum
group-not-in-private = Det skriver du i rummet som det gäller, inte här.
group-needs-administrator = Det kan bara den göra som administrerar rummet. Be någon av dem skriva det här.
group-none-here = Det här rummet hör inte till någon grupp än. Den som administrerar rummet kan skriva /group new för att starta en, eller /link med en kod från en grupp som finns.
group-described = **{ $group }** · { $area }

    { $purpose }

    { $access ->
        [locked] Det som skrivs här stannar i gruppen.
       *[open] Rapporter härifrån når också de som bevakar { $area }.
    } { $rooms ->
        [one] Gruppen har ett rum.
       *[other] Gruppen har { $rooms } rum, och alla ser samma sak.
    } Ansvarar för personuppgifterna: { $controller }.
group-room-taken = Rummet hör redan till { $group }. Skriv /unlink här först om det ska bli något annat.
group-room-is-desk = Det här rummet är en organisations eget. Ta ett annat rum till gruppen.
group-ask-name = Vad ska gruppen heta? Skriv ett kort namn, till exempel “Grannar i Albyberget”.
group-name-unfit = Det namnet går inte. Namn på polis, kommun och andra som har ansvar sparar jag åt dem. Skriv ett annat.
group-words-unfit = Polis, kommun och andra som har ansvar talar för sig själva, så dem kan jag inte skriva där. Skriv föreningen, företaget eller vad ni själva gör. Är gruppen deras? Be deras samordnare starta den.
group-ask-area = Vilket område hör { $group } till? Välj, skriv namnet eller dela din plats.
group-ask-kind = Vad är { $group } för sorts grupp?
group-kind-neighbourhood = Grannar
group-kind-retail_centre = Butiker i ett centrum
group-kind-patrol = Vandrare eller vaktlag
group-kind-organisation_desk = En organisations rum
group-ask-purpose = Vad är gruppen till för? Skriv en mening. Den läser alla som kommer in. Vanligast är: “{ $usual }”
group-purpose-usual = Ta den vanligaste
group-purpose-neighbourhood = Vi håller ögonen öppna för varandra och berättar lugnt vad vi ser.
group-purpose-retail_centre = Vi varnar varandra för stölder och hjälper varandra i centrum.
group-purpose-patrol = Vi samordnar våra rundor och berättar vad vi ser.
group-purpose-organisation_desk = Vi tar emot det som skickas till oss.
group-ask-controller = Vem ansvarar för personuppgifterna i gruppen? Skriv föreningen eller företaget. För polis, kommun och andra myndigheter startar deras samordnare gruppen.
group-preview = Så här blir gruppen:

    {""}**{ $group }** · { $kind } · { $area }
    { $purpose }
    Ansvarar för personuppgifterna: { $controller }

    { $locked ->
        [yes] Rapporter stannar i gruppen.
       *[no] Rapporter når också alla som bevakar { $area }.
    }
group-start = Starta gruppen
group-make-open = Låt rapporter nå hela området
group-make-locked = Låt rapporter stanna i gruppen
entry-asks = { $name } vill komma in i { $group }. Den som administrerar rummet bestämmer.
entry-somebody = Någon
entry-admit = Släpp in
entry-reject = Säg nej
entry-admitted = { $name } släpps in. Bestämt av { $by }.
entry-rejected = { $name } släpps inte in. Bestämt av { $by }.
entry-joined = { $name } är med nu.
entry-refused = { $name } väntar fortfarande: jag får inte svara här. Ge mig rätten att bjuda in och tryck igen, eller svara i appens egen lista.
entry-administrator = den som administrerar
entry-needs-administrator = Det bestämmer de som administrerar rummet. Säg gärna till någon av dem.
entry-told = Hej! Du har bett att få vara med i **{ $group }**, och de som administrerar rummet svarar snart.

    { $purpose }

    Så gör vi: god ton. Ingen politik och ingen reklam. Ingen misstänks för sitt ursprung. Inga namn, bilder, nummer eller adresser på misstänkta. Inget olagligt. Ring 112 när det pågår.

    Ansvarar för personuppgifterna: { $controller }. Jag minns att du har frågat i högst en vecka.
group-press-a-button = Välj med en av knapparna, så går vi vidare.
group-needs-words = Skriv det med några ord.
group-started = Klart, gruppen är igång.
group-welcome = Hej! Det här rummet hör nu till **{ $group }** i { $area }.

    { $purpose }

    Skriv **/rod**, **/gul** eller **/gron** och några ord när något händer. Håll en god ton, och skriv inga namn, bilder eller nummer på den du misstänker. Pågår det nu? Ring 112 först.

    Ansvarar för personuppgifterna: { $controller }. Vad jag sparar om dig: /privacy.
group-follow = Följ { $area }
group-about = Om gruppen
group-show-name = Visa mitt namn här
link-code = Vill du att { $group } ska finnas i ett rum till? Skriv **/link { $code }** i det rummet inom { $minutes } minuter. Kommandot börjar med / i Telegram och med ! i Matrix. Den som skriver måste administrera rummet. Sedan ser båda rummen samma sak.
link-needs-code = Skriv koden efter, så här: /link K7QM-3TXB. Koden får du genom att skriva /link i gruppens rum. Finns ingen grupp än skriver du /group new.
link-code-unknown = Den koden gäller inte. Den fungerar en gång och i 15 minuter. Skriv /link i gruppens rum för att få en ny.
link-done = Klart. { $group } har nu { $rooms } rum. Det som skrivs i ett av dem läses i alla; från ett krypterat rum först när någon där har sagt ja.
link-another-room = { $group } finns nu i ett rum till. Det som skrivs här läses också där. Är det här rummet krypterat sker det först när någon som administrerar det har sagt ja.
unlink-configured = Rummet är inlagt av den som sköter mig, så det kan jag inte ta ur { $group }. Be den personen.
unlink-sure = Ska rummet lämna { $group }? { $last ->
    [yes] Det är gruppens sista rum, så gruppen tar slut.
   *[no] Det som skrivs här läses sedan bara här.
}
unlink-yes = Ja, lämna gruppen
unlink-no = Nej, stanna kvar
unlink-told = Det här rummet hör inte längre till { $group }. Det som skrivs här stannar här.
unlink-done = Klart. Rummet har lämnat { $group }.
unlink-kept = Då är allt som förut.
