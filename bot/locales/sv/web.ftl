web-welcome = Hej! Här chattar du med grannar, butiker, polis och kommun. Du kommer in med din personliga länk. Har du ingen? Be gruppens kontaktperson om en.
web-storage-busy = Just nu kan jag inte spara. Vänta en stund och försök igen. Är det bråttom: ring 112.
web-picture = Bild
web-edited = ändrat
web-more = Mer
web-reply = Svara
web-edit = Ändra
web-delete = Ta bort
web-write = Skriv ett meddelande, eller /rod och vad som händer
web-send = Skicka
web-attach = Bifoga bild eller fil
web-share-place = Dela din plats
web-place = 📍 { $known ->
    [yes] { $area }
   *[no] En plats utanför kartan
}
web-no-place = Webbläsaren vill inte berätta var du är. Skriv namnet på området i stället.
web-file-rejected = Den filen är för stor. Högst 20 MB går bra.
web-replying = Du svarar på: { $text }
web-editing = Du ändrar ditt meddelande.
web-attached = Bifogat: { $name }
web-tab-rooms = Rum
web-tab-talk = Chatt
web-tab-map = Karta
web-people = { $number ->
    [one] 1 person
   *[other] { $number } personer
}
web-empty = Här är det lugnt. Säg gärna hej, eller skriv /rod och vad som händer.
web-quiet = Inget skrivet än
web-unread = olästa
web-new-red = ny röd rapport
web-cancel = Avbryt
web-link-ended = Den länken gäller inte längre. Be gruppens kontaktperson om en ny, så är du snart inne.
web-connection-lost = Ingen kontakt just nu.
web-trying-to-reconnect = Jag försöker igen. Det du skrivit finns kvar. Är det bråttom: ring 112.
