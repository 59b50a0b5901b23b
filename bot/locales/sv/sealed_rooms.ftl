# Krypterade rum
sealed-question = Det här rummet är krypterat, så det som skrivs här stannar mellan er. { $group } finns också { $others ->
    [0] för andra som följer området
    [one] i ett rum till
   *[other] i { $others } rum till
}. Ska det ni skriver gå fram dit måste jag läsa det och skicka det vidare, och då är det inte krypterat hela vägen. Innan någon som administrerar rummet säger ja går ingenting vidare härifrån.
sealed-yes = Ja, skicka vidare
sealed-no = Nej, låt det stanna här
sealed-opened = Tack. Det som skrivs här läses från och med nu också i { $group }s andra rum. Ångrar ni er skriver ni /group close.
sealed-kept = Det som skrivs här stannar här. Vill ni ändra er senare skriver ni /group agree.
sealed-stays = Det stannade i rummet. Det är krypterat, och ingen som administrerar det har sagt ja till att något går vidare därifrån än. Är det bråttom: skriv det privat till mig i stället. Pågår det nu? Ring 112 först.
sealed-needs-administrator = Det kan bara den bestämma som administrerar rummet eller modererar gruppen. Be någon av dem svara.
link-done-sealed = Klart. { $group } har nu { $rooms } rum. Rummet är krypterat, så det som skrivs där går vidare först när någon som administrerar det har svarat ja på min fråga där.
unreadable = Jag kan inte läsa ett meddelande här: nyckeln till det har inte kommit fram till mig. Skicka gärna om det. Händer det igen hjälper det oftast att starta om appen.
unsealed-line = Det där kom okrypterat fast chatten är krypterad, så jag kan inte vara säker på att det är du. Inget är gjort. Skriv det igen från en app som kan kryptera. Pågår det nu? Ring 112 först.
verification = Jag kan inte jämföra emojier med dig, för jag är ett program. Fråga den som sköter mig vad mitt konto heter, så vet du att det är jag. Varnar appen för min enhet, säg det också till den personen.
forged-sender = { $where ->
    [unknown] I ett krypterat rum
   *[other] I ett krypterat rum i { $group }
} har någon skrivit i en annans namn. Jag har inte skickat det vidare. Be den som sköter mig att läsa om matrix.forged_sender i loggen.

# Enheter och roller
device-unsigned = Det kom från en enhet som du inte har verifierat. Därför gick det som en vanlig grannes, utan märke. Verifiera enheten i appens inställningar, så gäller din roll därifrån också. Var det inte du? Byt lösenord och logga ut den enheten.
owner-key-changed = Ditt konto har fått nya signeringsnycklar. Din roll vilar tills en kollega eller samordnare har hört av dig att det är du. De har fått en kod; ring eller träffa någon av dem. Var det inte du? Byt lösenord, och säg det till dem.
owner-key-ask = { $account }{ $any_organisation ->
    [yes] {" "}({ $organisation })
   *[no] {""}
} har fått nya signeringsnycklar på Matrix, och rollen vilar. Ring eller träffa personen. Säger hen att det är rätt: skriv /intyga { $code } här. Annars behöver du inte göra något, så fortsätter rollen att vila.
owner-key-confirmed = Tack. Rollen gäller igen.
owner-key-in-force = Din roll gäller igen.
owner-key-no-such-code = Den koden väntar ingen på. Titta i meddelandet som du fick den i. Står den inte kvar där är det redan klart.
privacy-owner-keys = • Ett fingeravtryck av { $number ->
    [one] nyckeln som signerar dina enheter
   *[other] nycklarna som signerar dina enheter
}, så att ingen annan kan tala i din roll
