# Vem som talar för en organisation
verify-no-mail = Den här installationen kan inte skicka mejl, så jag kan inte bekräfta vem du är. Säg till en samordnare: den som sköter mig kan lägga in dig, eller ställa in mejl.
verify-which = { $is_known ->
    [no] Jag känner ingen organisation som heter “{ $name }”.{" "}
   *[unsaid] {""}
}{ $any ->
    [yes] Vilken organisation arbetar du för?
   *[no] Ingen organisation har någon mejldomän än. Be en samordnare lägga in den.
}
verify-organisation = { $name }
verify-ask-address = { $why ->
    [again] Jag behöver veta att det är du. Skriv din mejladress hos { $organisation }, så skickar jag en kod dit.
    [badge] Ditt röda är redan ute, men utan märket. Vill du ha det på kortet? Skriv din mejladress hos { $organisation }, så skickar jag en kod dit.
   *[first] Skriv din mejladress hos { $organisation }, till exempel fornamn.efternamn@{ $domain }. Jag skickar en kod dit.
} Adressen sparas förseglad så länge rollen gäller, och visas bara för den som ska godkänna dig.
verify-known-address = Ska jag skicka en kod till { $address }? Sedan godkänner en kollega hos { $organisation }.
verify-send = Skicka koden
verify-other-address = En annan adress
verify-code-sent = { $why ->
    [again] Jag behöver veta att det är du.{" "}
    [badge] Ditt röda är redan ute, men utan märket. Svara på koden, så kommer det på kortet.{" "}
   *[first] {""}
}En kod är på väg till { $address }. Skriv de sex siffrorna här inom { $minutes } minuter. Kommer inget? Titta i skräpposten, eller skriv en annan adress hos { $organisation }. Hjälper inte det, be en kollega vid deras desk eller en samordnare om hjälp.
verify-resend = Skicka en ny kod
verify-cancel = Avbryt
verify-new-code = Ny kod
verify-code-digits = Koden är sex siffror, till exempel 123 456. Den står i mejlet.
verify-code-wrong = Det var inte koden. { $left ->
    [one] Du har ett försök kvar.
   *[other] Du har { $left } försök kvar.
}
verify-code-spent = Den koden gäller inte längre. Be om en ny.
verify-no-code = Jag väntar inte på någon kod från dig. Skriv /verify för att börja.
verify-too-many = Det har redan gått flera koder. Vänta en timme, så skickar jag en ny. Då är också din brevlåda i fred.
verify-full = { $cap ->
    [organisation] Många har bett om koder till { $organisation } den senaste timmen,
   *[other] Många har bett om koder den senaste timmen,
} så jag väntar med fler för att inga brevlådor ska fyllas. Försök igen efter { $time }. Du har inte gjort något fel.
verify-try-again = Försök igen
mail-cap-full = { $cap ->
    [organisation] { $organisation } har fått { $most } koder på en timme av personer som inte är verifierade där. Fler går dit efter { $time }.
    [officials] { $most } koder har gått på en timme till dem som är verifierade. Fler går efter { $time }.
   *[installation] { $most } koder har gått på en timme till personer som inte är verifierade. Fler går efter { $time }.
} Är det fler än ni väntar er kan någon försöka fylla brevlådor: hör med organisationen. { $cap ->
    [officials] Röda rapporter går ut ändå.
   *[other] De som är verifierade får koder som vanligt.
} Är det era egna, som på en utbildningskväll, kan den som sköter mig höja { $option }.
verify-gone = Det där gäller inte längre. Skriv /verify för att börja om.
verify-proved = Tack, adressen är din. { $who ->
    [colleagues] Nu frågar jag en kollega hos { $organisation } som redan är verifierad. Du får veta när det är klart, inom { $days } dagar.
    [coordinators] Du är den första hos { $organisation }, så två samordnare behöver godkänna. Du får veta när det är klart, inom { $days } dagar.
   *[nobody] Men just nu finns ingen som kan godkänna dig hos { $organisation }. Säg till en samordnare. Det väntar i { $days } dagar.
}
verify-address-unfit = Det där ser inte ut som en mejladress. Skriv den som namn@domän.
verify-address-letters = I adressen finns en bokstav som inte är a–z. Skriv den för hand i stället för att klistra in.
verify-address-plus = Skriv adressen utan plustecken. En brevlåda är en person här.
verify-address-shared = Den brevlådan läses av flera. Skriv din egen adress, så att det är du som blir verifierad.
verify-lookalike = Adressen ser ut som { $domain } men är skriven med andra tecken. Skriv den för hand. Har du fått den av någon annan kan det vara ett försök att luras.
verify-subdomain = Adressen ska sluta på @{"\u2060"}{ $domain }, utan något emellan. Har du en sådan?
verify-wrong-domain = Den adressen är inte organisationens egen. Det ska vara en på { $domains }.
verify-mail-refused = Mejlservern tog inte emot { $address }. Stämmer adressen? Skriv /verify och försök igen.
verify-mail-late = Jag fick inte iväg mejlet till { $address } i tid. Det är inte ditt fel. Skriv /verify och försök igen om en stund.
mail-code-subject = Din kod för { $organisation }
mail-code = Hej!

    Din kod är { $code }. Skriv den till Grannbro inom { $minutes } minuter.

    Den bekräftar att du arbetar för { $organisation }. Ge den inte till någon annan: ingen av oss frågar efter den.

    Har du inte bett om koden? Då försöker någon annan. Skriv så här till Grannbro, från vilket konto som helst (i Matrix med ! i stället för /):
    /revoke { $alarm }
    Det stoppar försöket. Hade ditt eget konto begärt koden slutar också dess roll.

    Grannbro
