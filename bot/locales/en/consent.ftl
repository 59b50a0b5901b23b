start-welcome = Hello! I'm Grannbro. I help neighbours, shops, police and municipality to look after a place together, in the chat.

    { $question }
start-welcome-area = Hello! I'm Grannbro. I write to you here when something happens in { $area }.

    { $question }
start-welcome-group = Hello! I'm Grannbro, and you come from a group:

    { $group }

    { $question }
start-area = Would you like to follow { $area }? Then I write to you here when something happens there.
start-group = **{ $group }** · { $area }

    { $purpose }

    { $access ->
        [locked] What is written in the group stays there.
       *[open] The group's reports also reach all who follow { $area }.
    } Answers for personal data: { $controller }.
start-again = Hello again! What would you like to do?
menu-start = Start over
menu-subscribe = Follow my area
menu-report = Report something
menu-tip = Tip off in private
menu-help = How it works
menu-choices = My choices
menu-subscriptions = What I follow
menu-privacy = My data
menu-language = Språk · Language

consent-ask-reports = To take reports and send warnings I need to keep what you write, which areas you follow and which chat you're in. A report is erased after { $kept_for }, or at once when you write /forget. Is that okay?
consent-kept-for = { $is_range ->
    [yes] { $least }–{ $most } days
   *[no] { $most } days
}
consent-ask-first = What you wrote waits for your answer, for a day at most.

    { $question }
consent-ask-anew = The text that you agreed to says more now, so I ask again. Until you answer, all goes on as before.

    { $question }
consent-declined-anew = Then I stop doing that.
consent-ask-after-red = Your red report went out at once. May I keep what you write and in which chat, so that you can change and end it? Without a yes within 24 hours the report is erased.
consent-ask-place = May I use your position? I keep only a rough spot, some 200 m: for two hours, or as long as you follow what happens around it. Never the exact one.
consent-ask-name = May I show your name to the neighbours? Otherwise you are Neighbour and a number.
consent-ask-campaigns = May I remind you of neighbourhood campaigns a few times a year?
consent-ask-surveys = May I ask you a short question now and then about how your area feels?
consent-yes = Yes, that's okay
consent-no = No, thanks
consent-read-more = Read more
consent-more = This is what it means:

    I keep your reports, what you follow and what you have said yes to. It is encrypted with a key of your own.
    The neighbours see “Neighbour” and a number, not your name, unless you want it otherwise.
    Red reports are erased after { $red_days } days, yellow after { $yellow_days } and green after { $green_days }.
    If you share your place I keep only a rough spot, for two hours or as long as you follow what happens around it.
    You see it all with /privacy, get it as a file with /export and remove it with /forget.

    Is that okay?
consent-thanks = Thank you! We're set. The choices below are free: press what you want, now or later with /consent.
consent-thanks-but = Thank you! One thing is left before I can take anything from you.

    { $question }
consent-declined = { $about ->
    [place] That's quite all right. Then I don't use your place. Write the name of the area instead.
   *[reports] { $is_out ->
        [yes] That's quite all right. Your red report is erased within 24 hours, or at once when you write /forget. I keep nothing else.
       *[no] That's quite all right. Then I keep nothing of what you write. If I carry a line between the group's rooms, I remember only where it stands, so that /forget reaches it. You can read in the groups as usual, and change your mind whenever you like.
    }
}
consent-withdrawn = Then I take no more reports from you, and you no longer follow any area. What you have written is erased after { $kept_for }, or now if you like.
consent-circles-ended = { $number ->
    [one] Then I no longer look after what happens around your place.
   *[other] Then I no longer look after what happens around your { $number } places.
} You follow areas and groups as before.
consent-choices = This is what you have chosen. Press to change.
consent-reports-on = ✅ Keep my reports
consent-reports-off = ⬜ Keep my reports
consent-name-on = ✅ Show my name
consent-name-off = ⬜ Show my name
consent-place-on = ✅ Use my place
consent-place-off = ⬜ Use my place
consent-campaigns-on = ✅ Remind me of campaigns
consent-campaigns-off = ⬜ Remind me of campaigns
consent-surveys-on = ✅ Ask me now and then
consent-surveys-off = ⬜ Ask me now and then
name-on-lines = New lines bear “Neighbour” and a number. { $number ->
    [one] 1 line that I have carried already bears your name.
   *[other] { $number } lines that I have carried already bear your name.
} I don't keep the words, so I can't write them anew, but I can remove them from the other rooms.
name-remove-lines = Remove them
name-leave-lines = Let them stand
name-lines-removed = Done. The lines are being removed from the other rooms.
name-lines-left = Then they stay. /forget reaches them if you change your mind.
