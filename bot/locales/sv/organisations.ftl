# Vilka som har ansvar, och hur man når dem
organisations-where = Var gäller det? Skriv områdets namn eller dela din plats, så säger jag vilka som har ansvar där.
organisations-none = Jag känner ingen organisation som har hand om { $area }. Pågår det nu? Ring 112. Annars kan du berätta för grannarna.
organisations-here = De här har hand om { $area }. Pågår det nu? Ring 112 först.

    { $lines }
organisations-line = • **{ $name }** ({ $role ->
    [police] polis
    [municipality] kommun
    [fire_service] räddningstjänst
    [guard] väktare
    [landlord] hyresvärd
   *[volunteer] volontärer
}){ $has_ask ->
    [yes] {": "}{ $ask }
   *[no] {""}
}{ $how ->
    [open] {" "}Ring { $phone }.
    [closed] {" "}Telefon { $phone }, öppen { $hours }.
   *[none] {""}
}{ $has_desk ->
    [yes] {" "}Läser det som skickas hit.
   *[no] {""}
}
organisations-tip = Skriv till { $name }
organisation-usage = Här lägger du in dem som har ansvar: kommunen, polisen, värden. Välj en att ändra, eller lägg till en ny. Deras eget rum blir desk när du skriver /organisation desk och namnet där.
organisation-new = Lägg till en ny
organisation-unknown = Jag hittar ingen organisation som heter “{ $name }”. Skriv /organisation, så ser du dem du kan ändra.
organisation-configured = { $name } är inlagd av den som sköter mig, så den ändras i inställningarna. Be den personen.
organisation-ask-name = Vad heter organisationen? Skriv namnet som folk känner det.
organisation-name-unfit = Skriv ett namn på högst { $most } tecken.
organisation-ask-role = Vad är { $name }?
role-police = Polis
role-municipality = Kommun
role-fire_service = Räddningstjänst
role-guard = Väktare
role-landlord = Hyresvärd
role-volunteer = Volontärer
organisation-ask-area = Vilket område har { $name } hand om? Skriv ett namn. Fler kan läggas till sedan.
organisation-everywhere = Allt på kartan
organisation-ask-domain = Vilken mejldomän har de som arbetar där? Till exempel botkyrka.se. Den ska vara organisationens egen: den som har en adress där kan bli verifierad.
organisation-no-domain = Ingen än
organisation-domain-unfit = Den domänen går inte. Skriv organisationens egen, till exempel botkyrka.se. Domäner där vem som helst får en adress bevisar ingenting.
organisation-preview = Så här blir det:

    {""}**{ $name }** · { $role }
    Område: { $has_areas ->
        [yes] { $areas }
       *[no] allt på kartan
    }
    Mejldomäner: { $has_domains ->
        [yes] { $domains }
       *[no] ingen än
    }
organisation-add = Lägg till
organisation-added = Klart. { $name } är inlagd som { $id }.
organisation-next = Nästa steg: skriv /organisation desk { $id } i deras eget rum. Den första där skriver sedan /verify, och två samordnare godkänner.
organisation-change = Lägg till telefon och tider
organisation-told-added = { $name } finns nu bland organisationerna. Känner du inte igen det, tala med de andra samordnarna.
organisation-told-changed = { $name } har ändrats: { $field ->
    [domain] mejldomänerna
    [name] namnet, som nu är { $now }
    [phone] telefonnumret, som nu är { $now }
    [desk] vilka rum som läser det som skickas dit
   *[area] området
}. Känner du inte igen det, tala med en samordnare.
organisation-known = **{ $name }** · { $role } · { $id }
    Område: { $has_areas ->
        [yes] { $areas }
       *[no] allt på kartan
    }
    Mejldomäner: { $domains }
    Deskrum: { $desks }
    Telefon: { $phone }{ $has_hours ->
        [yes] {", "}{ $hours }
       *[no] {""}
    }
    Kan frågas om: { $ask }
organisation-field-name = Namn
organisation-field-domain = Mejldomän
organisation-field-area = Område
organisation-field-phone = Telefon
organisation-field-hours = Tider
organisation-field-ask = Fråga om
organisation-ask-new-name = Vad ska { $name } heta?
organisation-ask-new-domain = Skriv en mejldomän för { $name }. Finns den redan tas den bort, och de roller som bevisats där slutar gälla.
organisation-ask-new-area = Skriv ett område för { $name }. Finns det redan tas det bort. “Överallt” betyder allt på kartan.
organisation-ask-new-phone = Vilket nummer får vem som helst ringa till { $name }? Skriv “inget” för att ta bort det.
organisation-ask-new-hours = När svarar { $name }? Till exempel “vardagar 8–16:30”. Skriv “inga” om det är dygnet runt.
organisation-ask-new-ask = Vad kan man fråga { $name } om? Skriv en kort mening på ditt språk.
organisation-phone-unfit = Skriv ett telefonnummer med siffror, till exempel 114 14 eller +46 8 123 45 67.
organisation-hours-unfit = De tiderna förstår jag inte. Skriv till exempel “vardagar 8–16:30” eller “mån–tors 8–17, fre 8–15”.
organisation-area-last = Det är det enda området. Lägg till ett annat först, eller skriv “överallt”.
organisation-desk = Det här rummet är nu desk för **{ $name }**. Rapporter från deras område och begäran om att bli verifierad kommer hit.
organisation-desk-ends = Det här rummet är inte längre desk för { $name }.
organisation-remove = Ta bort
organisation-remove-sure = Ska { $name } tas bort? Alla roller där slutar gälla direkt.
organisation-remove-yes = Ja, ta bort
organisation-removed = { $name } finns inte längre bland organisationerna.
