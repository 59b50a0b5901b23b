# Att låta sina rader stanna
mute-relay-set = { $stays ->
    [yes] Det du skriver i { $group } stannar i rummet där du skriver det. Rapporter går fram till alla som förut.
   *[no] Det du skriver i { $group } går till gruppens alla rum.
}
mute-relay-which = I vilken grupp vill du ändra? Stannar raderna i rummet där du skriver dem, går bara rapporter till de andra rummen.
mute-relay-in = { $stays ->
    [yes] { $group }: gå till alla rum
   *[no] { $group }: stanna i rummet
}
mute-relay-change = { $stays ->
    [yes] Låt dem gå till alla rum
   *[no] Låt dem stanna i rummet
}
mute-relay-stayed = Det du skriver i { $group } stannar i rummet, som du har valt. Vill du att alla ska se det?
mute-relay-no-group = Du har inte skrivit i någon grupp än. Skriv en rad i gruppens rum, så kan du välja här sedan.
privacy-relay-mutes = • Att det du skriver i { $names } stannar i rummet, för att du har valt det

# Rader som går runt
relay-circles = I { $group } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] webben
}) kommer samma rad om och om igen, så jag bär den inte vidare. Troligen bär en annan bot tillbaka det jag skriver. Ta bort den ur rummet, eller koppla isär rummen.
relay-repeated = Du har skrivit samma sak många gånger på en minut i { $group }. Den sista raden stannade i rummet. Skriv något mer om en stund, så går det fram.

# Många rader på en gång
burst-head = 💬 **{ $number } meddelanden** hann samlas, { $first }–{ $last }. { $names }{ $others ->
    [0] {""}
    [one] {" "}och en till
   *[other] {" "}och { $others } till
} skrev. De sista:
burst-foot = Alla får du privat med knappen, i ett dygn. De står också i rummet där de skrevs.
burst-show-all = Visa alla
burst-line = { $time } { $line }
burst-forgotten = { $number ->
    [one] Ett meddelande, { $first }. Det står i rummet där det skrevs.
   *[other] { $number } meddelanden, { $first }–{ $last }. De står i rummet där de skrevs.
}
burst-too-old = De raderna har jag glömt. De står i rummet där de skrevs.
