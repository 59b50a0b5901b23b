# Små byggstenar som andra texter använder.
lines = { $first }
    { $rest }
just = { $text }
nothing = {""}
in-a-row = { $first }, { $rest }
in-a-row-last = { $first } och { $last }
one-or-other = { $first } eller { $last }

byline-alias = Granne { $number }
byline-name = { $name }
byline-from = { $byline } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] webben
})
byline-via = { $name } (via { $byline })
byline-former = tidigare { $organisation }
byline-verified = { $organisation } ✔ { $role ->
    [police] verifierad polis
    [municipality] verifierad kommun
    [fire_service] verifierad räddningstjänst
    [guard] verifierad väktare
    [landlord] verifierad hyresvärd
   *[volunteer] verifierad volontär
}

kind-none = Händelse
kind-theft_ring = Stöldliga
kind-theft = Stöld
kind-burglary = Inbrott
kind-vandalism = Skadegörelse
kind-graffiti = Klotter
kind-violence = Våld
kind-threat = Hot
kind-suspicious = Misstänkt
kind-fire = Brand
kind-traffic = Trafik
kind-missing_person = Försvunnen person
kind-wanted_vehicle = Efterlyst fordon
kind-safety_environment = Trygghet i miljön
kind-lost_found = Borttappat och upphittat
kind-information = Information

priority-red = 🔴 Röd: bråttom
priority-yellow = 🟡 Gul: var uppmärksam
priority-green = 🟢 Grön: information

area-button = { $name }
command-button = { $command }

doorway-knock = Jag har ett svar till dig som skrev. Det läser bara du: öppna vår chatt och tryck på Starta.
doorway-open = Öppna chatten