proof-go-on = Fortsätt
proof-done = Tack, nu vet jag att det är du. Det gäller i tolv timmar.
proof-desk-told = { $name } har bekräftat adressen { $address } för ett konto som finns i inställningarna. Känner ni inte igen det? Skriv /revoke här.
approval-asks = { $name } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] webben
}) vill tala för **{ $organisation }** och har visat att { $address } är deras. { $is_first ->
    [yes] Det är den första där, så { $votes } samordnare behöver godkänna.
   *[no] En av er behöver godkänna.
} Ring gärna personen på ett nummer du redan har. Kod: { $id }.
approval-yes = Godkänn
approval-no = Säg nej
approval-ended = { $id } hos { $organisation }: { $how ->
    [granted] godkänd och verifierad.
    [refused] inte godkänd.
    [revoked] återkallad.
    [not_official] adressen är inte längre organisationens.
    [anew] personen har börjat om.
    [lapsed] ingen svarade i tid.
   *[left] personen har lämnat Grannbro.
}
approval-not-yourself = Sig själv kan ingen godkänna. Be en kollega, eller en annan samordnare.
approval-same-mailbox = Ni har samma mejladress, så för mig är ni samma person. Någon annan behöver godkänna.
approval-gone = Det finns inget att godkänna med den koden. Den kan vara avgjord eller för gammal.
approval-one-more = Tack. { $id } behöver en samordnare till, sedan är det klart.
approval-list = Det här väntar på dig:
    { $lines }
approval-line = • { $id }: { $address } hos { $organisation }
approval-show = Godkänn { $id }
approval-nothing = Inget väntar på dig.
approval-lapsed = Ingen hos { $organisation } svarade i tid, så din begäran är borttagen. Vill du försöka igen?
approval-taken-back = Adressen som du visade gäller inte längre för { $organisation }, så din begäran är borttagen. Har du en annan adress där? Skriv /verify igen.
role-granted = Klart, du är verifierad för { $organisation } till { $until }. Märket visas bara av mig, på det du skriver där ni har ansvar. Tappar du telefonen: be en kollega skriva /revoke { $id }, eller skriv raden i mejlet med koden från vilket konto som helst.
role-refused = { $organisation } godkände inte din begäran. Tala med en kollega där, och försök sedan igen.
role-renew = Förnya
role-ends-soon = Din roll för { $organisation } gäller till { $until }. Vill du förnya den? Det behövs en ny kod och ett godkännande.
role-expired = Din roll för { $organisation } har gått ut. Du kan förnya den när du vill.
role-revoked = Din roll för { $organisation } har återkallats. { $how ->
    [own] Det bad du om själv.
    [alarm] Någon med tillgång till brevlådan slog larm.
   *[decided] Undrar du varför, tala med en kollega där eller en samordnare.
}
role-desk-revoked = En roll för { $organisation } är slut{ $has_id ->
    [yes] {" "}({ $id })
   *[no] {""}
}. { $how ->
    [own] Personen bad om det.
    [alarm] Någon slog larm från brevlådan: kontot kan vara i fel händer.
    [expired] Den gick ut.
    [left] Personen har lämnat Grannbro.
   *[decided] Den återkallades.
}
revoke-unknown = Jag hittar ingen roll med det som du kan återkalla. Skriv koden som den står, till exempel /revoke 7K3MQX, eller raden i mejlet. Annars kan en kollega där eller en samordnare.
revoke-alarm-done = Tack för att du sa till. Försöket är stoppat, och { $organisation } är varnad. Byt gärna lösenord till brevlådan.
revoke-done = Klart. Rollen för { $organisation } gäller inte längre någonstans.
revoke-which = { $any ->
    [yes] Vems roll ska sluta gälla?
    [unlisted] Ingen här har fått sin roll med kod. En roll från inställningarna slutar med kontots namn, till exempel /revoke telegram:42, och din egen med /revoke mig.
   *[no] Det finns ingen roll som du kan återkalla.
}
revoke-this = { $address } · { $id }
revoke-sure = Ska rollen för { $address } sluta gälla nu? Annars gäller den till { $until }.
revoke-yes = Ja, återkalla
revoke-no = Nej, låt den vara
revoke-kept = Då är allt som förut.
privacy-verification = • Att du talar för eller vill tala för { $organisation }, med adressen { $address }, till { $until }: så att ingen annan kan göra det i ditt namn
privacy-mail-codes = • Att du bett om { $number ->
    [one] en kod
   *[other] { $number } koder
} per mejl, i { $days } dagar, så att ingen brevlåda fylls. Siffrorna sparas inte
privacy-approvals = • Att du godkänt { $number ->
    [one] någon
   *[other] { $number } personer
} för en organisation, så länge den rollen gäller, så att det går att se vem som gick i god
report-may-not-approve-role = Godkänna kan bara den som redan är verifierad där. Be en kollega hos organisationen.
report-may-not-approve-first-role = Den första hos en organisation godkänns av två samordnare. Be en av dem.
report-may-not-revoke-role = Återkalla en roll kan bara personen själv, en kollega där eller en samordnare. Säg till någon av dem.
report-may-not-change-organisation = Organisationer ändras av samordnare. Säg till någon av dem.
report-may-not-vouch = Det kan bara en samordnare eller en kollega i samma organisation intyga. Be någon av dem.
