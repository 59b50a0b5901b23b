# Areas and subscriptions
area-unknown = I can't find an area called “{ $name }”. { $any_near ->
    [yes] Did you mean { $near }?
   *[no] Write the name of the district or municipality, or share your place.
}
place-unknown = I can't find an area called “{ $name }”. { $any_near ->
    [yes] Did you mean { $near }? Write the name again or share your place.
   *[no] Write the name of the district or municipality, or share your place.
}
place-outside = I don't know any area there. { $any_near ->
    [yes] The nearest: { $near }.
   *[no] Write the name of an area instead.
}
place-by-postal-code = { $code } belongs to { $area }. A postal code tells me the municipality and no more: write the name of the area if you want it closer.
place-or-share = Or share your place, and I find the area.
place-share = 📍 Share my place
place-known = You are in { $area }. I remember the area for two hours. What would you like to do?
place-report = Report from here
place-subscribe = Follow { $name }
follow-offer = Thank you for telling. Would you like to hear when more happens in { $area }?
subscribe-which = Which area would you like to follow? Choose, write its name or share your place.
subscribe-share-place = Share your place with me first, so that I know where “here” is.
subscribe-red = Only red
subscribe-yellow = Red and yellow
subscribe-green = All
subscribe-stop = Stop following
subscribe-kinds = Some kinds
kinds-ask = { $summary }

    { $place }: what would you like to hear about? If you choose nothing you get all. Red of unknown kind always comes.
kind-on = ✅ { $kind }
kind-off = ⬜ { $kind }
kinds-all = All kinds
kinds-done = Done
circle-where = Share your place with me, and I look after what happens around it. I keep only a rough spot, some 200 m.
circle-radius = Choose between 200 m and 20 km, for example “/subscribe here 500 m” or “/subscribe here 1 km”.
circle-is-rough = I keep only a rough spot, some 200 m. Never the exact one.
circle-title = { $radius } { $unit } around your place{ $is_in ->
    [yes] {" in "}{ $name }
   *[no] {""}
}
group-button = The group { $name }
menu-quiet = Quiet hours
menu-digest = Summary
menu-pause = Pause
place-around-500 = 500 m from here
place-around-1000 = 1 km from here
subscriptions-list = { $summary }

    { $lines }
subscriptions-line = • { $place }: { $what }
subscriptions-change = Change { $name }
subscriptions-stop = Stop following { $name }
subscriptions-all = All that I follow
subscriptions-more = Follow another
unsubscribe-done = You no longer follow { $place }.
unsubscribe-all = Yes, stop following all
unsubscribe-all-ask = { $summary }

    Stop following all of it? A pause ends by itself.
unsubscribe-all-done = Done. You no longer follow anything.
unsubscribe-was-not = You did not follow { $place }.
unsubscribe-undo = Follow again

area-gone = { $area } is no longer on the map, so nothing more comes from there. { $any_there ->
    [yes] Would you like to follow what lies there now? I remember what you followed for { $days } days.
   *[no] Write /subscribe and a name to follow something else. I remember what you followed for { $days } days.
}

areas-listed = { $where ->
    [group] { $group } belongs to { $area }. This is what you can follow:
    [named] { $area }, and what lies in it:
   *[own] This is near you:
}
    { $lines }
areas-line = • { $area }{ $followed ->
    [yes] {" ✓ you follow"}
    [around] {" ✓ included"}
   *[no] {""}
}
areas-page = **{ $area }** · { $kind }{ $has_around ->
    [yes] {" in "}{ $around }
   *[no] {""}
}{ $followed ->
    [yes] . You follow it.
    [around] . It is part of an area that you follow.
   *[no] {"."}
}{ $has_inside ->
    [yes] {" There "}{ $number ->
        [one] is one area
       *[other] are { $number } areas ({ $first }–{ $last })
    } in it:
    { $lines }
   *[no] {""}
}
areas-picture = Map of { $area } and what lies around it. North is up.
areas-everything = This is how the map is divided. Choose an area to see what is there.
areas-before = ◀ Earlier
areas-after = More ▶
areas-up = ⬆ { $area }
areas-top = ⬆ The whole map
areas-open = Show { $area }
areas-all = Show the whole map
area-kind-county = county
area-kind-municipality = municipality
area-kind-district = district
area-kind-neighbourhood = area
area-kind-centre = centre
areas-more = • … and { $number } more. Write /subscribe and a name.
areas-none = I don't know where you are yet. Write /areas and the name of a municipality or an area, or share your place.

# Language
language-which = Vilket språk vill du ha? Which language would you like?
language-button = { $code ->
    [sv] Svenska
   *[en] English
}
language-set = English it is.

# My data
privacy-held = This is what I have about you, and why:

    { $lines }
