# Small parts that other texts use.
lines = { $first }
    { $rest }
just = { $text }
nothing = {""}
in-a-row = { $first }, { $rest }
in-a-row-last = { $first } and { $last }
one-or-other = { $first } or { $last }

byline-alias = Neighbour { $number }
byline-name = { $name }
byline-from = { $byline } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] web
})
byline-via = { $name } (via { $byline })
byline-former = formerly { $organisation }
byline-verified = { $organisation } ✔ { $role ->
    [police] verified police
    [municipality] verified municipality
    [fire_service] verified fire service
    [guard] verified guard
    [landlord] verified landlord
   *[volunteer] verified volunteer
}

kind-none = Event
kind-theft_ring = Theft ring
kind-theft = Theft
kind-burglary = Burglary
kind-vandalism = Vandalism
kind-graffiti = Graffiti
kind-violence = Violence
kind-threat = Threat
kind-suspicious = Suspicious
kind-fire = Fire
kind-traffic = Traffic
kind-missing_person = Missing person
kind-wanted_vehicle = Wanted vehicle
kind-safety_environment = Safe surroundings
kind-lost_found = Lost and found
kind-information = Information

priority-red = 🔴 Red: urgent
priority-yellow = 🟡 Yellow: keep an eye out
priority-green = 🟢 Green: information

area-button = { $name }
command-button = { $command }

doorway-knock = I have an answer for you who wrote. Only you can read it: open our chat and press Start.
doorway-open = Open the chat