privacy-reports = • { $number ->
    [0] No reports
    [one] 1 report
   *[other] { $number } reports
}, so that those concerned know and you can change them. Green ones are erased after { $green_days } days, yellow { $yellow_days } and red { $red_days }
privacy-added = • { $number ->
    [0] Nothing you added to the cards of others
    [one] 1 thing you added to the cards of others
   *[other] { $number } things you added to the cards of others
}, so that all see the same
privacy-followed = • { $number ->
    [0] No areas you follow
    [one] 1 area you follow
   *[other] { $number } areas you follow
}, so that I can warn you
privacy-alert-settings = • When you want to be alerted: quiet hours, summary, pause and limit, so that I can keep to it
privacy-waiting = • { $number ->
    [one] 1 line that waits for your answer or for the one who looks after me
   *[other] { $number } lines that wait for your answer or for the one who looks after me
}, at most { $days } days
privacy-carried = • { $number ->
    [one] Where 1 line stands that I carried between the group's rooms
   *[other] Where { $number } lines stand that I carried between the groups' rooms
}, so that they follow when you change or delete them. I forget the words once they have arrived, after { $days } days at the latest
privacy-reactions = • { $number ->
    [one] 1 emoji you set on a line
   *[other] { $number } emoji you set on lines
}, so that all rooms see how many agree, for { $days } days after the line
privacy-notes = • { $number ->
    [one] 1 message or draft from me
   *[other] { $number } messages and drafts from me
}, so that the buttons work, and { $days ->
    [one] a day
   *[other] { $days } days
} more
privacy-decided = • { $number ->
    [one] 1 thing you decided
   *[other] { $number } things you decided
}, without content, for { $days ->
    [365] a year
    [730] two years
   *[other] { $days } days
}, to follow up
privacy-passer-by = • You have agreed to nothing. If there is nothing else of yours, I forget you altogether after { $days } days
privacy-language = • Your account ({ $accounts }), your language, { $any_role ->
    [yes] your role,{" "}
   *[no] {""}
}your number in the groups and what you said yes to, so that I can answer you
privacy-name = • { $is_shown ->
    [yes] Your name on what you report, because you chose that
   *[no] No name and no address
}
privacy-place = • { $is_known ->
    [yes] That you are in { $area } and roughly where, within some 200 m, for two hours, because you shared your place
   *[no] No place
}
privacy-web = • { $number ->
    [0] Nothing you wrote in the web chat
    [one] 1 line you wrote in the web chat
   *[other] { $number } lines you wrote in the web chat
}, your name there and the rooms you are in, so that the neighbours can read you. The lines are removed after { $days } days
forget-web = Your account in the web chat ends. If you want to come back, ask the group's contact person for a new link.
privacy-controllers = { $any_controller ->
    [yes] Who answers for the groups you write in: { $names }.
   *[no] You haven't written in any group.
}
privacy-export = Download
privacy-forget = Forget me
export-here = Here is all I have about you, as a file.
forget-sure = Do you want me to erase everything about you? Your reports and all that I have carried on are removed wherever I can. This can't be undone.
forget-yes = Yes, erase it all
forget-no = No, keep it
forget-kept = Then everything stays as it is.
forget-done = Done. Erased: { $reports ->
    [one] 1 report
   *[other] { $reports } reports
} and { $subscriptions ->
    [one] 1 area you followed
   *[other] { $subscriptions } areas you followed
}. { $written ->
    [0] {""}
    [one] Your line in the web chat is gone.{" "}
   *[other] Your { $written } lines in the web chat are gone.{" "}
}{ $copies ->
    [0] {""}
    [one] 1 copy is being removed.{" "}
   *[other] { $copies } copies are being removed.{" "}
}Welcome back whenever you like.

# Help and errors
help = This is how it works:

    Write **/red**, **/yellow** or **/green** and a few words: a report to those it concerns. Or press below, and I'll ask step by step.
    Write **/subscribe** and an area: you hear when something happens there. **/subscribe here 500** means around your place.
    You choose when: **/quiet** at night, **/digest** instead of one by one, **/pause** while you are away.
    Reply to a card to add something. Use the buttons on the card to say what you have seen.
    Not sure that something comes from the police? Press the button on the card, or write **/check** and the code on it.
    Is something for the police or the council alone? Write **/tip** to me here, and it reaches them and nobody else.
    Are two cards about the same thing? Write **/duplicate** and both numbers, if one of them is yours.

    Is a crime going on or is somebody in danger? Call 112 first.
help-in-group = In { $group } you write /red, /yellow or /green and a few words, and everybody gets it as a card. Ordinary messages go to all the group's rooms. Is it happening now? Call 112 first.
not-understood = I understand short commands and buttons best. What would you like to do?
command-unknown = I don't know the command “{ $typed }”. This is what I can do:
command-near = I don't know the command “{ $typed }”. Did you mean /{ $near }?
error-generic = That did not work. Please try again in a while.
error-not-permitted = You can't do that here. Write /help and I'll show you what you can do.
error-button-expired = That button no longer works. Write /help and I'll show you what you can do.
error-button-used = That button has been used already. Look at the last thing I wrote.
error-button-not-yours = That button is for somebody else. Write to me in private and you'll get your own.
error-kept-for-later = I could not read this just now. I have kept it and will tell those who look after me. If it is urgent: call 112, or write again in other words.
picture-unreadable = That picture can't be opened. Send it as JPEG or PNG.
picture-too-large = That picture is too large. Take a smaller one, at most 64 megapixels.
file-too-large = That file is too large. At most { $most } MB is fine.
file-gone = I could not fetch that file. Please send it once more.
file-left-out = What you wrote is in. { $why }
